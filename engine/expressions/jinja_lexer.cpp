#include "engine/expressions/jinja_lexer.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/jinja_expression_lexer.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/text_cutting.h"

#include <algorithm>

namespace stormglass {

namespace {

// Walks the text between tags; what is inside one is the expression lexer's.
class TemplateLexer
{
public:
    TemplateLexer(std::string_view source, Comments comments)
        : m_cursor(source)
        , m_comments(comments)
    {
    }

    JinjaTokens read()
    {
        const Result<> result = readAll();
        m_tokens.push_back({JinjaTokenKind::End, {}, {}, m_cursor.position()});
        if (result)
            return {std::move(m_tokens), std::nullopt};
        return {std::move(m_tokens), result.error()};
    }

private:
    enum class Tag { Variable, Block, Comment };

    Result<> readAll()
    {
        while (!m_cursor.atEnd()) {
            const std::size_t open = m_cursor.findOpening();
            if (open == std::string_view::npos) {
                data(m_cursor.rest());
                m_cursor.skip(m_cursor.rest().size());
                return {};
            }
            SG_TRY(readTag(m_cursor.rest().substr(0, open)));
        }
        return {};
    }

    void data(std::string_view text)
    {
        if (!text.empty())
            m_tokens.push_back({JinjaTokenKind::Data, text, {}, m_cursor.position()});
    }

    // The text before a tag, cut as the sign behind the opening and `lstrip_blocks` want it.
    std::string_view stripped(std::string_view text, char sign, Tag tag) const
    {
        if (sign == '-')
            return strippedRight(text);
        if (sign == '+' || tag == Tag::Variable)
            return text;
        const std::size_t newline = text.rfind('\n');
        const std::size_t line = newline == std::string_view::npos ? 0 : newline + 1;
        if (line == 0 && !m_atLineStart)
            return text;
        const bool onlyBlanks = pastSpaces(text, line) == text.size();
        return onlyBlanks && line < text.size() ? text.substr(0, line) : text;
    }

    // A sign after an opening: '-', '+' or none.
    static char signIn(std::string_view text)
    {
        return !text.empty() && (text.front() == '-' || text.front() == '+') ? text.front() : '\0';
    }

    Result<> readTag(std::string_view before)
    {
        const std::string_view tagText = m_cursor.rest().substr(before.size());
        if (const std::size_t size = rawOpening(tagText)) {
            data(stripped(before, signIn(tagText.substr(2)), Tag::Block));
            m_cursor.skip(before.size() + size);
            return readRaw();
        }
        const Tag tag = tagText[1] == '{' ? Tag::Variable
            : tagText[1] == '%'           ? Tag::Block
                                          : Tag::Comment;
        const char sign = signIn(tagText.substr(2));
        data(stripped(before, sign, tag));
        m_cursor.skip(before.size());
        const std::size_t opening = sign == '\0' ? 2 : 3;
        if (tag == Tag::Comment)
            return readComment(opening);
        m_tokens.push_back(
            {tag == Tag::Variable ? JinjaTokenKind::VariableBegin : JinjaTokenKind::BlockBegin,
             m_cursor.rest().substr(0, opening),
             {},
             m_cursor.position()});
        m_cursor.skip(opening);
        SG_TRY(readInside(m_cursor, tag == Tag::Variable ? Inside::Variable : Inside::Block,
                          m_tokens));
        m_atLineStart = m_cursor.wasNewline();
        return {};
    }

    // Bytes of `{%[-+]? raw -?%}` and, after a minus, the blanks that follow; 0 if it is none.
    static std::size_t rawOpening(std::string_view text)
    {
        if (!text.starts_with("{%"))
            return 0;
        std::size_t i = 2 + (signIn(text.substr(2)) != '\0' ? 1 : 0);
        i = pastSpaces(text, i);
        if (!text.substr(i).starts_with("raw"))
            return 0;
        i = pastSpaces(text, i + 3);
        if (text.substr(i).starts_with("%}"))
            return i + 2;
        if (!text.substr(i).starts_with("-%}"))
            return 0;
        return pastSpaces(text, i + 3);
    }

    struct RawEnd
    {
        std::size_t at = 0;
        std::size_t past = 0;
        char sign = '\0';
    };

    static std::optional<RawEnd> findRawEnd(std::string_view text)
    {
        for (std::size_t at = text.find("{%"); at != std::string_view::npos;
             at = text.find("{%", at + 1)) {
            const char sign = signIn(text.substr(at + 2));
            std::size_t i = at + (sign == '\0' ? 2 : 3);
            i = pastSpaces(text, i);
            if (!text.substr(i).starts_with("endraw"))
                continue;
            i = pastSpaces(text, i + 6);
            if (const std::size_t size = blockEnd(text.substr(i)))
                return RawEnd{at, i + size, sign};
        }
        return std::nullopt;
    }

    Result<> readRaw()
    {
        const std::string_view rest = m_cursor.rest();
        m_atLineStart = m_cursor.wasNewline();
        const auto end = findRawEnd(rest);
        if (!end)
            return syntaxError("Missing end of raw directive", m_cursor.position());
        data(stripped(rest.substr(0, end->at), end->sign, Tag::Block));
        m_cursor.skip(end->past);
        m_atLineStart = m_cursor.wasNewline();
        return {};
    }

    Result<> readComment(std::size_t opening)
    {
        const std::string_view rest = m_cursor.rest();
        const std::size_t close = rest.find("#}", opening);
        if (close == std::string_view::npos)
            return syntaxError("Missing end of comment tag", m_cursor.position());
        std::size_t past = close + 2;
        const char sign = rest[close - 1];
        if (sign == '-' && close > opening)
            past = pastSpaces(rest, past);
        else if (!(sign == '+' && close > opening) && rest.substr(past).starts_with("\n"))
            ++past;
        if (m_comments == Comments::Keep)
            m_tokens.push_back(
                {JinjaTokenKind::Comment, rest.substr(0, close + 2), {}, m_cursor.position()});
        m_cursor.skip(past);
        m_atLineStart = m_cursor.wasNewline();
        return {};
    }

    SourceCursor m_cursor;
    const Comments m_comments;
    std::vector<JinjaToken> m_tokens;
    bool m_atLineStart = true;
};

} // namespace

std::string normalizedTemplate(std::string_view source)
{
    std::string text;
    text.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] != '\r') {
            text += source[i];
            continue;
        }
        text += '\n';
        if (i + 1 < source.size() && source[i + 1] == '\n')
            ++i;
    }
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

JinjaTokens readJinjaTokensUntilError(std::string_view source, Comments comments)
{
    return TemplateLexer(source, comments).read();
}

Result<std::vector<JinjaToken>> readJinjaTokens(std::string_view source, Comments comments)
{
    JinjaTokens read = readJinjaTokensUntilError(source, comments);
    if (read.error)
        return failure(*read.error);
    return std::move(read.tokens);
}

Result<std::vector<JinjaToken>> readJinjaExpressionTokens(std::string_view source)
{
    SourceCursor cursor(source);
    std::vector<JinjaToken> tokens;
    SG_TRY(readInside(cursor, Inside::Expression, tokens));
    tokens.push_back({JinjaTokenKind::End, {}, {}, cursor.position()});
    return tokens;
}

} // namespace stormglass
