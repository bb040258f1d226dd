#pragma once

#include "engine/runners/shell_runner.h"

namespace stormglass {

// local-shell-cmd: the command of parameter `cmd`.
class LocalCommandRunner final : public ShellRunner
{
public:
    using ShellRunner::ShellRunner;

protected:
    Result<ShellCommand> commandOf(const Job &job) const override
    {
        return shellCommand(job, settings());
    }
};

} // namespace stormglass
