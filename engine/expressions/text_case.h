#pragma once

#include <string>
#include <string_view>

namespace stormglass {

// Case as Python's str has it, with the special cases of Unicode (one letter may become two).
std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);
std::string foldedCase(std::string_view text);
// The first letter of each run of letters in title case, the others lowered.
std::string titleCase(std::string_view text);
std::string swappedCase(std::string_view text);
std::string capitalized(std::string_view text);

} // namespace stormglass
