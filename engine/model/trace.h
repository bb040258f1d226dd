#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"

namespace stormglass {

enum class TraceLinkKind { TriggerInstance, Enforcement, Execution };

// One row that belongs to a trace, and what caused it.
struct TraceLink
{
    Id trace = {};
    TraceLinkKind kind = TraceLinkKind::TriggerInstance;
    Id object = {};
    // Ref of what it is an occurrence of: trigger, rule or action.
    QString ref = {};
    Id causedBy = {};
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
