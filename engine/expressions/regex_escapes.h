#pragma once

#include "engine/base/result.h"
#include "engine/expressions/regex_pattern.h"
#include "engine/expressions/regex_scanner.h"

#include <optional>

namespace stormglass {

// The escapes that mean the same within a set and outside of it. Each is asked after the escape's
// token was taken.

// `\n`, `\t`, …; none for another letter.
std::optional<char32_t> controlEscape(char32_t letter);

// `\d`, `\S`, …; none for another letter.
std::optional<RegexCategory> categoryEscape(char32_t letter);

// `\x41`, `\u0041`, `\U00000041`, `\N{…}`, or a character that stands for itself.
Result<char32_t> characterEscape(RegexScanner &scanner, char32_t letter);

// `\0`, `\101`: up to `most` more octal digits behind the first.
Result<char32_t> octalEscape(RegexScanner &scanner, char32_t first, std::size_t most);

bool isOctalDigit(char32_t codePoint);

// Whether Python allows a group this name, as str.isidentifier() has it.
bool isIdentifier(std::u32string_view name);

} // namespace stormglass
