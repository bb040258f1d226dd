#pragma once

#include "engine/base/value.h"

#include <optional>
#include <string_view>

namespace stormglass {

// Numbers from text, whatever the locale.

// The double nearest to a decimal number such as `-12.5e3` (digits are a must, no plus sign in
// front). Beyond the range it is infinite or zero.
double doubleFromDecimal(std::string_view text);

// What Python's float() takes: space around, a sign, `_` between digits, `inf`, `nan`, decimal
// digits of any script.
std::optional<double> pythonFloatFrom(std::string_view text);

// What Python's int() takes, as an Int or BigInt. A base of 2, 8 or 16 allows its prefix (`0x`).
std::optional<Value> pythonIntFrom(std::string_view text, int base = 10);

} // namespace stormglass
