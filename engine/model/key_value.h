#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"

#include <optional>

namespace stormglass {

// A stored value, in system or user scope (events.md 8). `value` is text as stored: ciphertext if
// encrypted.
struct KeyValue
{
    Id id = {};
    // `st2kv.system` or `st2kv.user`.
    QString scope = {};
    // In user scope with the user in front: `stanley:name`.
    QString name = {};
    QString value = {};
    QString description = {};
    bool isEncrypted = false;
    std::optional<Timestamp> expires = {};

    friend bool operator==(const KeyValue &, const KeyValue &) = default;
};

// As the API shows it: in user scope the user in front of the name becomes a member of its own.
// `encrypted` says that the value shown is cipher text.
Value toJson(const KeyValue &keyValue);

} // namespace stormglass
