#pragma once

#include "engine/processes/python_host.h"
#include "engine/runners/captured_output.h"
#include "engine/runners/runner.h"
#include "engine/runners/runner_settings.h"

#include <map>
#include <optional>

namespace stormglass {

// python-script: a class with a method `run`, in a file of the pack.
// Thread: Io.
class PythonRunner final : public Runner
{
public:
    PythonRunner(PythonHost &host, RunnerSettings settings);
    ~PythonRunner() override;

    void start(const Job &job, RunnerSink &sink) override;
    void cancel(const Id &execution, std::chrono::milliseconds grace) override;

private:
    struct Run
    {
        Job job;
        // Borrowed; it outlives every run.
        RunnerSink *sink = nullptr;
        CapturedOutput output;
        PythonHost::JobId python = 0;
        std::optional<Result<Value>> answer = {};
    };

    Result<> launch(Run &run);
    Result<PythonJob> pythonJob(const Job &job) const;
    PythonEvents eventsOf(const Id &execution);
    void finish(const Id &execution, const ProcessExit &exit);
    Outcome outcomeOf(const Run &run, const ProcessExit &exit) const;

    PythonHost &m_host;
    RunnerSettings m_settings;
    std::map<Id, Run> m_runs;
    // Set while this lives, for callbacks of the host that outlive it. Shared with them only.
    std::shared_ptr<PythonRunner *> m_self = std::make_shared<PythonRunner *>(this);
};

// The interpreter of a pack: of its virtual environment, or the common one where it has none or is
// a system pack.
struct PackInterpreter
{
    QString program;
    // The virtual environment's folder; empty if the common one is used.
    QString virtualenv;
    // What to say when a module is missing; empty if there is nothing to say.
    QString hint;
};
PackInterpreter packInterpreter(const QString &pack, const RunnerSettings &settings);

} // namespace stormglass
