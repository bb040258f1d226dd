#pragma once

#include "engine/runners/shell_runner.h"

namespace stormglass {

// local-shell-script: the script that the action's entry point names.
class LocalScriptRunner final : public ShellRunner
{
public:
    using ShellRunner::ShellRunner;

protected:
    Result<ShellCommand> commandOf(const Job &job) const override;
};

} // namespace stormglass
