#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

enum class TriggerInstanceStatus { Pending, Processing, Processed, ProcessingFailed };

QString toText(TriggerInstanceStatus status);
std::optional<TriggerInstanceStatus> triggerInstanceStatusFromText(const QString &text);

// An occurrence before it is stored. Names its trigger by id, by ref, or by type and parameters
// (events.md 1.2).
struct Event
{
    Ref trigger = {};
    Value parameters = {};
    Value payload = Value::map();
    QString traceTag = {};
    // Of a trace that goes on; null if this begins one.
    Id trace = {};
    Id triggerId = {};
    // Stable name of what raised it, for its own acknowledgements; may be empty.
    QString source = {};
    // How far `source` has come once this event is stored (a place in a file, a due time). Station
    // 2 keeps the last one of each source in the same transaction as the trigger instance; empty
    // changes nothing.
    QString cursor = {};
};

// One occurrence of a trigger, with payload (events.md 1.4).
struct TriggerInstance
{
    Id id = {};
    Id triggerId = {};
    Ref trigger = {};
    Value payload = Value::map();
    Timestamp occurrence = {};
    TriggerInstanceStatus status = TriggerInstanceStatus::Pending;
    Id trace = {};
    // Verdicts by kind, for lists: how many rules were candidates, how many fired.
    int candidates = 0;
    int matched = 0;

    friend bool operator==(const TriggerInstance &, const TriggerInstance &) = default;
};

Value toJson(const TriggerInstance &instance);

} // namespace stormglass
