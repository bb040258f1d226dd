#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <compare>

namespace stormglass {

// How Python's `<` and `>` order two values: numbers (True is 1) exactly, text by code point, lists
// item by item. Unordered if a NaN is in it; Invalid with kind TypeError where Python has no order.
// `sign` is `<` or `>`, for the message.
Result<std::partial_ordering> pythonOrder(const Value &a, const Value &b, char sign);

// False for lists, maps and sets, and for tuples that hold one: they cannot be a key.
bool isPythonHashable(const Value &value);

} // namespace stormglass
