#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

// Which part of a schema speaks of a part of the value (content.md 9.3): by name, else by the
// patterns that find something in it, laid over one another, else whatever other members must be.
// An empty map where nothing does.
Value memberSchema(const Value &schema, const Value &name);

// Of an item of a list: the one schema of all items, or that of its place; beyond these
// `additionalItems`.
Value itemSchema(const Value &schema, std::size_t index);

// The schemas of `properties` with what each `$ref` within them (`#/properties/name`) leads to in
// its place, so that nobody after has to follow any. Invalid where one leads nowhere, or to itself.
Result<Value> withReferencesFollowed(const Value &properties);

} // namespace stormglass
