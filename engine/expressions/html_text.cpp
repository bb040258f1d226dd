#include "engine/expressions/html_text.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/html_entities.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace stormglass {

namespace {

std::string without(std::string_view text, std::string_view open, std::string_view close)
{
    std::string out;
    while (true) {
        const std::size_t start = text.find(open);
        const std::size_t end
            = start == std::string_view::npos ? start : text.find(close, start + open.size());
        if (end == std::string_view::npos)
            return out += text;
        out += text.substr(0, start);
        text.remove_prefix(end + close.size());
    }
}

struct Entity
{
    std::string text;
    // Bytes of the source, the ampersand included.
    std::size_t size = 0;
};

// Controls and what is for ever unassigned vanish.
bool isCharacter(std::uint32_t number)
{
    const bool isControl
        = (number < 0x20 && number != '\t' && number != '\n' && number != '\f' && number != '\r')
        || number == 0x7F;
    const bool isUnassigned = (number >= 0xFDD0 && number <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;
    return !isControl && !isUnassigned;
}

std::optional<Entity> numericEntity(std::string_view text)
{
    const bool isHex = text.size() > 2 && (text[2] | 0x20) == 'x';
    const std::size_t start = isHex ? 3 : 2;
    std::uint32_t number = 0;
    const char *const from = text.data() + std::min(start, text.size());
    const auto read = std::from_chars(from, text.data() + text.size(), number, isHex ? 16 : 10);
    if (read.ptr == from)
        return std::nullopt;
    auto size = static_cast<std::size_t>(read.ptr - text.data());
    size += size < text.size() && text[size] == ';' ? 1 : 0;
    // As browsers do: what stands in the gap of Latin-1 is meant as Windows' own letters.
    constexpr std::string_view windows = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6"
                                         "\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
                                         "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC"
                                         "\u2122\u0161\u203A\u0153\u009D\u017E\u0178";
    if (number >= 0x80 && number < 0xA0)
        number = utf8::decode(windows)[number - 0x80];
    const bool isNone = read.ec != std::errc() || number == 0 || number > 0x10FFFF
        || (number >= 0xD800 && number <= 0xDFFF);
    Entity entity{{}, size};
    if (isNone || isCharacter(number))
        utf8::append(entity.text, isNone ? 0xFFFD : number);
    return entity;
}

std::optional<char32_t> entityNamed(std::string_view name)
{
    const auto found = std::ranges::lower_bound(htmlEntities, name, {},
                                                [](const auto &entry) { return entry.first; });
    const bool isOne = found != htmlEntities.end() && found->first == name;
    return isOne ? std::optional(found->second) : std::nullopt;
}

// With its semicolon; or, of the oldest names, those of Latin-1, the longest that the text begins
// with.
std::optional<Entity> namedEntity(std::string_view text)
{
    constexpr std::size_t longest = 32;
    std::size_t end = 1;
    while (end < text.size() && end < longest
           && std::isalnum(static_cast<unsigned char>(text[end])) != 0)
        ++end;
    const bool isClosed = end < text.size() && text[end] == ';';
    for (std::size_t size = end; size > 1; --size) {
        const auto character = entityNamed(text.substr(1, size - 1));
        const bool isWhole = size == end && isClosed;
        const std::string_view name = text.substr(1, size - 1);
        const bool isOld = character && *character < 0x100 && name != "apos";
        if (!isWhole && !isOld)
            continue;
        if (!character)
            continue;
        Entity entity{{}, size + (isWhole ? 1 : 0)};
        utf8::append(entity.text, *character);
        return entity;
    }
    return std::nullopt;
}

} // namespace

std::string unescapedHtml(std::string_view html)
{
    std::string out;
    while (!html.empty()) {
        const std::size_t plain = std::min(html.find('&'), html.size());
        out += html.substr(0, plain);
        html.remove_prefix(plain);
        if (html.empty())
            break;
        const auto entity
            = html.size() > 1 && html[1] == '#' ? numericEntity(html) : namedEntity(html);
        out += entity ? entity->text : "&";
        html.remove_prefix(entity ? entity->size : 1);
    }
    return out;
}

std::string strippedHtml(std::string_view html)
{
    const std::string text = without(without(html, "<!--", "-->"), "<", ">");
    std::string collapsed;
    for (const std::string_view word : splitAtSpaces(text, -1))
        collapsed += (collapsed.empty() ? "" : " ") + std::string(word);
    return unescapedHtml(collapsed);
}

} // namespace stormglass
