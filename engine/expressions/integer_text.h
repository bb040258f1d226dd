#pragma once

#include "engine/base/value.h"

#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// The digits of a number's magnitude in a base of 2, 8, 10 or 16.
std::string digitsOf(const BigInt &number, int base);

// int(text, base): blanks around it, a sign, single underscores, a prefix where the base has one
// (any, for base 0).
std::optional<Value> integerFromText(std::string_view text, int base);

// float(text): blanks around it, single underscores, inf and nan by name.
std::optional<double> realFromText(std::string_view text);

} // namespace stormglass
