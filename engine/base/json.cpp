#include "engine/base/json.h"
#include "engine/base/json_plain.h"
#include "engine/base/number_text.h"
#include "engine/base/utf8.h"

#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

namespace stormglass {

namespace {

// Events repeat their keys: equal short keys of a thread share one storage, with its hash.
class KeyCache
{
public:
    Value intern(std::string_view key)
    {
        if (key.size() > longestKey)
            return Value(key);
        Value &slot = m_slots[ValueMap::hashOf(key) % m_slots.size()];
        if (!slot.isText() || slot.text() != key)
            slot = Value(key);
        return slot;
    }

private:
    static constexpr std::size_t longestKey = 48;
    std::array<Value, 1024> m_slots;
};

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

// Recursive descent; `depth` bounds it. The first failure is kept and everything returns early from
// then on. Items wait on a shared stack until their container ends, so that each container is
// allocated once, in size.
class JsonReader
{
public:
    JsonReader(std::string_view text, const JsonLimits &limits, KeyCache &keys)
        : m_text(text)
        , m_at(text.data())
        , m_end(text.data() + text.size())
        , m_limits(limits)
        , m_keys(keys)
    {
    }

    Result<Value> read()
    {
        m_stack.reserve(64);
        Value result = value(0);
        skipSpace();
        if (!m_failure && m_at != m_end)
            fail("expected the end of the text");
        if (m_failure)
            return refusal();
        return result;
    }

private:
    Value value(int depth)
    {
        skipSpace();
        switch (peek()) {
        case '{':
            return map(depth + 1);
        case '[':
            return list(depth + 1);
        case '"':
            return Value(string());
        case 't':
            return word("true", Value(true));
        case 'f':
            return word("false", Value(false));
        case 'n':
            return word("null", Value());
        case 'N':
            return nonFinite("NaN", std::numeric_limits<double>::quiet_NaN());
        case 'I':
            return nonFinite("Infinity", std::numeric_limits<double>::infinity());
        default:
            return number();
        }
    }

    Value list(int depth)
    {
        if (!enter(depth))
            return {};
        const std::size_t first = m_stack.size();
        if (!skipTo(']')) {
            do {
                m_stack.push_back(value(depth));
            } while (!m_failure && skipTo(','));
            if (!m_failure && !skipTo(']'))
                fail("expected , or ] after an item");
        }
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(first);
        ValueList items(std::make_move_iterator(begin), std::make_move_iterator(m_stack.end()));
        m_stack.resize(first);
        return Value(std::move(items));
    }

    Value map(int depth)
    {
        if (!enter(depth))
            return {};
        const std::size_t first = m_stack.size();
        if (!skipTo('}')) {
            do {
                entry(depth);
            } while (!m_failure && skipTo(','));
            if (!m_failure && !skipTo('}'))
                fail("expected , or } after a value");
        }
        ValueMap entries;
        entries.reserve((m_stack.size() - first) / 2);
        for (std::size_t i = first; i + 1 < m_stack.size(); i += 2)
            entries.set(std::move(m_stack[i]), std::move(m_stack[i + 1]));
        m_stack.resize(first);
        return Value(std::move(entries));
    }

    void entry(int depth)
    {
        skipSpace();
        if (peek() != '"')
            return fail("expected a key in double quotes");
        m_stack.push_back(m_keys.intern(string()));
        if (m_failure)
            return;
        if (!skipTo(':'))
            return fail("expected : after a key");
        m_stack.push_back(value(depth));
    }

    bool enter(int depth)
    {
        if (depth > m_limits.depth)
            fail("nested too deeply");
        else
            ++m_at;
        return !m_failure;
    }

    // What stands between two quotes; valid until the next string is read.
    std::string_view string()
    {
        const char *const begin = ++m_at;
        m_at = endOfPlainJson(m_at, m_end);
        while (m_at != m_end && static_cast<unsigned char>(*m_at) >= 0x80 && skipSequence())
            m_at = endOfPlainJson(m_at, m_end);
        const std::string_view run(begin, static_cast<std::size_t>(m_at - begin));
        if (peek() == '"' && m_at != m_end) {
            ++m_at;
            return run;
        }
        m_scratch = run;
        return escapedString();
    }

    std::string_view escapedString()
    {
        while (!m_failure) {
            const char *const begin = m_at;
            m_at = endOfPlainJson(m_at, m_end);
            m_scratch.append(begin, m_at);
            if (m_at == m_end) {
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

    bool skipSequence()
    {
        const std::size_t length = utf8Length(m_text, position());
        if (length == 0)
            fail("not UTF-8");
        m_at += length;
        return length != 0;
    }

    void escape()
    {
        ++m_at;
        switch (peek()) {
        case '"':
            m_scratch += '"';
            break;
        case '\\':
            m_scratch += '\\';
            break;
        case '/':
            m_scratch += '/';
            break;
        case 'b':
            m_scratch += '\b';
            break;
        case 'f':
            m_scratch += '\f';
            break;
        case 'n':
            m_scratch += '\n';
            break;
        case 'r':
            m_scratch += '\r';
            break;
        case 't':
            m_scratch += '\t';
            break;
        case 'u':
            return unicodeEscape();
        default:
            return fail("an unknown escape");
        }
        ++m_at;
    }

    void unicodeEscape()
    {
        int unit = hexUnit();
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            const bool follows = m_end - m_at >= 2 && m_at[0] == '\\' && m_at[1] == 'u';
            const int low = follows ? (++m_at, hexUnit()) : 0;
            if (low >= 0xDC00 && low <= 0xDFFF)
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
        if (m_failure)
            return;
        if (unit >= 0xD800 && unit <= 0xDFFF)
            return fail("half of a surrogate pair");
        appendUtf8(m_scratch, static_cast<char32_t>(unit));
    }

    // Reads `uXXXX`.
    int hexUnit()
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

    Value number()
    {
        const char *const begin = m_at;
        if (peek() == '-')
            ++m_at;
        if (peek() == 'I' && m_at != begin)
            return nonFinite("Infinity", -std::numeric_limits<double>::infinity());
        const char *const digits = m_at;
        skipDigits();
        if (m_at == digits)
            return fail(m_at == m_end ? "the text ends where a value is expected"
                                      : "expected a value"),
                   Value();
        if (*digits == '0' && m_at - digits > 1)
            return m_at = digits, fail("a number with a leading zero"), Value();
        if (peek() == '.' || (peek() | 0x20) == 'e')
            return real(begin);
        return whole(begin);
    }

    Value whole(const char *begin)
    {
        std::int64_t number = 0;
        if (std::from_chars(begin, m_at, number).ec == std::errc())
            return Value(number);
        const auto big
            = BigInt::fromText(std::string_view(begin, static_cast<std::size_t>(m_at - begin)));
        if (!big)
            return m_at = begin, fail("an integer with too many digits"), Value();
        return Value(*big);
    }

    Value real(const char *begin)
    {
        if (peek() == '.' && (++m_at, !skipDigits()))
            return fail("expected a digit after the decimal point"), Value();
        if ((peek() | 0x20) == 'e') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!skipDigits())
                return fail("expected a digit in the exponent"), Value();
        }
        const double number
            = doubleFromDecimal(std::string_view(begin, static_cast<std::size_t>(m_at - begin)));
        if (!std::isfinite(number) && !m_limits.allowNonFinite)
            return m_at = begin, fail("a number beyond the range of doubles"), Value();
        return Value(number);
    }

    Value word(std::string_view expected, Value meaning)
    {
        if (m_text.substr(position(), expected.size()) != expected)
            return fail("expected a value"), Value();
        m_at += expected.size();
        return meaning;
    }

    Value nonFinite(std::string_view name, double number)
    {
        if (!m_limits.allowNonFinite)
            return fail("expected a value"), Value();
        return word(name, Value(number));
    }

    char peek() const { return m_at == m_end ? '\0' : *m_at; }
    std::size_t position() const { return static_cast<std::size_t>(m_at - m_text.data()); }

    void skipSpace()
    {
        while (m_at != m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t'))
            ++m_at;
    }

    bool skipTo(char expected)
    {
        skipSpace();
        if (peek() != expected || m_at == m_end)
            return false;
        ++m_at;
        return true;
    }

    bool skipDigits()
    {
        const char *const begin = m_at;
        while (m_at != m_end && isDigit(*m_at))
            ++m_at;
        return m_at != begin;
    }

    void fail(const char *reason)
    {
        if (m_failure)
            return;
        m_failure = reason;
        m_failedAt = position();
    }

    tl::unexpected<Error> refusal() const
    {
        const QString place = QString::fromStdString(lineAndColumn(m_text, m_failedAt));
        return failure(
            Error{ErrorCode::Invalid,
                  QStringLiteral("Not JSON at %1: %2.").arg(place, QString::fromUtf8(m_failure)),
                  QStringLiteral("JSONDecodeError"), place});
    }

    const std::string_view m_text;
    const char *m_at;
    const char *const m_end;
    const JsonLimits &m_limits;
    KeyCache &m_keys;
    std::vector<Value> m_stack;
    std::string m_scratch;
    const char *m_failure = nullptr;
    std::size_t m_failedAt = 0;
};

} // namespace

Result<Value> readJson(std::string_view text, const JsonLimits &limits)
{
    static thread_local KeyCache keys;
    if (text.size() > limits.bytes)
        return failure(Error{ErrorCode::Invalid,
                             QStringLiteral("A JSON text of %1 bytes is beyond the limit of %2.")
                                 .arg(text.size())
                                 .arg(limits.bytes),
                             QStringLiteral("JSONDecodeError")});
    return JsonReader(text, limits, keys).read();
}

} // namespace stormglass
