#pragma once

#include "engine/base/value.h"
#include "engine/processes/launcher.h"

#include <memory>

namespace stormglass {

// Where our Python code is, and how long an interpreter stays warm without work.
struct PythonSettings
{
    // The folder resources/python.
    QString library;
    std::chrono::milliseconds idleTime{300'000};
};

// One action to run in Python.
struct PythonJob
{
    QString interpreter;
    // As resources/python/README.md has it; environment and folder are put in from below.
    Value request = Value::map();
    Environment environment;
    QString workingDirectory;
    std::chrono::milliseconds timeout{0};
    std::chrono::milliseconds grace{5'000};
    std::int64_t outputLimit = 0;
    // Not forked from a warm interpreter.
    bool fresh = false;
};

// Called on the Io thread. `started` first, `exited` or `failed` last; `answered` at most once,
// before `exited`.
struct PythonEvents
{
    std::function<void(qint64 process, std::uint64_t startTicks)> started;
    std::function<void(OutputStream, QByteArray)> output;
    std::function<void(Result<Value>)> answered;
    std::function<void(ProcessExit)> exited;
    // It could not be started after all.
    std::function<void(Error)> failed;
};

// Runs Python actions: forked from an interpreter that is warm, or in a fresh one where that cannot
// be. Thread: Io.
class PythonHost
{
public:
    using JobId = std::uint64_t;

    PythonHost(Reactor &reactor, Launcher &launcher, PythonSettings settings);
    // Kills what still runs. Not from within an event.
    ~PythonHost();

    // An error, and then no event, if the interpreter cannot be started.
    Result<JobId> start(PythonJob job, PythonEvents events);
    // Asks the job's process group to end and kills it after `grace`; zero kills at once.
    void stop(JobId job, std::chrono::milliseconds grace);
    std::size_t running() const;
    // Lets warm interpreters go that run nothing; a later start warms them up again.
    void coolDown();

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace stormglass
