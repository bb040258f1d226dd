#pragma once

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// A kind of event, with a payload schema (events.md 1.1).
struct TriggerType
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    Value payloadSchema = Value::map();
    // Empty: triggers of this type have no parameters, and one trigger with the type's own name
    // exists.
    Value parametersSchema = Value::map();
    Value tags = Value::list();
    QString metadataFile = {};

    friend bool operator==(const TriggerType &, const TriggerType &) = default;
};

Value toJson(const TriggerType &triggerType);

// A trigger type with its parameters filled in (events.md 1.2). Its pack is always its type's.
struct Trigger
{
    Id id = {};
    Ref ref = {};
    Ref type = {};
    Value parameters = Value::map();
    QString description = {};
    // Rules that use it; those without parameters are not counted (events.md 1.3).
    int references = 0;

    friend bool operator==(const Trigger &, const Trigger &) = default;
};

Value toJson(const Trigger &trigger);
// `trigger:P:N:<md5 of sorted JSON parameters>` (api.md 2.2).
QString uidOf(const Trigger &trigger);

} // namespace stormglass
