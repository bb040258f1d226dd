#pragma once

#include "engine/expressions/known_type.h"
#include "engine/expressions/yaql_nodes.h"

namespace stormglass {

// Of a whole expression's value as it leaves: a lazy sequence is a list. The sample holds a
// workflow's variables.
KnownType yaqlNodeType(const YaqlNode &node, const Value &sample);

} // namespace stormglass
