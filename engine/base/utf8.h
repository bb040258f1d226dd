#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stormglass {

// How UTF-8 text is walked: strictly, without surrogates, overlong forms or numbers beyond
// U+10FFFF.

// The length of the well-formed sequence that starts at `at`; 0 if there is none.
std::size_t utf8Length(std::string_view text, std::size_t at);

// The code point of a sequence that utf8Length has accepted.
char32_t utf8Decode(std::string_view text, std::size_t at, std::size_t length);

// Appends a code point; U+FFFD for one that is none.
void appendUtf8(std::string &text, char32_t codePoint);

bool isUtf8(std::string_view text);
// Eight bytes at a time.
bool isAscii(std::string_view text);

// Every byte that is not part of a well-formed sequence becomes U+FFFD.
std::string toValidUtf8(std::string_view text);

// One-based line and column (in code points) of a byte, as `3:14`.
std::string lineAndColumn(std::string_view text, std::size_t at);

} // namespace stormglass
