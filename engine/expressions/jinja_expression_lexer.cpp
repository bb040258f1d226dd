#include "engine/expressions/jinja_expression_lexer.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_string_literal.h"
#include "engine/expressions/text_cutting.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace stormglass {

namespace {

constexpr std::array<std::string_view, 27> operators{
    "//", "**", "==", "!=", "<=", ">=", "+", "-", "/", "*", "%", "~", "[", "]",
    "(",  ")",  "{",  "}",  ">",  "<",  "=", ".", ":", "|", ",", ";", "@"};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordByte(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

bool isWordCodePoint(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Mark_NonSpacing
        || QChar::category(c) == QChar::Mark_SpacingCombining;
}

// Digits with single underscores between them, from `at`; where they end, `at` if there are none.
template <typename IsDigit>
std::size_t digitsEnd(std::string_view text, std::size_t at, IsDigit isOne)
{
    std::size_t end = at;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (isOne(text[i]))
            end = i + 1;
        else if (text[i] != '_' || i == at || i != end)
            break;
    }
    return end;
}

std::size_t exponentEnd(std::string_view text, std::size_t at)
{
    if (at >= text.size() || (text[at] != 'e' && text[at] != 'E'))
        return at;
    const std::size_t sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-');
    const std::size_t digits = at + 1 + sign;
    const std::size_t end = digitsEnd(text, digits, isDigit);
    return end == digits ? at : end;
}

// Bytes of a number with a fraction or an exponent at the front; 0 if there is none.
std::size_t realSize(std::string_view text)
{
    const std::size_t whole = digitsEnd(text, 0, isDigit);
    if (whole == 0)
        return 0;
    std::size_t end = whole;
    if (whole < text.size() && text[whole] == '.') {
        const std::size_t fraction = digitsEnd(text, whole + 1, isDigit);
        if (fraction > whole + 1)
            end = fraction;
    }
    end = exponentEnd(text, end);
    return end == whole ? 0 : end;
}

struct IntegerText
{
    std::size_t size = 0;
    int base = 10;
};

// As Python: after a prefix an underscore may come first; a leading zero stands alone.
IntegerText integerText(std::string_view text)
{
    const auto prefixed = [&](char letter, int base, auto isOne) -> IntegerText {
        const bool fits = text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == letter;
        const std::size_t start = fits && text[2] == '_' ? 3 : 2;
        const std::size_t end = fits ? digitsEnd(text, start, isOne) : 0;
        return {end > start ? end : 0, base};
    };
    if (const auto binary = prefixed('b', 2, [](char c) { return c == '0' || c == '1'; });
        binary.size)
        return binary;
    if (const auto octal = prefixed('o', 8, [](char c) { return c >= '0' && c <= '7'; });
        octal.size)
        return octal;
    const auto isHex
        = [](char c) { return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
    if (const auto hex = prefixed('x', 16, isHex); hex.size)
        return hex;
    if (!text.empty() && text[0] == '0')
        return {digitsEnd(text, 0, [](char c) { return c == '0'; }), 10};
    return {digitsEnd(text, 0, isDigit), 10};
}

std::string withoutUnderscores(std::string_view text)
{
    std::string digits(text);
    std::erase(digits, '_');
    return digits;
}

Value integerValue(std::string_view text, int base)
{
    const std::string digits = withoutUnderscores(text);
    if (base == 10) {
        const auto number = BigInt::fromText(digits);
        return number ? Value(*number) : Value();
    }
    BigInt number;
    for (const char c : digits.substr(2)) {
        const int digit = isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        number = number * BigInt(base) + BigInt(digit);
    }
    return Value(number);
}

// Non-ASCII text goes through as `\xHH` there, so that a backslash before it is one that is
// escaped.
std::optional<std::string> literalText(std::string_view body)
{
    if (body.find('\\') == std::string_view::npos)
        return std::string(body);
    std::string ascii;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const bool escapesWide = body[i] == '\\' && i + 1 < body.size() && (body[i + 1] & 0x80);
        ascii += body[i];
        if (body[i] == '\\' && i + 1 < body.size() && !escapesWide)
            ascii += body[++i];
        if (!escapesWide)
            continue;
        const std::size_t size = utf8::sizeOfFirst(body.substr(i + 1));
        const char32_t codePoint = utf8::decodeFirst(body.substr(i + 1, size));
        std::array<char, 12> name{};
        const char *form = codePoint < 0x100 ? "\\x%02x"
            : codePoint < 0x10000            ? "\\u%04x"
                                             : "\\U%08x";
        std::snprintf(name.data(), name.size(), form, static_cast<unsigned>(codePoint));
        ascii += name.data();
        i += size;
    }
    return unescapedPython(ascii);
}

class InsideLexer
{
public:
    InsideLexer(SourceCursor &cursor, Inside inside, std::vector<JinjaToken> &tokens)
        : m_cursor(cursor)
        , m_inside(inside)
        , m_tokens(tokens)
    {
    }

    Result<> read()
    {
        while (!m_cursor.atEnd()) {
            if (m_closers.empty() && readEnd())
                return {};
            SG_TRY(readOne());
        }
        return {};
    }

private:
    void add(JinjaTokenKind kind, std::size_t size, Value value = {})
    {
        m_tokens.push_back(
            {kind, m_cursor.rest().substr(0, size), std::move(value), m_cursor.position()});
        m_cursor.skip(size);
    }

    bool readEnd()
    {
        if (m_inside == Inside::Expression)
            return false;
        const std::string_view rest = m_cursor.rest();
        if (m_inside == Inside::Block) {
            const std::size_t size = blockEnd(rest);
            if (size > 0)
                add(JinjaTokenKind::BlockEnd, size);
            return size > 0;
        }
        if (rest.starts_with("}}")) {
            add(JinjaTokenKind::VariableEnd, 2);
            return true;
        }
        if (!rest.starts_with("-}}"))
            return false;
        add(JinjaTokenKind::VariableEnd, pastSpaces(rest, 3));
        return true;
    }

    Result<> readOne()
    {
        const std::string_view rest = m_cursor.rest();
        const std::size_t blank = pastSpaces(rest);
        if (blank > 0) {
            m_cursor.skip(blank);
            return {};
        }
        if (isDigit(rest.front()) && readNumber())
            return {};
        if (isWordByte(rest.front()))
            return readName();
        if (rest.front() == '\'' || rest.front() == '"')
            return readText(rest);
        return readOperator(rest);
    }

    bool readNumber()
    {
        const std::string_view rest = m_cursor.rest();
        const bool afterDot = m_cursor.offset() > 0 && !m_tokens.empty()
            && m_tokens.back().text.data() + m_tokens.back().text.size() == rest.data()
            && m_tokens.back().text == ".";
        if (const std::size_t size = afterDot ? 0 : realSize(rest)) {
            const std::string digits = withoutUnderscores(rest.substr(0, size));
            add(JinjaTokenKind::Real, size, Value(std::strtod(digits.c_str(), nullptr)));
            return true;
        }
        const IntegerText integer = integerText(rest);
        if (integer.size == 0)
            return false;
        Value number = integerValue(rest.substr(0, integer.size), integer.base);
        add(JinjaTokenKind::Integer, integer.size, std::move(number));
        return true;
    }

    Result<> readName()
    {
        const std::string_view rest = m_cursor.rest();
        std::size_t size = 0;
        while (size < rest.size() && isWordByte(rest[size])) {
            const std::string_view at = rest.substr(size);
            if ((at.front() & 0x80) && !isWordCodePoint(utf8::decodeFirst(at)))
                break;
            size += utf8::sizeOfFirst(at);
        }
        if (size == 0)
            return unexpected(rest);
        add(JinjaTokenKind::Name, size);
        return {};
    }

    Result<> readText(std::string_view rest)
    {
        const char quote = rest.front();
        std::size_t end = 1;
        while (end < rest.size() && rest[end] != quote)
            end += rest[end] == '\\' ? 2 : 1;
        if (end >= rest.size())
            return unexpected(rest);
        auto text = literalText(rest.substr(1, end - 1));
        if (!text)
            return syntaxError("a string has a broken escape", m_cursor.position());
        add(JinjaTokenKind::Text, end + 1, Value(*text));
        return {};
    }

    Result<> readOperator(std::string_view rest)
    {
        const auto found = std::ranges::find_if(
            operators, [&](std::string_view symbol) { return rest.starts_with(symbol); });
        if (found == operators.end() || *found == "@")
            return unexpected(rest);
        SG_TRY(balance(rest.front()));
        add(JinjaTokenKind::Operator, found->size());
        return {};
    }

    Result<> balance(char symbol)
    {
        const std::string quoted = std::string("unexpected '") + symbol + '\'';
        if (symbol == '(')
            m_closers += ')';
        else if (symbol == '[')
            m_closers += ']';
        else if (symbol == '{')
            m_closers += '}';
        if (symbol != ')' && symbol != ']' && symbol != '}')
            return {};
        if (m_closers.empty())
            return syntaxError(quoted, m_cursor.position());
        const char expected = m_closers.back();
        m_closers.pop_back();
        if (expected == symbol)
            return {};
        return syntaxError(quoted + ", expected '" + expected + '\'', m_cursor.position());
    }

    Result<> unexpected(std::string_view rest) const
    {
        return syntaxError("unexpected char '"
                               + std::string(rest.substr(0, utf8::sizeOfFirst(rest))) + "' at "
                               + std::to_string(m_cursor.offset()),
                           m_cursor.position());
    }

    SourceCursor &m_cursor;
    const Inside m_inside;
    std::vector<JinjaToken> &m_tokens;
    std::string m_closers;
};

} // namespace

void SourceCursor::skip(std::size_t bytes)
{
    for (const char c : rest().substr(0, bytes)) {
        if (c == '\n') {
            ++m_position.line;
            m_position.column = 1;
        } else if ((c & 0xC0) != 0x80) {
            ++m_position.column;
        }
    }
    m_offset = std::min(m_offset + bytes, m_source.size());
}

std::size_t SourceCursor::findOpening() const
{
    const std::string_view text = rest();
    for (std::size_t at = text.find('{'); at != std::string_view::npos;
         at = text.find('{', at + 1)) {
        if (at + 1 < text.size()
            && (text[at + 1] == '{' || text[at + 1] == '%' || text[at + 1] == '#'))
            return at;
    }
    return std::string_view::npos;
}

Result<> readInside(SourceCursor &cursor, Inside inside, std::vector<JinjaToken> &tokens)
{
    return InsideLexer(cursor, inside, tokens).read();
}

std::size_t blockEnd(std::string_view text)
{
    if (text.starts_with("+%}"))
        return 3;
    if (text.starts_with("-%}"))
        return pastSpaces(text, 3);
    if (!text.starts_with("%}"))
        return 0;
    return text.substr(2).starts_with("\n") ? 3 : 2;
}

tl::unexpected<Error> syntaxError(const std::string &message, Position position)
{
    Error error{ErrorCode::Invalid, QString::fromStdString(message)};
    error.kind = QString::fromLatin1(PythonError::TemplateSyntax.data());
    error.place = QString::number(position.line) + u':' + QString::number(position.column);
    return failure(std::move(error));
}

} // namespace stormglass
