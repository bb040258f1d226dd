#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Counting and cutting UTF-8 by code points. What is not well formed counts byte by byte.
namespace stormglass::utf8 {

// Bytes of the first code point of a text that is not empty.
inline std::size_t sizeOfFirst(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return size <= text.size() ? size : text.size();
}

std::int64_t length(std::string_view text);
bool isAscii(std::string_view text);
// Where the code point of that number begins; the end if there are fewer.
std::size_t offsetOf(std::string_view text, std::int64_t codePoint);
// The number of the code point at a byte.
std::int64_t indexOf(std::string_view text, std::size_t offset);
std::vector<char32_t> decode(std::string_view text);
char32_t decodeFirst(std::string_view text);
void append(std::string &text, char32_t codePoint);
std::string encode(const std::vector<char32_t> &codePoints);

} // namespace stormglass::utf8
