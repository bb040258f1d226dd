#pragma once

#include "engine/base/result.h"
#include "engine/runners/runner.h"
#include "engine/runners/runner_settings.h"

namespace stormglass {

// What a local shell runner hands to /bin/sh, and how.
struct ShellCommand
{
    QString text;
    QString workingDirectory;
    // For sudo, on standard input; empty if it asks for no password.
    QByteArray password;
    // Through sudo, so that ending it needs sudo too.
    bool elevated = false;
};

// Of a local-shell-cmd job.
Result<ShellCommand> shellCommand(const Job &job, const RunnerSettings &settings);
// Of a local-shell-script job whose script is at `path`.
Result<ShellCommand> scriptCommand(const Job &job, const QString &path,
                                   const RunnerSettings &settings);

// The absolute path of the job's entry point; Invalid if it has none or it lies outside of its
// pack.
Result<QString> entryPointPath(const Job &job);

// What an action's process starts from, with the job's `env` and the ST2_ACTION_… variables on top.
Environment actionEnvironment(const Job &job, const RunnerSettings &settings);

// The job's time limit: its parameter `timeout`, else the job's own.
std::chrono::milliseconds timeLimit(const Job &job);
// What is said when it has passed.
QString timeoutMessage(const Job &job);

} // namespace stormglass
