#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/execution_status.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// One run of an action, from request to result. The live action, its runnable part, is the same row
// with an id of its own (execution.md 4).
struct Execution
{
    Id id = {};
    Id liveAction = {};
    Ref action = {};
    QString runnerType = {};
    ExecutionStatus status = ExecutionStatus::Requested;
    // As requested, secrets masked only where shown.
    Value parameters = Value::map();
    // user, trace_context, parent, rule… as StackStorm's context (execution.md 4.3).
    Value context = Value::map();
    Value result = {};
    // Bytes of its JSON, once stored; known even where the result itself was not asked for.
    std::int64_t resultSize = 0;
    Value notify = Value::map();
    Timestamp started = {};
    std::optional<Timestamp> ended = {};
    // Earliest start, for delayed ones.
    std::optional<Timestamp> notBefore = {};
    // What it came from; null where it does not apply.
    Id parent = {};
    Id rule = {};
    Ref ruleRef = {};
    Id triggerInstance = {};
    Id enforcement = {};
    Id trace = {};
    // The task of a workflow this is a run of; empty if none.
    QString taskName = {};
    // The process that runs it, while one does; 0 otherwise. With its start, in the system's ticks,
    // it is told from a later process of the same number.
    qint64 process = 0;
    std::uint64_t processStart = 0;
    // How often stations failed on this row, for the five tries of section 4.
    int tries = 0;
    // [{status, timestamp, reason?}], oldest first: every move.
    Value log = Value::list();

    friend bool operator==(const Execution &, const Execution &) = default;
};

// As `GET /executions/{id}` shows it (api.md 6.6), without the embedded action, runner, rule and
// trigger documents, which the API adds. Leaves out empty members.
Value toJson(const Execution &execution);

// A piece of what a run printed. Bytes, which may be cut anywhere; `stream` is `stdout` or
// `stderr`.
struct OutputChunk
{
    Id execution = {};
    // Grows by one a chunk within an execution.
    std::int64_t number = 0;
    QString stream = {};
    QByteArray data = {};
    Timestamp time = {};

    friend bool operator==(const OutputChunk &, const OutputChunk &) = default;
};

Value toJson(const OutputChunk &chunk);

} // namespace stormglass
