#include "engine/base/json_lexer.h"
#include "engine/base/json_plain.h"
#include "engine/base/number_text.h"
#include "engine/base/utf8.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace stormglass {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHighHalf(int unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}

bool isLowHalf(int unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

// What stands behind a backslash for a character; 0 for what stands for none.
char escapedCharacter(char letter)
{
    switch (letter) {
    case '"':
    case '\\':
    case '/':
        return letter;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return '\0';
    }
}

} // namespace

std::string_view JsonLexer::string()
{
    const char *const begin = ++m_at;
    m_at = endOfPlainJson(m_at, m_end);
    while (m_at != m_end && static_cast<unsigned char>(*m_at) >= 0x80 && skipSequence())
        m_at = endOfPlainJson(m_at, m_end);
    const std::string_view run(begin, static_cast<std::size_t>(m_at - begin));
    if (m_at != m_end && *m_at == '"') {
        ++m_at;
        return run;
    }
    m_scratch = run;
    return escapedString();
}

std::string_view JsonLexer::escapedString()
{
    while (!m_failure) {
        const char *const begin = m_at;
        m_at = endOfPlainJson(m_at, m_end);
        m_scratch.append(begin, m_at);
        if (isAtEnd()) {
            fail("a text without its closing quote");
        } else if (*m_at == '"') {
            ++m_at;
            return m_scratch;
        } else if (*m_at == '\\') {
            escape();
        } else if (static_cast<unsigned char>(*m_at) < 0x20) {
            fail("a control character within a text");
        } else {
            const char *const sequence = m_at;
            skipSequence();
            m_scratch.append(sequence, m_at);
        }
    }
    return {};
}

bool JsonLexer::skipSequence()
{
    const std::size_t length = utf8Length(m_text, position());
    if (length == 0)
        fail("not UTF-8");
    m_at += length;
    return length != 0;
}

void JsonLexer::escape()
{
    ++m_at;
    if (peek() == 'u')
        return unicodeEscape();
    const char character = escapedCharacter(peek());
    if (character == '\0')
        return fail("an unknown escape");
    m_scratch += character;
    ++m_at;
}

void JsonLexer::unicodeEscape()
{
    const int unit = hexUnit();
    if (isHighHalf(unit) || isLowHalf(unit))
        return surrogate(unit);
    if (!m_failure)
        appendUtf8(m_scratch, static_cast<char32_t>(unit));
}

// Two escapes make one character; half of such a pair makes none.
void JsonLexer::surrogate(int high)
{
    const char *const behind = m_at;
    if (isHighHalf(high) && isUnicodeEscapeNext()) {
        ++m_at;
        const int low = hexUnit();
        if (isLowHalf(low))
            return appendUtf8(
                m_scratch,
                static_cast<char32_t>(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)));
        m_at = m_failure ? m_at : behind;
    }
    if (!m_limits.replaceHalfPairs)
        return fail("half of a surrogate pair");
    appendUtf8(m_scratch, 0xFFFD);
}

bool JsonLexer::isUnicodeEscapeNext() const
{
    return m_end - m_at >= 2 && m_at[0] == '\\' && m_at[1] == 'u';
}

// Reads `uXXXX`.
int JsonLexer::hexUnit()
{
    int unit = 0;
    for (int i = 1; i <= 4; ++i) {
        const int digit = m_end - m_at > i ? hexDigit(m_at[i]) : -1;
        if (digit < 0) {
            fail("expected four hex digits after \\u");
            return 0;
        }
        unit = unit * 16 + digit;
    }
    m_at += 5;
    return unit;
}

Value JsonLexer::number()
{
    const char *const begin = m_at;
    if (peek() == '-')
        ++m_at;
    if (peek() == 'I' && m_at != begin)
        return nonFinite("Infinity", -std::numeric_limits<double>::infinity());
    const char *const digits = m_at;
    if (!skipDigits()) {
        fail(isAtEnd() ? "the text ends where a value is expected" : "expected a value");
        return {};
    }
    if (*digits == '0' && m_at - digits > 1) {
        failAt(digits, "a number with a leading zero");
        return {};
    }
    const bool isReal = peek() == '.' || (peek() | 0x20) == 'e';
    return isReal ? real(begin) : whole(begin);
}

Value JsonLexer::whole(const char *begin)
{
    std::int64_t number = 0;
    if (std::from_chars(begin, m_at, number).ec == std::errc())
        return Value(number);
    const auto big
        = BigInt::fromText(std::string_view(begin, static_cast<std::size_t>(m_at - begin)));
    if (big)
        return Value(*big);
    failAt(begin, "an integer with too many digits");
    return {};
}

Value JsonLexer::real(const char *begin)
{
    if (peek() == '.') {
        ++m_at;
        if (!skipDigits()) {
            fail("expected a digit after the decimal point");
            return {};
        }
    }
    if ((peek() | 0x20) == 'e') {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        if (!skipDigits()) {
            fail("expected a digit in the exponent");
            return {};
        }
    }
    const double number
        = doubleFromDecimal(std::string_view(begin, static_cast<std::size_t>(m_at - begin)));
    if (!std::isfinite(number) && !m_limits.allowNonFinite)
        failAt(begin, "a number beyond the range of doubles");
    return Value(number);
}

Value JsonLexer::word(std::string_view expected, Value meaning)
{
    if (m_text.substr(position(), expected.size()) != expected) {
        fail("expected a value");
        return {};
    }
    m_at += expected.size();
    return meaning;
}

Value JsonLexer::nonFinite(std::string_view name, double number)
{
    if (m_limits.allowNonFinite)
        return word(name, Value(number));
    fail("expected a value");
    return {};
}

bool JsonLexer::skipDigits()
{
    const char *const begin = m_at;
    while (m_at != m_end && isDigit(*m_at))
        ++m_at;
    return m_at != begin;
}

void JsonLexer::fail(const char *reason)
{
    failAt(m_at, reason);
}

void JsonLexer::failAt(const char *at, const char *reason)
{
    if (m_failure)
        return;
    m_failure = reason;
    m_failedAt = static_cast<std::size_t>(at - m_text.data());
}

tl::unexpected<Error> JsonLexer::refusal() const
{
    const QString place = QString::fromStdString(lineAndColumn(m_text, m_failedAt));
    return failure(
        Error{ErrorCode::Invalid,
              QStringLiteral("Not JSON at %1: %2.").arg(place, QString::fromUtf8(m_failure)),
              QStringLiteral("JSONDecodeError"), place});
}

} // namespace stormglass
