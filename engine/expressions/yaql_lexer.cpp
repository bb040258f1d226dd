#include "engine/expressions/yaql_lexer.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/python_string_literal.h"
#include "engine/expressions/text_cutting.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <charconv>

namespace stormglass {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordCodePoint(char32_t c)
{
    return c == U'_' || QChar::isLetterOrNumber(c);
}

// Longer ones first.
constexpr std::array<std::string_view, 24> symbols{
    "?.", "=~", "!~", "->", "=>", ">=", "<=", "!=", ".", "+", "-", "*",
    "/",  ">",  "<",  "=",  "[",  "{",  "(",  ")",  "]", ",", "}", ""};
constexpr std::array<std::string_view, 5> wordOperators{"mod", "in", "not", "and", "or"};

class Lexer
{
public:
    explicit Lexer(std::string_view source)
        : m_source(source)
    {
    }

    YaqlTokens read()
    {
        std::optional<Error> error;
        while (skipSpaces(), !error && m_at < m_source.size()) {
            if (!readOne())
                error = refuseHere().value();
        }
        start(YaqlTokenKind::End, 0);
        return {std::move(m_tokens), std::move(error)};
    }

private:
    bool readOne()
    {
        const char c = m_source[m_at];
        if (c == '$')
            return readVariable();
        if (isDigit(c))
            return readNumber();
        if (c == '\'' || c == '"' || c == '`')
            return readQuoted(c);
        if (const std::size_t size = wordSize(m_at); size > 0)
            return readWord(size);
        return readSymbol();
    }

    void skipSpaces()
    {
        constexpr std::string_view blanks = " \t\r\n";
        while (m_at < m_source.size() && blanks.find(m_source[m_at]) != std::string_view::npos)
            advance(1);
    }

    void advance(std::size_t bytes)
    {
        for (const std::size_t end = m_at + bytes; m_at < end;) {
            const bool isNewLine = m_source[m_at] == '\n';
            m_at += utf8::sizeOfFirst(m_source.substr(m_at));
            ++m_offset;
            m_position.line += isNewLine ? 1 : 0;
            m_position.column = isNewLine ? 1 : m_position.column + 1;
        }
    }

    YaqlToken &start(YaqlTokenKind kind, std::size_t bytes)
    {
        YaqlToken token;
        token.kind = kind;
        token.text = m_source.substr(m_at, bytes);
        token.offset = m_offset;
        token.position = m_position;
        m_tokens.push_back(std::move(token));
        advance(bytes);
        return m_tokens.back();
    }

    // The bytes of word characters from a place on.
    std::size_t wordCharacters(std::size_t from) const
    {
        std::size_t at = from;
        while (at < m_source.size()) {
            const std::string_view rest = m_source.substr(at);
            if (!isWordCodePoint(utf8::decodeFirst(rest)))
                break;
            at += utf8::sizeOfFirst(rest);
        }
        return at - from;
    }

    // The same where they begin as a name does.
    std::size_t wordSize(std::size_t from) const
    {
        const char32_t first = utf8::decodeFirst(m_source.substr(from));
        const bool begins = first == U'_' || (isWordCodePoint(first) && !QChar::isDigit(first));
        return begins ? wordCharacters(from) : 0;
    }

    bool readVariable()
    {
        start(YaqlTokenKind::Variable, 1 + wordCharacters(m_at + 1));
        return true;
    }

    std::size_t digitsFrom(std::size_t at) const
    {
        const std::size_t begin = at;
        while (at < m_source.size() && isDigit(m_source[at]))
            ++at;
        return at - begin;
    }

    bool readNumber()
    {
        const std::size_t whole = digitsFrom(m_at);
        const std::size_t point = m_at + whole;
        if (point < m_source.size() && m_source[point] == '.') {
            const std::size_t fraction = digitsFrom(point + 1);
            if (fraction > 0 && wordCharacters(point + 1 + fraction) == 0) {
                YaqlToken &token = start(YaqlTokenKind::Constant, whole + 1 + fraction);
                double number = 0;
                std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
                token.value = number;
                return true;
            }
        }
        if (wordCharacters(point) > 0 || whole > longestInteger)
            return false;
        YaqlToken &token = start(YaqlTokenKind::Constant, whole);
        token.value = integer(token.text);
        return true;
    }

    static Value integer(std::string_view digits)
    {
        std::int64_t number = 0;
        const auto [end, error]
            = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error == std::errc())
            return number;
        const auto big = BigInt::fromText(digits);
        return big ? Value(*big) : Value();
    }

    bool readWord(std::size_t size)
    {
        const std::string_view word = m_source.substr(m_at, size);
        if (m_at + size < m_source.size() && m_source[m_at + size] == '(') {
            YaqlToken &token = start(YaqlTokenKind::Function, size);
            token.text = word;
            advance(1);
            return true;
        }
        if (word.starts_with("__"))
            return false;
        if (std::ranges::find(wordOperators, word) != wordOperators.end()) {
            start(YaqlTokenKind::Operator, size);
            return true;
        }
        if (word == "true" || word == "false" || word == "null") {
            start(YaqlTokenKind::Constant, size).value
                = word == "null" ? Value() : Value(word == "true");
            return true;
        }
        start(YaqlTokenKind::Keyword, size);
        return true;
    }

    // A backslash takes the next character with it, but for a new line.
    bool readQuoted(char quote)
    {
        std::size_t end = m_at + 1;
        while (end < m_source.size() && m_source[end] != quote) {
            if (m_source[end] == '\\' && (++end >= m_source.size() || m_source[end] == '\n'))
                return false;
            ++end;
        }
        if (end >= m_source.size())
            return false;
        const std::string_view inner = m_source.substr(m_at + 1, end - m_at - 1);
        const std::optional<std::string> text
            = quote == '`' ? replaced(inner, "\\`", "`", -1) : unescapedPython(inner);
        if (!text)
            return false;
        start(YaqlTokenKind::Constant, inner.size() + 2).value = *text;
        return true;
    }

    bool readSymbol()
    {
        for (const std::string_view symbol : symbols) {
            if (!symbol.empty() && m_source.substr(m_at).starts_with(symbol)) {
                start(YaqlTokenKind::Operator, symbol.size());
                return true;
            }
        }
        return false;
    }

    tl::unexpected<Error> refuseHere() const
    {
        const std::string_view rest = m_source.substr(m_at);
        const std::string_view character = rest.substr(0, utf8::sizeOfFirst(rest));
        return yaqlRefusal("YaqlLexicalException",
                           QStringLiteral("Lexical error: illegal character '%1' at position %2")
                               .arg(Value(character).toQString())
                               .arg(m_offset),
                           m_position);
    }

    // Of digits; Python refuses longer ones too.
    static constexpr std::size_t longestInteger = 4'300;

    const std::string_view m_source;
    std::size_t m_at = 0;
    std::int64_t m_offset = 0;
    Position m_position;
    std::vector<YaqlToken> m_tokens;
};

} // namespace

YaqlTokens readYaqlTokensUntilError(std::string_view source)
{
    return Lexer(source).read();
}

Result<std::vector<YaqlToken>> readYaqlTokens(std::string_view source)
{
    YaqlTokens read = readYaqlTokensUntilError(source);
    if (read.error)
        return failure(*std::move(read.error));
    return std::move(read.tokens);
}

tl::unexpected<Error> yaqlRefusal(const char *kind, const QString &message, Position position)
{
    Error error{ErrorCode::Invalid, message};
    error.kind = QString::fromLatin1(kind);
    error.place = QStringLiteral("%1:%2").arg(position.line).arg(position.column);
    return failure(std::move(error));
}

} // namespace stormglass
