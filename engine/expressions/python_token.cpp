#include "engine/expressions/python_token.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_string_literal.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Kind = PythonToken::Kind;

constexpr std::array<std::string_view, 33> operators{
    "**", "//", "<<", ">>", "<=", ">=", "==", "!=", ":=", "->", "...", "+", "-", "*", "/", "%", "@",
    "&",  "|",  "^",  "~",  "<",  ">",  "(",  ")",  "[",  "]",  "{",   "}", ",", ":", ".", "="};

tl::unexpected<Error> syntaxError(const std::string &message)
{
    return pythonError("SyntaxError", QString::fromStdString(message));
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool startsName(std::string_view text)
{
    const char32_t c = utf8::decodeFirst(text);
    return c == '_' || QChar::isLetter(c) || QChar::category(c) == QChar::Number_Letter;
}

bool continuesName(std::string_view text)
{
    const char32_t c = utf8::decodeFirst(text);
    const QChar::Category category = QChar::category(c);
    return startsName(text) || category == QChar::Number_DecimalDigit
        || category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining
        || category == QChar::Punctuation_Connector;
}

class PythonLexer
{
public:
    explicit PythonLexer(std::string_view source)
        : m_rest(source)
    {
    }

    Result<std::vector<PythonToken>> read()
    {
        if (m_rest.find('\0') != std::string_view::npos)
            return pythonError("ValueError",
                               QStringLiteral("source code string cannot contain null bytes"));
        while (!m_rest.empty()) {
            if (skipBlank())
                continue;
            SG_TRY(readOne());
        }
        if (!m_open.empty())
            return syntaxError(std::string("'") + m_open.back() + "' was never closed");
        m_tokens.push_back({});
        return std::move(m_tokens);
    }

private:
    void skip(std::size_t bytes) { m_rest.remove_prefix(std::min(bytes, m_rest.size())); }

    void add(Kind kind, std::size_t bytes, Value value = {})
    {
        m_tokens.push_back({kind, m_rest.substr(0, bytes), std::move(value)});
        skip(bytes);
    }

    bool skipBlank()
    {
        const char c = m_rest.front();
        if (c == '\n' || c == '\r') {
            m_isEnded = m_open.empty() && !m_tokens.empty();
            skip(1);
            return true;
        }
        if (c == '#') {
            skip(std::min(m_rest.find('\n'), m_rest.size()));
            return true;
        }
        const bool isBlank = c == ' ' || c == '\t' || c == '\f';
        if (isBlank)
            skip(1);
        else if (m_rest.starts_with("\\\n"))
            skip(2);
        else
            return false;
        return true;
    }

    Result<> readOne()
    {
        if (m_isEnded)
            return syntaxError("invalid syntax");
        const char c = m_rest.front();
        if (isDigit(c) || (c == '.' && m_rest.size() > 1 && isDigit(m_rest[1])))
            return readNumber();
        if (const std::size_t prefix = textPrefix(); prefix != std::string_view::npos)
            return readText(prefix);
        if (startsName(m_rest))
            return readName();
        return readOperator();
    }

    Result<> readName()
    {
        std::size_t size = 0;
        while (size < m_rest.size() && continuesName(m_rest.substr(size)))
            size += utf8::sizeOfFirst(m_rest.substr(size));
        add(Kind::Name, size);
        return {};
    }

    // Bytes in front of a quote that say what kind of text follows; npos where none follows.
    std::size_t textPrefix() const
    {
        std::size_t size = 0;
        while (size < 2 && size < m_rest.size()
               && std::string_view("rRbBuUfF").find(m_rest[size]) != std::string_view::npos)
            ++size;
        const bool isQuoted = size < m_rest.size() && (m_rest[size] == '\'' || m_rest[size] == '"');
        return isQuoted ? size : std::string_view::npos;
    }

    Result<> readText(std::size_t prefixSize)
    {
        std::string prefix(m_rest.substr(0, prefixSize));
        std::ranges::transform(prefix, prefix.begin(),
                               [](char c) { return static_cast<char>(c | 0x20); });
        const std::string_view quoted = m_rest.substr(prefixSize);
        const char quote = quoted.front();
        const bool isTriple = quoted.size() > 2 && quoted[1] == quote && quoted[2] == quote;
        const std::size_t quotes = isTriple ? 3 : 1;
        std::size_t at = quotes;
        while (at < quoted.size() && !quoted.substr(at).starts_with(quoted.substr(0, quotes))) {
            if (quoted[at] == '\n' && !isTriple)
                break;
            at += quoted[at] == '\\' ? 2 : 1;
        }
        if (at >= quoted.size() || !quoted.substr(at).starts_with(quoted.substr(0, quotes)))
            return syntaxError("unterminated string literal");
        return addText(prefix, quoted.substr(quotes, at - quotes), prefixSize + at + quotes);
    }

    Result<> addText(const std::string &prefix, std::string_view body, std::size_t size)
    {
        const auto has = [&](char letter) { return prefix.find(letter) != std::string::npos; };
        const bool isPossible = prefix.size() < 2 || (has('r') && (has('b') || has('f')));
        if (!isPossible)
            return syntaxError("invalid syntax");
        if (has('f')) {
            add(Kind::Formatted, size);
            return {};
        }
        const bool isBytes = has('b');
        if (isBytes && !utf8::isAscii(body))
            return syntaxError("bytes can only contain ASCII literal characters");
        const auto text = has('r') ? std::optional(std::string(body)) : unescapedPython(body);
        if (!text)
            return syntaxError("(unicode error) 'unicodeescape' codec can't decode bytes");
        add(isBytes ? Kind::Bytes : Kind::Text, size,
            isBytes ? Value::bytes(asLatin1(*text)) : Value(*text));
        return {};
    }

    // `\xff` in bytes is one byte.
    static std::string asLatin1(std::string_view text)
    {
        std::string bytes;
        for (const char32_t c : utf8::decode(text))
            bytes += static_cast<char>(static_cast<unsigned char>(c));
        return bytes;
    }

    Result<> readNumber()
    {
        std::size_t size = 0;
        const auto isExponentSign = [&] {
            const bool isHex = m_rest.size() > 1 && (m_rest[1] | 0x20) == 'x';
            return size > 0 && (m_rest[size] == '+' || m_rest[size] == '-') && !isHex
                && (m_rest[size - 1] | 0x20) == 'e' && size + 1 < m_rest.size()
                && isDigit(m_rest[size + 1]);
        };
        const auto isPart = [](char c) {
            return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
                || c == '.';
        };
        while (size < m_rest.size() && (isPart(m_rest[size]) || isExponentSign()))
            ++size;
        const std::string_view text = m_rest.substr(0, size);
        if (text.ends_with('j') || text.ends_with('J')) {
            add(Kind::Number, size);
            return {};
        }
        const bool hasBase = text.size() > 1 && text[0] == '0'
            && std::string_view("xXoObB").find(text[1]) != std::string_view::npos;
        const bool isReal = !hasBase && text.find_first_of(".eE") != std::string_view::npos;
        std::optional<Value> number;
        if (isReal) {
            if (const auto real = realFromText(text))
                number = Value(*real);
        } else {
            number = integerFromText(text, 0);
        }
        if (!number)
            return syntaxError("invalid decimal literal");
        add(Kind::Number, size, std::move(*number));
        return {};
    }

    Result<> readOperator()
    {
        const auto found = std::ranges::find_if(
            operators, [&](std::string_view symbol) { return m_rest.starts_with(symbol); });
        if (found == operators.end())
            return syntaxError("invalid character '"
                               + std::string(m_rest.substr(0, utf8::sizeOfFirst(m_rest))) + "'");
        const char c = found->front();
        constexpr std::size_t mostOpen = 200;
        if (c == '(' || c == '[' || c == '{')
            m_open += c;
        if (m_open.size() > mostOpen)
            return syntaxError("too many nested parentheses");
        if (c == ')' || c == ']' || c == '}') {
            const char opening = c == ')' ? '(' : c == ']' ? '[' : '{';
            if (m_open.empty() || m_open.back() != opening)
                return syntaxError(std::string("unmatched '") + c + "'");
            m_open.pop_back();
        }
        add(Kind::Operator, found->size());
        return {};
    }

    std::string_view m_rest;
    std::vector<PythonToken> m_tokens;
    std::string m_open;
    bool m_isEnded = false;
};

} // namespace

Result<std::vector<PythonToken>> readPythonTokens(std::string_view source)
{
    return PythonLexer(source).read();
}

} // namespace stormglass
