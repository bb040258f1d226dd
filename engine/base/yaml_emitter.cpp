#include "engine/base/yaml_emitter.h"
#include "engine/base/utf8.h"
#include "engine/base/yaml.h"
#include "engine/base/yaml_character.h"

#include <algorithm>
#include <limits>

namespace stormglass {

namespace {

constexpr std::size_t longestSimpleKey = 128;

std::string_view characterAt(std::string_view text, std::size_t at)
{
    return text.substr(at, std::max<std::size_t>(1, utf8Length(text, at)));
}

bool isBlankOrEnd(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return true;
    const std::string_view character = characterAt(text, at);
    return character == " " || character == "\t" || character == std::string_view("\0", 1)
        || isYamlBreak(character);
}

// What a text holds that plain or single-quoted style cannot carry.
struct Traits
{
    bool hasIndicator = false;
    bool hasBreak = false;
    bool hasSpecial = false;
    bool hasSpaceBeforeBreak = false;
    bool hasSpaceAfterBreak = false;
    bool hasBlankEdge = false;
};

bool isIndicator(std::string_view text, std::size_t at, std::size_t size)
{
    const char c = text[at];
    const bool isFollowedByBlank = isBlankOrEnd(text, at + size);
    if (c == ':')
        return isFollowedByBlank;
    if (at > 0)
        return c == '#' && (text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n');
    if (c == '-' || c == '?')
        return isFollowedByBlank;
    return std::string_view("#,[]{}&*!|>'\"%@`").find(c) != std::string_view::npos;
}

Traits traitsOf(std::string_view text, bool allowUnicode)
{
    Traits traits;
    traits.hasIndicator = text.starts_with("---") || text.starts_with("...");
    bool isAfterSpace = false;
    bool isAfterBreak = false;
    std::size_t size = 1;
    for (std::size_t at = 0; at < text.size(); at += size) {
        const std::string_view character = characterAt(text, at);
        size = character.size();
        const bool isSpace = character == " ";
        const bool isLineBreak = isYamlBreak(character);
        const bool isAtEdge = at == 0 || at + size == text.size();
        traits.hasIndicator |= isIndicator(text, at, size);
        traits.hasSpecial |= !isYamlPrintable(character) || (size > 1 && !allowUnicode);
        traits.hasBreak |= isLineBreak;
        traits.hasSpaceBeforeBreak |= isLineBreak && isAfterSpace;
        traits.hasSpaceAfterBreak |= isSpace && isAfterBreak;
        traits.hasBlankEdge |= isAtEdge && (isSpace || isLineBreak);
        isAfterSpace = isSpace;
        isAfterBreak = isLineBreak;
    }
    return traits;
}

int stepOf(int indent)
{
    return indent < 2 || indent > 9 ? 2 : indent;
}

int widthOf(int width, int step)
{
    if (width < 0)
        return std::numeric_limits<int>::max();
    return width <= 2 * step ? 80 : width;
}

} // namespace

YamlEmitter::YamlEmitter(const YamlStyle &style)
    : m_step(stepOf(style.indent))
    , m_width(widthOf(style.width, m_step))
    , m_allowUnicode(style.allowUnicode)
{
}

void YamlEmitter::scalar(std::string_view text, Mark mark, std::string_view tag)
{
    if (mark == Mark::Tag)
        this->tag(tag);
    const int outer = deeper();
    switch (quotesFor(text, mark)) {
    case Quotes::None:
        plain(text);
        break;
    case Quotes::Single:
        singleQuoted(text);
        break;
    case Quotes::Double:
        doubleQuoted(text);
        break;
    }
    m_indent = outer;
}

void YamlEmitter::literal(std::string_view text, std::string_view tag)
{
    if (text.empty() || m_isInSimpleKey) {
        this->tag(tag);
        return doubleQuoted(text);
    }
    this->tag(tag);
    const int outer = deeper();
    indicator("|", Before::Space, After::Text);
    breakLine("\n");
    m_isAfterBlank = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        newLine();
        put(text.substr(at, end - at));
        breakLine("\n");
        at = end + 1;
    }
    m_indent = outer;
}

void YamlEmitter::tag(std::string_view tag)
{
    if (!m_isAfterBlank)
        put(" ");
    put(tag);
    m_isAfterBlank = false;
    m_isIndenting = false;
}

int YamlEmitter::beginList(Place place)
{
    const int outer = m_indent;
    const bool isFlush = place == Place::Value && !m_isIndenting;
    if (m_indent < 0)
        m_indent = 0;
    else if (!isFlush)
        m_indent += m_step;
    return outer;
}

void YamlEmitter::beginItem()
{
    newLine();
    indicator("-", Before::Space, After::Indent);
}

int YamlEmitter::beginMap()
{
    const int outer = m_indent;
    m_indent = m_indent < 0 ? 0 : m_indent + m_step;
    return outer;
}

void YamlEmitter::beginSimpleKey()
{
    newLine();
    m_isInSimpleKey = true;
}

void YamlEmitter::endSimpleKey()
{
    m_isInSimpleKey = false;
    indicator(":", Before::Nothing, After::Text);
}

void YamlEmitter::beginComplexKey()
{
    newLine();
    indicator("?", Before::Space, After::Indent);
}

void YamlEmitter::beginComplexValue()
{
    newLine();
    indicator(":", Before::Space, After::Indent);
}

bool YamlEmitter::isSimpleKey(std::string_view text, std::string_view tag) const
{
    return text.size() + tag.size() <= longestSimpleKey && !traitsOf(text, m_allowUnicode).hasBreak;
}

std::string YamlEmitter::finish()
{
    newLine();
    return std::move(m_out);
}

void YamlEmitter::indicator(std::string_view sign, Before before, After after)
{
    if (before == Before::Space && !m_isAfterBlank)
        put(" ");
    put(sign);
    m_isAfterBlank = after == After::Space;
    m_isIndenting = m_isIndenting && after == After::Indent;
}

void YamlEmitter::newLine()
{
    const int indent = std::max(m_indent, 0);
    if (!m_isIndenting || m_column > indent || (m_column == indent && !m_isAfterBlank))
        breakLine("\n");
    if (m_column < indent)
        put(std::string(static_cast<std::size_t>(indent - m_column), ' '));
    m_isAfterBlank = true;
    m_isIndenting = true;
}

void YamlEmitter::put(std::string_view text)
{
    m_out += text;
    m_column += static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

void YamlEmitter::breakLine(std::string_view lineBreak)
{
    m_out += lineBreak;
    m_column = 0;
    m_isIndenting = true;
}

int YamlEmitter::deeper()
{
    const int outer = m_indent;
    m_indent = m_indent < 0 ? m_step : m_indent + m_step;
    return outer;
}

YamlEmitter::Quotes YamlEmitter::quotesFor(std::string_view text, Mark mark) const
{
    const Traits traits = traitsOf(text, m_allowUnicode);
    if (traits.hasSpecial || traits.hasSpaceBeforeBreak || traits.hasSpaceAfterBreak
        || (m_isInSimpleKey && traits.hasBreak))
        return Quotes::Double;
    const bool isPlain = mark != Mark::Quotes && !traits.hasIndicator && !traits.hasBreak
        && !traits.hasBlankEdge && !(text.empty() && m_isInSimpleKey);
    return isPlain ? Quotes::None : Quotes::Single;
}

bool YamlEmitter::mayFold(bool afterSpace) const
{
    return !m_isInSimpleKey && !afterSpace && m_column > m_width;
}

void YamlEmitter::plain(std::string_view text)
{
    if (!m_isAfterBlank && !text.empty())
        put(" ");
    bool isAfterSpace = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = characterAt(text, at);
        at += character.size();
        const bool isSpace = character == " ";
        if (isSpace && mayFold(isAfterSpace) && at < text.size() && text[at] != ' ')
            newLine();
        else
            put(character);
        if (!isSpace)
            m_isIndenting = false;
        isAfterSpace = isSpace;
    }
    m_isAfterBlank = false;
    m_isIndenting = false;
}

void YamlEmitter::singleQuoted(std::string_view text)
{
    indicator("'", Before::Space, After::Text);
    bool isAfterSpace = false;
    bool isAfterBreak = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = characterAt(text, at);
        const bool isInside = at > 0 && at + 1 < text.size();
        at += character.size();
        const bool isSpace = character == " ";
        const bool isLineBreak = isYamlBreak(character);
        if (isLineBreak) {
            // The first break of a row would fold into a space.
            if (!isAfterBreak && character == "\n")
                breakLine("\n");
            breakLine(character);
        } else if (isSpace && isInside && mayFold(isAfterSpace) && text[at] != ' ') {
            newLine();
        } else {
            if (isAfterBreak && !isSpace)
                newLine();
            put(character == "'" ? "''" : character);
            if (!isSpace)
                m_isIndenting = false;
        }
        isAfterSpace = isSpace;
        isAfterBreak = isLineBreak;
    }
    if (isAfterBreak)
        newLine();
    indicator("'", Before::Nothing, After::Text);
    m_isIndenting = false;
}

void YamlEmitter::doubleQuoted(std::string_view text)
{
    indicator("\"", Before::Space, After::Text);
    bool isAfterSpace = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = characterAt(text, at);
        const bool isInside = at > 0 && at + 1 < text.size();
        at += character.size();
        const bool isSpace = character == " ";
        if (needsEscape(character)) {
            put(yamlEscape(character));
        } else if (isSpace && isInside && mayFold(isAfterSpace)) {
            newLine();
            // Leading spaces of a line are dropped unless escaped.
            if (text[at] == ' ')
                put("\\");
        } else {
            put(character);
        }
        isAfterSpace = isSpace;
        m_isIndenting = false;
    }
    indicator("\"", Before::Nothing, After::Text);
    m_isIndenting = false;
}

bool YamlEmitter::needsEscape(std::string_view character) const
{
    return !isYamlPrintable(character) || (character.size() > 1 && !m_allowUnicode)
        || isYamlBreak(character) || character == "\"" || character == "\\";
}

} // namespace stormglass
