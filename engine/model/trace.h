#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"

namespace stormglass {

enum class TraceLinkKind { TriggerInstance, Rule, Execution };

// What belongs to a trace, and what caused it (events.md 10).
struct TraceLink
{
    Id trace = {};
    TraceLinkKind kind = TraceLinkKind::TriggerInstance;
    // The trigger instance, rule or execution.
    Id object = {};
    // Ref of what it is an occurrence of: trigger, rule or action.
    QString ref = {};
    // What caused it, as the API names its kind and it; empty for what began the trace.
    QString causeType = {};
    QString cause = {};
    Timestamp time = {};

    friend bool operator==(const TraceLink &, const TraceLink &) = default;
};

// Everything that followed from one cause (events.md 9).
struct Trace
{
    Id id = {};
    QString tag = {};
    Timestamp started = {};

    friend bool operator==(const Trace &, const Trace &) = default;
};

} // namespace stormglass
