#pragma once

#include "engine/expressions/regex_pattern.h"

#include <string>

namespace stormglass {

// Writes a parsed pattern in the words of PCRE2, for its options UTF, UCP and ALT_CIRCUMFLEX. Only
// what means the same whatever PCRE2's version is used. `(?C)` stands at the start and behind every
// choice, where steps are counted.
std::string translateRegex(const RegexPattern &pattern);

// A set, as a class or as what stands for one. Always one unit that a repeat can follow.
std::string translateRegexSet(RegexSet set, const RegexFlags &flags);

// One character that stands for itself, outside of a class.
std::string translateRegexLiteral(char32_t codePoint, const RegexFlags &flags);

} // namespace stormglass
