#pragma once

#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// Chat text that stands for an action (events.md 12).
struct ActionAlias
{
    Id id = {};
    Ref ref = {};
    QString description = {};
    bool enabled = true;
    Ref action = {};
    // Texts, or {display, representation, match_multiple?}.
    Value formats = Value::list();
    Value ack = Value::map();
    Value result = Value::map();
    Value extra = Value::map();
    Value immutableParameters = Value::map();
    // Relative to its pack's folder; empty for an alias made through the API.
    QString metadataFile = {};

    friend bool operator==(const ActionAlias &, const ActionAlias &) = default;
};

Value toJson(const ActionAlias &alias);

} // namespace stormglass
