#pragma once

#include "engine/processes/launcher.h"
#include "engine/runners/captured_output.h"
#include "engine/runners/runner.h"
#include "engine/runners/shell_command.h"

#include <map>
#include <optional>

namespace stormglass {

// Runs what its heirs make of a job in /bin/sh.
// Thread: Io.
class ShellRunner : public Runner
{
public:
    ShellRunner(Reactor &reactor, Launcher &launcher, RunnerSettings settings);
    ~ShellRunner() override;

    void start(const Job &job, RunnerSink &sink) override;
    void cancel(const Id &execution, std::chrono::milliseconds grace) override;

protected:
    virtual Result<ShellCommand> commandOf(const Job &job) const = 0;
    const RunnerSettings &settings() const { return m_settings; }

private:
    struct Run
    {
        Job job;
        ShellCommand command;
        // Borrowed; it outlives every run.
        RunnerSink *sink = nullptr;
        CapturedOutput output;
        ProcessHandle handle = 0;
        qint64 process = 0;
        Reactor::TimerId timeout = 0;
        // Why it was asked to end, if it was.
        std::optional<ExecutionStatus> stopped = {};
    };

    Result<> launch(Run &run);
    void limitTime(Run &run);
    void stop(Run &run, std::chrono::milliseconds grace);
    void signalElevated(const Run &run, const QString &signal);
    void finish(const Id &execution, const ProcessExit &exit);
    Outcome outcomeOf(const Run &run, const ProcessExit &exit) const;

    Reactor &m_reactor;
    Launcher &m_launcher;
    RunnerSettings m_settings;
    std::map<Id, Run> m_runs;
    // Set while this lives, for callbacks of the launcher that outlive it. Shared with them only.
    std::shared_ptr<ShellRunner *> m_self = std::make_shared<ShellRunner *>(this);
};

} // namespace stormglass
