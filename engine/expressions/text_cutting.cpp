#include "engine/expressions/text_cutting.h"

#include "engine/expressions/code_points.h"

#include <algorithm>

namespace stormglass {

namespace {

// The code point that ends a text, and its bytes.
std::size_t lastStart(std::string_view text)
{
    std::size_t start = text.size() - 1;
    while (start > 0 && (text[start] & 0xC0) == 0x80)
        --start;
    return start;
}

template <typename Drops>
std::string_view cutLeft(std::string_view text, Drops drops)
{
    while (!text.empty()) {
        const std::size_t size = utf8::sizeOfFirst(text);
        if (!drops(text.substr(0, size)))
            break;
        text.remove_prefix(size);
    }
    return text;
}

template <typename Drops>
std::string_view cutRight(std::string_view text, Drops drops)
{
    while (!text.empty()) {
        const std::size_t start = lastStart(text);
        if (!drops(text.substr(start)))
            break;
        text = text.substr(0, start);
    }
    return text;
}

bool isSpace(std::string_view character)
{
    return isPythonSpace(utf8::decodeFirst(character));
}

// Bytes of a line end at the front; 0 if there is none.
std::size_t lineEndSize(std::string_view text)
{
    if (text.starts_with("\r\n"))
        return 2;
    const std::size_t size = utf8::sizeOfFirst(text);
    switch (utf8::decodeFirst(text)) {
    case U'\n':
    case U'\r':
    case U'\v':
    case U'\f':
    case 0x1C:
    case 0x1D:
    case 0x1E:
    case 0x85:
    case 0x2028:
    case 0x2029:
        return size;
    default:
        return 0;
    }
}

} // namespace

bool isPythonSpace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0
        || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F
        || c == 0x205F || c == 0x3000;
}

std::size_t pastSpaces(std::string_view text, std::size_t from)
{
    const std::string_view rest = text.substr(std::min(from, text.size()));
    return text.size() - strippedLeft(rest).size();
}

std::string_view strippedLeft(std::string_view text)
{
    return cutLeft(text, isSpace);
}

std::string_view strippedRight(std::string_view text)
{
    return cutRight(text, isSpace);
}

std::string_view stripped(std::string_view text)
{
    return strippedRight(strippedLeft(text));
}

std::string_view strippedLeft(std::string_view text, std::string_view characters)
{
    return cutLeft(text, [&](std::string_view character) {
        return characters.find(character) != std::string_view::npos;
    });
}

std::string_view strippedRight(std::string_view text, std::string_view characters)
{
    return cutRight(text, [&](std::string_view character) {
        return characters.find(character) != std::string_view::npos;
    });
}

std::vector<std::string_view> splitAtSpaces(std::string_view text, std::int64_t most)
{
    std::vector<std::string_view> words;
    text = strippedLeft(text);
    while (!text.empty()) {
        if (most >= 0 && static_cast<std::int64_t>(words.size()) == most) {
            words.push_back(strippedRight(text));
            break;
        }
        const std::string_view rest = cutLeft(text, [](std::string_view c) { return !isSpace(c); });
        words.push_back(text.substr(0, text.size() - rest.size()));
        text = strippedLeft(rest);
    }
    return words;
}

std::vector<std::string_view> splitAtSpacesFromRight(std::string_view text, std::int64_t most)
{
    std::vector<std::string_view> words;
    text = strippedRight(text);
    while (!text.empty()) {
        if (most >= 0 && static_cast<std::int64_t>(words.size()) == most) {
            words.push_back(strippedLeft(text));
            break;
        }
        const std::string_view rest
            = cutRight(text, [](std::string_view c) { return !isSpace(c); });
        words.push_back(text.substr(rest.size()));
        text = strippedRight(rest);
    }
    std::ranges::reverse(words);
    return words;
}

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator,
                                      std::int64_t most)
{
    std::vector<std::string_view> parts;
    while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos)
            break;
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + separator.size());
    }
    parts.push_back(text);
    return parts;
}

std::vector<std::string_view> splitAtFromRight(std::string_view text, std::string_view separator,
                                               std::int64_t most)
{
    std::vector<std::string_view> parts;
    while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
        const std::size_t at = text.rfind(separator);
        if (at == std::string_view::npos)
            break;
        parts.push_back(text.substr(at + separator.size()));
        text = text.substr(0, at);
    }
    parts.push_back(text);
    std::ranges::reverse(parts);
    return parts;
}

std::vector<std::string_view> splitLines(std::string_view text, LineEnds ends, std::size_t most)
{
    std::vector<std::string_view> lines;
    std::size_t start = 0;
    std::size_t at = 0;
    while (at < text.size() && lines.size() < most) {
        const std::size_t end = lineEndSize(text.substr(at));
        if (end == 0) {
            at += utf8::sizeOfFirst(text.substr(at));
            continue;
        }
        lines.push_back(text.substr(start, at - start + (ends == LineEnds::Kept ? end : 0)));
        at += end;
        start = at;
    }
    if (start < text.size() && lines.size() < most)
        lines.push_back(text.substr(start));
    return lines;
}

std::string replaced(std::string_view text, std::string_view before, std::string_view after,
                     std::int64_t most)
{
    std::string out;
    std::int64_t count = 0;
    if (before.empty()) {
        // Between all characters, and at both ends.
        while (most < 0 || count < most) {
            out += after;
            ++count;
            if (text.empty())
                return out;
            const std::size_t size = utf8::sizeOfFirst(text);
            out += text.substr(0, size);
            text.remove_prefix(size);
        }
        return out += text;
    }
    while (most < 0 || count < most) {
        const std::size_t at = text.find(before);
        if (at == std::string_view::npos)
            break;
        out += text.substr(0, at);
        out += after;
        text.remove_prefix(at + before.size());
        ++count;
    }
    return out += text;
}

std::int64_t occurrences(std::string_view text, std::string_view part)
{
    if (part.empty())
        return utf8::length(text) + 1;
    std::int64_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++count;
    return count;
}

} // namespace stormglass
