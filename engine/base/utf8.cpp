#include "engine/base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace stormglass {

namespace {

bool continues(std::string_view text, std::size_t at)
{
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

} // namespace

std::size_t utf8Length(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return 0;
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4 || !continues(text, at + 1))
        return 0;
    if (first < 0xE0)
        return 2;
    const auto second = static_cast<unsigned char>(text[at + 1]);
    if (!continues(text, at + 2))
        return 0;
    if (first < 0xF0) {
        const bool isOverlong = first == 0xE0 && second < 0xA0;
        const bool isSurrogate = first == 0xED && second > 0x9F;
        return isOverlong || isSurrogate ? 0 : 3;
    }
    const bool isOverlong = first == 0xF0 && second < 0x90;
    const bool isBeyond = first == 0xF4 && second > 0x8F;
    return isOverlong || isBeyond || !continues(text, at + 3) ? 0 : 4;
}

char32_t utf8Decode(std::string_view text, std::size_t at, std::size_t length)
{
    const auto first = static_cast<unsigned char>(text[at]);
    if (length == 1)
        return first;
    char32_t codePoint = first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i)
        codePoint = (codePoint << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    return codePoint;
}

void appendUtf8(std::string &text, char32_t codePoint)
{
    if (codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF))
        codePoint = 0xFFFD;
    if (codePoint < 0x80) {
        text += static_cast<char>(codePoint);
    } else if (codePoint < 0x800) {
        text += static_cast<char>(0xC0 | (codePoint >> 6));
        text += static_cast<char>(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        text += static_cast<char>(0xE0 | (codePoint >> 12));
        text += static_cast<char>(0x80 | ((codePoint >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (codePoint & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | (codePoint >> 18));
        text += static_cast<char>(0x80 | ((codePoint >> 12) & 0x3F));
        text += static_cast<char>(0x80 | ((codePoint >> 6) & 0x3F));
        text += static_cast<char>(0x80 | (codePoint & 0x3F));
    }
}

bool isAscii(std::string_view text)
{
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        seen |= word;
    }
    for (; at < text.size(); ++at)
        seen |= static_cast<unsigned char>(text[at]);
    return (seen & 0x8080808080808080ULL) == 0;
}

bool isUtf8(std::string_view text)
{
    if (isAscii(text))
        return true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        if (length == 0)
            return false;
        at += length;
    }
    return true;
}

std::string toValidUtf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        if (length == 0)
            appendUtf8(valid, 0xFFFD);
        else
            valid.append(text, at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return valid;
}

std::string lineAndColumn(std::string_view text, std::size_t at)
{
    const std::string_view before = text.substr(0, at);
    const std::size_t newline = before.rfind('\n');
    const std::string_view line
        = newline == std::string_view::npos ? before : before.substr(newline + 1);
    const auto column
        = 1 + std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xC0) != 0x80; });
    return std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ':'
        + std::to_string(column);
}

} // namespace stormglass
