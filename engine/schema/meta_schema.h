#pragma once

#include "engine/base/value.h"

namespace stormglass {

// What a schema itself may say (content.md 2.2): it is held against a schema in turn. Pure; any
// thread.

// One parameter of an action or a runner, one attribute of a config schema: a single type, no
// `format`.
const Value &parameterMetaSchema();

// What an action or a runner gives back; keys it does not know pass at its top.
const Value &outputMetaSchema();

// The `definitions` that a schema with one of these in it must have at its root: there they find
// what nested schemas may say.
const Value &metaSchemaDefinitions();

} // namespace stormglass
