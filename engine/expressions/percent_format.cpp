#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/format_spec.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/python_format.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/undefined.h"

#include <cmath>

namespace stormglass {

namespace {

// One `%[(key)][flags][width][.precision]type`.
struct Directive
{
    std::string_view key;
    bool hasKey = false;
    bool isLeft = false;
    bool isZeroPadded = false;
    bool isAlternate = false;
    char sign = '-';
    std::int64_t width = 0;
    std::optional<std::int64_t> precision;
    char type = '\0';
    // The type as it stands in the text.
    std::string_view letter;
};

class PercentFormatter
{
public:
    PercentFormatter(Evaluation &evaluation, const Value &values)
        : m_evaluation(evaluation)
        , m_values(values)
    {
    }

    std::string format(std::string_view text)
    {
        std::string out;
        while (!text.empty() && !m_evaluation.failed()) {
            const std::size_t plain = std::min(text.find('%'), text.size());
            out += text.substr(0, plain);
            text.remove_prefix(plain);
            if (text.empty())
                break;
            text.remove_prefix(1);
            out += directive(text);
            if (!m_evaluation.affordsText(out.size()))
                return {};
        }
        const bool isLeft = m_values.isTuple() ? m_used < m_values.items().size()
                                               : m_used == 0 && !m_isMapped && !isMapping(m_values);
        if (isLeft)
            m_evaluation.failType("not all arguments converted during string formatting");
        return out;
    }

private:
    static bool isMapping(const Value &value)
    {
        return value.isMap() || value.isList() || value.isBytes() || isUndefined(value);
    }

    std::string directive(std::string_view &text)
    {
        if (text.starts_with('%')) {
            text.remove_prefix(1);
            return "%";
        }
        Value keyedValue;
        const auto read = readDirective(text, keyedValue);
        if (!read)
            return {};
        const Value value = read->hasKey ? keyedValue : next();
        return m_evaluation.failed() ? std::string() : converted(*read, value);
    }

    std::optional<Directive> readDirective(std::string_view &text, Value &keyedValue)
    {
        Directive read;
        if (text.starts_with('(')) {
            const std::size_t close = keyEnd(text);
            if (close == std::string_view::npos)
                return refuse("incomplete format key");
            read.hasKey = true;
            read.key = text.substr(1, close - 1);
            text.remove_prefix(close + 1);
            keyedValue = keyed(read);
            if (m_evaluation.failed())
                return std::nullopt;
        }
        for (; !text.empty()
             && std::string_view("-+ #0").find(text.front()) != std::string_view::npos;
             text.remove_prefix(1))
            readFlag(text.front(), read);
        if (!readWidth(text, read))
            return std::nullopt;
        if (!text.empty() && std::string_view("hlL").find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        if (text.empty())
            return refuse("incomplete format");
        read.type = text.front();
        read.letter = text.substr(0, utf8::sizeOfFirst(text));
        text.remove_prefix(read.letter.size());
        return read;
    }

    // Parentheses inside a key are balanced.
    static std::size_t keyEnd(std::string_view text)
    {
        int open = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            open += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (open == 0)
                return i;
        }
        return std::string_view::npos;
    }

    static void readFlag(char flag, Directive &read)
    {
        if (flag == '-')
            read.isLeft = true;
        else if (flag == '0')
            read.isZeroPadded = true;
        else if (flag == '#')
            read.isAlternate = true;
        else if (flag == '+' || read.sign != '+')
            read.sign = flag;
    }

    bool readWidth(std::string_view &text, Directive &read)
    {
        std::int64_t width = 0;
        if (!readCount(text, width))
            return false;
        read.isLeft = read.isLeft || width < 0;
        read.width = std::abs(width);
        if (!text.starts_with('.'))
            return true;
        text.remove_prefix(1);
        std::int64_t precision = 0;
        if (!readCount(text, precision))
            return false;
        read.precision = std::max<std::int64_t>(precision, 0);
        return true;
    }

    bool readCount(std::string_view &text, std::int64_t &count)
    {
        if (text.starts_with('*')) {
            text.remove_prefix(1);
            const Value value = next();
            const auto number = indexIn(value);
            if (!number && !m_evaluation.failed())
                m_evaluation.failType("* wants int");
            count = number.value_or(0);
        }
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1))
            count = std::min<std::int64_t>(count * 10 + (text.front() - '0'), INT32_MAX);
        return !m_evaluation.failed()
            && m_evaluation.affordsText(static_cast<std::size_t>(std::abs(count)));
    }

    std::nullopt_t refuse(std::string message)
    {
        m_evaluation.failValue(std::move(message));
        return std::nullopt;
    }

    Value keyed(const Directive &read)
    {
        m_isMapped = true;
        if (const auto *missing = objectAs<Undefined>(m_values)) {
            missing->refuse(m_evaluation);
            return {};
        }
        if (!m_values.isMap())
            return m_evaluation.failType("format requires a mapping");
        return subscript(m_evaluation, m_values, Value(read.key));
    }

    Value next()
    {
        if (m_values.isTuple() ? m_used < m_values.items().size() : m_used == 0)
            return m_values.isTuple() ? m_values.items()[m_used++] : (++m_used, m_values);
        return m_evaluation.failType("not enough arguments for format string");
    }

    std::string converted(const Directive &read, const Value &value)
    {
        if (std::string_view("diouxXeEfFgGcrsa").find(read.type) == std::string_view::npos) {
            m_evaluation.failValue("unsupported format character '" + std::string(read.letter)
                                   + "'");
            return {};
        }
        const bool takesAll = std::string_view("sra").find(read.type) != std::string_view::npos;
        if (const auto *missing = objectAs<Undefined>(value); missing && !takesAll) {
            missing->refuse(m_evaluation);
            return {};
        }
        switch (read.type) {
        case 's':
            return text(read, strOf(m_evaluation, value));
        case 'r':
            return text(read, reprOf(m_evaluation, value));
        case 'a':
            return text(read, asciiOf(m_evaluation, value));
        case 'c':
            return character(read, value);
        case 'd':
        case 'i':
        case 'u':
        case 'o':
        case 'x':
        case 'X':
            return integer(read, value);
        default:
            return real(read, value);
        }
    }

    std::string text(const Directive &read, std::string_view text)
    {
        if (read.precision)
            text = text.substr(0, utf8::offsetOf(text, *read.precision));
        return widened(read, "", std::string(text));
    }

    static std::string widened(const Directive &read, std::string_view sign,
                               const std::string &body)
    {
        FormatSpec spec;
        spec.width = read.width;
        const bool isNumber
            = std::string_view("diouxXeEfFgG").find(read.type) != std::string_view::npos;
        const bool isZeroPadded = isNumber && read.isZeroPadded && !read.isLeft;
        spec.align = read.isLeft ? '<' : isZeroPadded ? '=' : '>';
        if (isZeroPadded)
            spec.fill = "0";
        return padded(sign, body, spec, '>');
    }

    std::string character(const Directive &read, const Value &value)
    {
        if (const auto given = textIn(value)) {
            if (utf8::length(*given) != 1) {
                m_evaluation.failType("%c requires int or char");
                return {};
            }
            return widened(read, "", std::string(*given));
        }
        const auto number = indexIn(value);
        if (!number) {
            m_evaluation.failType("%c requires int or char");
            return {};
        }
        if (*number < 0 || *number > 0x10FFFF) {
            m_evaluation.fail(PythonError::Overflow, "%c arg not in range(0x110000)");
            return {};
        }
        std::string one;
        utf8::append(one, static_cast<char32_t>(*number));
        return widened(read, "", one);
    }

    static std::string signFor(const Directive &read, bool isNegative)
    {
        return isNegative ? "-" : read.sign == '-' ? "" : std::string(1, read.sign);
    }

    std::string integer(const Directive &read, const Value &value)
    {
        const auto number = wholeOf(read, value);
        if (!number)
            return {};
        const int base = read.type == 'o' ? 8 : (read.type | 0x20) == 'x' ? 16 : 10;
        std::string digits = digitsOf(*number, base);
        if (read.precision && static_cast<std::int64_t>(digits.size()) < *read.precision)
            digits.insert(0, static_cast<std::size_t>(*read.precision) - digits.size(), '0');
        std::string sign = signFor(read, number->sign() < 0);
        if (read.isAlternate && base != 10)
            sign += base == 8 ? "0o" : "0x";
        if (read.type == 'X') {
            for (std::string *part : {&digits, &sign})
                for (char &c : *part)
                    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        return widened(read, sign, digits);
    }

    std::optional<BigInt> wholeOf(const Directive &read, const Value &value)
    {
        if (value.kind() == Value::Kind::BigInt)
            return value.toBigInt();
        if (const auto number = indexIn(value))
            return BigInt(*number);
        const bool isHexOrOctal = std::string_view("oxX").find(read.type) != std::string_view::npos;
        if (!value.isDouble() || isHexOrOctal) {
            m_evaluation.failType(std::string("%") + read.type
                                  + " format: " + (isHexOrOctal ? "an integer" : "a real number")
                                  + " is required, not " + typeNameOf(value));
            return std::nullopt;
        }
        const auto whole = BigInt::fromDouble(value.toDouble());
        if (!whole && std::isnan(value.toDouble()))
            m_evaluation.failValue("cannot convert float NaN to integer");
        else if (!whole)
            m_evaluation.fail(PythonError::Overflow, "cannot convert float infinity to integer");
        return whole;
    }

    std::string real(const Directive &read, const Value &value)
    {
        double number = 0;
        if (value.isDouble())
            number = value.toDouble();
        else if (const auto whole
                 = value.isInteger() || value.isBool() ? wholeOf(read, value) : std::nullopt)
            number = whole->toDouble();
        else
            m_evaluation.failType("must be real number, not " + typeNameOf(value));
        if (m_evaluation.failed())
            return {};
        const std::string digits
            = realDigits(std::fabs(number), read.type, read.precision, read.isAlternate);
        return widened(read, signFor(read, std::signbit(number) && !std::isnan(number)), digits);
    }

    Evaluation &m_evaluation;
    const Value &m_values;
    std::size_t m_used = 0;
    bool m_isMapped = false;
};

} // namespace

Value percentFormat(Evaluation &evaluation, const Value &format, const Value &values)
{
    std::string text = PercentFormatter(evaluation, values).format(format.text());
    if (evaluation.failed())
        return {};
    return format.isBytes() ? Value::bytes(text) : Value(text);
}

} // namespace stormglass
