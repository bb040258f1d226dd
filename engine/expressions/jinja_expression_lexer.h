#pragma once

#include "engine/base/result.h"
#include "engine/expressions/jinja_token.h"

#include <string>
#include <vector>

namespace stormglass {

// Where a lexer is in its source, with line and column.
class SourceCursor
{
public:
    explicit SourceCursor(std::string_view source)
        : m_source(source)
    {
    }
    bool atEnd() const { return m_offset >= m_source.size(); }
    std::string_view rest() const { return m_source.substr(m_offset); }
    std::size_t offset() const { return m_offset; }
    Position position() const { return m_position; }
    void skip(std::size_t bytes);
    // The byte before is a line end.
    bool wasNewline() const { return m_offset > 0 && m_source[m_offset - 1] == '\n'; }
    // From here, where the next `{{`, `{%` or `{#` is; npos if there is none.
    std::size_t findOpening() const;

private:
    const std::string_view m_source;
    std::size_t m_offset = 0;
    Position m_position;
};

enum class Inside { Variable, Block, Expression };

// The tokens of what stands inside a tag, its end included.
Result<> readInside(SourceCursor &cursor, Inside inside, std::vector<JinjaToken> &tokens);

// Bytes of a block's end at the front of a text, with the blanks it swallows; 0 if there is none.
std::size_t blockEnd(std::string_view text);

tl::unexpected<Error> syntaxError(const std::string &message, Position position);

} // namespace stormglass
