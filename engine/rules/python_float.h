#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

// What Python's float() makes of a value: numbers, booleans, text with blanks around it and
// underscores within. ValueError for text that is no number, TypeError for anything else,
// OverflowError beyond the range.
Result<double> pythonFloatOf(const Value &value);

} // namespace stormglass
