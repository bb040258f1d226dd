#include "engine/expressions/html_text.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/html_entities.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>
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
    const bool isNone = read.ec != std::errc() || number == 0 || number > 0x10FFFF
        || (number >= 0xD800 && number <= 0xDFFF);
    Entity entity{{}, size};
    utf8::append(entity.text, isNone ? 0xFFFD : number);
    return entity;
}

std::optional<Entity> namedEntity(std::string_view text)
{
    const std::size_t end = text.find(';');
    constexpr std::size_t longest = 12;
    if (end == std::string_view::npos || end > longest)
        return std::nullopt;
    const std::string_view name = text.substr(1, end - 1);
    const auto found = std::ranges::lower_bound(htmlEntities, name, {},
                                                [](const auto &entry) { return entry.first; });
    if (found == htmlEntities.end() || found->first != name)
        return std::nullopt;
    Entity entity{{}, end + 1};
    utf8::append(entity.text, found->second);
    return entity;
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
