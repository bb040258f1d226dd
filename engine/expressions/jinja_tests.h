#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// What may stand behind `is`.
std::span<const FunctionEntry> jinjaTests();

// Python's `is`, as far as a template can tell.
bool isSame(const Value &left, const Value &right);

} // namespace stormglass
