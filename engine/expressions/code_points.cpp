#include "engine/expressions/code_points.h"

#include "engine/base/utf8.h"

#include <algorithm>

namespace stormglass::utf8 {

std::int64_t length(std::string_view text)
{
    return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

std::size_t offsetOf(std::string_view text, std::int64_t codePoint)
{
    std::size_t offset = 0;
    while (codePoint-- > 0 && offset < text.size())
        offset += sizeOfFirst(text.substr(offset));
    return offset;
}

std::int64_t indexOf(std::string_view text, std::size_t offset)
{
    return length(text.substr(0, offset));
}

char32_t decodeFirst(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t size = sizeOfFirst(text);
    switch (size) {
    case 2:
        return static_cast<char32_t>((byte(0) & 0x1F) << 6 | (byte(1) & 0x3F));
    case 3:
        return static_cast<char32_t>((byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6
                                     | (byte(2) & 0x3F));
    case 4:
        return static_cast<char32_t>((byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12
                                     | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F));
    default:
        return byte(0);
    }
}

std::vector<char32_t> decode(std::string_view text)
{
    std::vector<char32_t> codePoints;
    codePoints.reserve(text.size());
    while (!text.empty()) {
        codePoints.push_back(decodeFirst(text));
        text.remove_prefix(sizeOfFirst(text));
    }
    return codePoints;
}

void append(std::string &text, char32_t codePoint)
{
    appendUtf8(text, codePoint);
}

std::string encode(const std::vector<char32_t> &codePoints)
{
    std::string text;
    text.reserve(codePoints.size());
    for (const char32_t codePoint : codePoints)
        append(text, codePoint);
    return text;
}

} // namespace stormglass::utf8
