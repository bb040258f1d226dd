#include "engine/base/yaml_text.h"
#include "engine/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace stormglass {

namespace {

class Reader
{
public:
    Reader(std::string_view source, std::size_t at)
        : m_source(source)
        , m_at(at)
    {
    }

    bool isAtEnd() const { return m_at >= m_source.size(); }
    char peek() const { return isAtEnd() ? '\0' : m_source[m_at]; }
    bool isBlank() const { return peek() == ' ' || peek() == '\t'; }
    std::size_t place() const { return m_at; }
    char next() { return m_source[m_at++]; }
    void skip() { ++m_at; }

    // The bytes of the line end here, none if there is none.
    std::string_view lineBreak() const
    {
        const std::string_view rest = m_source.substr(std::min(m_at, m_source.size()));
        for (const std::string_view end : {"\n", "\u2028", "\u2029"}) {
            if (rest.starts_with(end))
                return end;
        }
        return {};
    }
    std::string_view takeLineBreak()
    {
        const std::string_view end = lineBreak();
        m_at += end.size();
        return end;
    }
    std::string_view take(std::size_t count)
    {
        const std::string_view taken = m_source.substr(std::min(m_at, m_source.size()), count);
        m_at += taken.size();
        return taken;
    }

private:
    std::string_view m_source;
    std::size_t m_at;
};

char32_t hexadecimal(std::string_view digits)
{
    std::uint32_t code = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    return code;
}

void appendEscaped(std::string &text, Reader &reader)
{
    constexpr std::string_view names = "0abtnvfre\tN_LP";
    constexpr char32_t codes[] = {0, 7, 8, 9, 10, 11, 12, 13, 27, 9, 0x85, 0xa0, 0x2028, 0x2029};
    const char name = reader.next();
    const std::size_t digits = name == 'x' ? 2 : name == 'u' ? 4 : name == 'U' ? 8 : 0;
    if (digits > 0)
        return appendUtf8(text, hexadecimal(reader.take(digits)));
    if (const std::size_t known = names.find(name); known != std::string_view::npos)
        return appendUtf8(text, codes[known]);
    text += name;
}

class QuotedText
{
public:
    QuotedText(std::string_view source, std::size_t at)
        : m_reader(source, at)
        , m_quote(m_reader.next())
    {
    }

    std::string read()
    {
        for (;;) {
            words();
            if (m_reader.isAtEnd() || m_reader.peek() == m_quote)
                return std::move(m_text);
            blanks();
        }
    }

private:
    void words()
    {
        while (!m_reader.isAtEnd() && !m_reader.isBlank() && m_reader.lineBreak().empty()) {
            const char c = m_reader.peek();
            if (c == '\\' && m_quote == '"') {
                m_reader.skip();
                if (!m_reader.takeLineBreak().empty()) {
                    m_isAfterBreak = true;
                    return;
                }
                appendEscaped(m_text, m_reader);
            } else if (c == m_quote) {
                if (!isDoubled())
                    return;
                m_text += m_quote;
            } else {
                m_text += m_reader.next();
            }
        }
    }

    bool isDoubled()
    {
        if (m_quote == '"')
            return false;
        Reader ahead = m_reader;
        ahead.skip();
        if (ahead.peek() != m_quote)
            return false;
        ahead.skip();
        m_reader = ahead;
        return true;
    }

    // One line end is a space, more are themselves but for the first; an escaped one is nothing.
    void blanks()
    {
        std::string spaces;
        std::string_view first;
        std::string breaks;
        while (m_reader.isBlank() || !m_reader.lineBreak().empty()) {
            if (m_reader.isBlank()) {
                spaces += m_reader.next();
            } else if (m_isAfterBreak) {
                breaks += m_reader.takeLineBreak();
            } else {
                first = m_reader.takeLineBreak();
                m_isAfterBreak = true;
            }
        }
        if (!m_isAfterBreak)
            m_text += spaces;
        else if (first == "\n" && breaks.empty())
            m_text += ' ';
        else
            m_text += std::string(first == "\n" ? std::string_view() : first) + breaks;
        m_isAfterBreak = false;
    }

    Reader m_reader;
    const char m_quote;
    std::string m_text;
    bool m_isAfterBreak = false;
};

class BlockText
{
public:
    BlockText(std::string_view source, std::size_t at, int parentIndent)
        : m_reader(source, at)
        , m_isLiteral(m_reader.next() == '|')
    {
        header(std::max(parentIndent, 0), parentIndent);
    }

    tl::expected<std::string, std::size_t> read()
    {
        std::string breaks;
        if (m_indent == 0)
            detect(breaks);
        else
            emptyLines(breaks);
        std::string_view lastBreak;
        bool wasBlank = false;
        while (!m_tab && m_column == m_indent && !m_reader.isAtEnd()) {
            const bool isBlank = m_reader.isBlank();
            const bool isFolded = !m_isLiteral && lastBreak == "\n" && !wasBlank && !isBlank;
            if (!isFolded)
                m_text += lastBreak;
            else if (breaks.empty())
                m_text += ' ';
            m_text += breaks;
            breaks.clear();
            wasBlank = isBlank;
            while (!m_reader.isAtEnd() && m_reader.lineBreak().empty())
                m_text += m_reader.next();
            lastBreak = m_reader.takeLineBreak();
            emptyLines(breaks);
        }
        if (m_tab)
            return tl::make_unexpected(*m_tab);
        if (m_chomping != '-')
            m_text += lastBreak;
        if (m_chomping == '+')
            m_text += breaks;
        return std::move(m_text);
    }

private:
    void header(int base, int parentIndent)
    {
        m_least = std::max(parentIndent + 1, 1);
        for (; !m_reader.isAtEnd() && m_reader.lineBreak().empty() && !m_reader.isBlank();
             m_reader.skip()) {
            const char c = m_reader.peek();
            if (c == '+' || c == '-')
                m_chomping = c;
            else if (c >= '1' && c <= '9')
                m_indent = base + (c - '0');
        }
        while (!m_reader.isAtEnd() && m_reader.lineBreak().empty())
            m_reader.skip();
        m_reader.takeLineBreak();
    }

    void spaces(int most)
    {
        for (m_column = 0; m_column < most && m_reader.peek() == ' '; ++m_column)
            m_reader.skip();
        if (m_column < most && m_reader.peek() == '\t')
            m_tab = m_reader.place();
    }

    // Empty lines in front count when they are longer than what follows.
    void detect(std::string &breaks)
    {
        constexpr int unbounded = 1 << 30;
        int widest = 0;
        for (;;) {
            spaces(unbounded);
            widest = std::max(widest, m_column);
            const std::string_view end = m_reader.takeLineBreak();
            if (m_tab || end.empty())
                break;
            breaks += end;
        }
        m_indent = std::max(widest, m_least);
    }

    void emptyLines(std::string &breaks)
    {
        for (;;) {
            spaces(m_indent);
            const std::string_view end = m_reader.takeLineBreak();
            if (m_tab || end.empty())
                return;
            breaks += end;
        }
    }

    Reader m_reader;
    const bool m_isLiteral;
    std::string m_text;
    char m_chomping = ' ';
    int m_indent = 0;
    int m_least = 1;
    int m_column = 0;
    std::optional<std::size_t> m_tab;
};

} // namespace

std::string yamlQuotedText(std::string_view source, std::size_t at)
{
    return QuotedText(source, at).read();
}

tl::expected<std::string, std::size_t> yamlBlockText(std::string_view source, std::size_t at,
                                                     int parentIndent)
{
    return BlockText(source, at, parentIndent).read();
}

} // namespace stormglass
