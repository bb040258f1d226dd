#pragma once

#include "engine/base/value.h"

namespace stormglass {

// What stands where a secret is.
inline constexpr std::string_view maskedText = "********";

// The values with every one whose schema says `secret: true` masked, nested ones included
// (execution.md 4.8). `parameters` is a map of name → schema.
Value withSecretsMasked(const Value &parameters, const Value &values);

// True if any schema in the map, at any depth, is secret.
bool hasSecrets(const Value &parameters);

} // namespace stormglass
