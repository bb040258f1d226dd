#pragma once

#include "engine/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// What stands in front of the content of a node, in the text.
struct YamlProperties
{
    bool hasTag = false;
    // The tag is a lone `!`.
    bool isBare = false;
    // With `!!` written out.
    std::string tag = {};
    std::size_t contentAt = 0;
    bool isOnOneLine = true;
    bool isQuoted = false;
    // Of a literal or folded block.
    bool isBlock = false;
};

// A text as the parser gets it: UTF-8 without a byte order mark, printable, with \n at the end of
// every line, and with question marks inside plain text hidden, which the parser would end it at.
class YamlSource
{
public:
    // Errors are PyYAML's ReaderError, or of directives that YAML 1.1 does not know.
    static Result<YamlSource> from(std::string_view text);

    const std::string &text() const { return m_text; }
    // The same, place by place, but for what the parser would misunderstand.
    const std::string &parserText() const { return m_parserText; }
    // Undoes the hiding.
    std::string shown(std::string_view parsed) const;

    // One-based, as `3:14`; columns in characters. Cheap when called for places in order.
    QString placeOf(std::size_t at) const;
    std::pair<std::size_t, std::size_t> lineAndColumnOf(std::size_t at) const;

    // Whether more stands here than so many nodes need. The parser holds all of a flow collection
    // before it tells of its start, so that its own limits come too late.
    bool isTooMuchFor(std::size_t nodes) const;

    YamlProperties propertiesAt(std::size_t at) const;
    char at(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }
    bool startsAt(std::size_t at, std::string_view what) const
    {
        return at <= m_text.size() && std::string_view(m_text).substr(at).starts_with(what);
    }
    // Where a tab stands in what indents the node there.
    std::optional<std::size_t> tabBefore(std::size_t at) const;
    // Zero-based, of a block that starts here, perhaps with a tag or an anchor on a line of its
    // own.
    int blockColumn(std::size_t at, bool hasProperties) const;
    // Of a place with a quote.
    bool closesQuote(std::size_t at) const;
    // Whether a tag here runs into what is no part of it.
    bool hasBadTag(std::size_t at, bool isInFlow) const;
    // Whether the place is right behind a colon that is right behind plain text.
    bool isTightColon(std::size_t at) const
    {
        return at > 1 && m_text[at - 1] == ':'
            && std::string_view("\"']}").find(m_text[at - 2]) == std::string_view::npos;
    }
    // Of an anchor.
    static bool isName(std::string_view name);
    // Whether the anchor or alias here has a name that YAML 1.1 does not know.
    bool hasBadName(std::size_t at) const;

private:
    std::size_t endOfProperty(std::size_t at) const;
    void stepBackTo(std::size_t at) const;
    Result<> checkCharacters(std::string_view text) const;
    Result<> checkDirectives() const;
    void normalize(std::string_view text);
    void hideQuestionMarks();
    void markKeyless();

    std::string m_text;
    std::string m_parserText;
    // The last place asked for.
    mutable std::size_t m_at = 0;
    mutable std::size_t m_line = 1;
    mutable std::size_t m_column = 1;
};

} // namespace stormglass
