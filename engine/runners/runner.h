#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/model/execution_status.h"
#include "engine/model/ref.h"

#include <QByteArray>
#include <QString>

namespace stormglass {

// All a runner needs to know of an execution: a plain value, rendered and cast.
struct Job
{
    Id execution;
    Id liveAction;
    Ref action;
    QString runnerType;
    // Relative to the pack's folder of actions.
    QString entryPoint;
    // Absolute folder of the action's pack; empty for actions without files.
    QString packPath;
    // Split by which schema declares them (execution.md 3).
    Value runnerParameters = Value::map();
    Value actionParameters = Value::map();
    // How the action declares its parameters: name → schema, in the order of its file.
    Value actionSchema = Value::map();
    // The pack's configuration, resolved.
    Value config = Value::map();
    QString user;
    // Where an action reaches the engine's API; empty if it is not served. The token is this
    // execution's own.
    QString apiUrl;
    QString apiToken;
    // For a runner type whose parameters have no timeout of their own; zero means none.
    std::chrono::milliseconds timeout{0};
};

// How a run ended: succeeded, failed, timeout, abandoned or canceled, and what the API shows as
// `result`.
struct Outcome
{
    ExecutionStatus status = ExecutionStatus::Succeeded;
    Value result;
};

// Of a run that could not be made.
inline Outcome failed(const Error &error)
{
    return {ExecutionStatus::Failed, Value::map({{"error", error.message}})};
}

// Where a runner reports, also from within `start`: a runner may finish at once. Thread: Io.
class RunnerSink
{
public:
    virtual ~RunnerSink() = default;
    // The process that does the work, and its start ticks, before any output of it.
    virtual void started(const Id &execution, qint64 process, std::uint64_t startTicks) = 0;
    // Whole lines as far as there are any, `stream` being stdout or stderr. Bytes in any encoding.
    virtual void output(const Id &execution, const QString &stream, const QByteArray &data) = 0;
    // Once, last.
    virtual void finished(const Id &execution, Outcome outcome) = 0;
};

// Code that knows how to run one kind of action. Thread: Io.
class Runner
{
public:
    virtual ~Runner() = default;
    // Ends, sooner or later, in exactly one `finished`.
    virtual void start(const Job &job, RunnerSink &sink) = 0;
    // Asks for the end, kills after `grace`; `finished` with Canceled follows. Unknown ids are
    // ignored.
    virtual void cancel(const Id &execution, std::chrono::milliseconds grace) = 0;
};

} // namespace stormglass
