#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

enum class MetadataKind {
    Pack,
    Action,
    Runner,
    Sensor,
    TriggerType,
    Rule,
    Alias,
    Policy,
    ConfigSchema
};

// The content of a metadata file as StackStorm's model of its kind has it: members and their kinds
// checked, defaults assigned, null taken for "not given" (content.md 3 to 9). Invalid with the
// reference's message, and the dotted path at fault in `place`. Pure; any thread.
Result<Value> checkedMetadata(MetadataKind kind, const Value &content);

} // namespace stormglass
