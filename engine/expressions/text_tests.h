#pragma once

#include <string_view>

namespace stormglass {

// str.islower() and str.isupper(): at least one letter with case, and all of that case.
bool isLowerText(std::string_view text);
bool isUpperText(std::string_view text);

} // namespace stormglass
