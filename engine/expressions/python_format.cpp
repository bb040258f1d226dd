#include "engine/expressions/python_format.h"

#include "engine/expressions/calendar_text.h"
#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/format_spec.h"
#include "engine/expressions/integer_text.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/undefined.h"

#include <cmath>

namespace stormglass {

namespace {

std::string unknownCode(const FormatSpec &spec, const Value &value)
{
    return std::string("Unknown format code '") + spec.type + "' for object of type '"
        + typeNameOf(value) + '\'';
}

std::string signFor(bool isNegative, char wanted)
{
    return isNegative ? "-" : wanted == '-' ? "" : std::string(1, wanted);
}

// True, and failed, where the type takes no separators but the specification has one.
bool refuseGrouping(Evaluation &evaluation, const FormatSpec &spec, bool takesNone)
{
    if (spec.grouping == '\0' || !takesNone)
        return false;
    evaluation.failValue(std::string("Cannot specify '") + spec.grouping + "' with '" + spec.type
                         + "'.");
    return true;
}

// Zeros in front are grouped as the digits are.
std::string paddedNumber(const std::string &sign, std::string digits, const FormatSpec &spec,
                         std::size_t group)
{
    const bool fillsWithDigits = spec.align == '=' && spec.fill == "0";
    if (spec.grouping != '\0')
        digits = grouped(digits, {spec.grouping, group},
                         fillsWithDigits ? spec.width - static_cast<std::int64_t>(sign.size()) : 0);
    return padded(sign, digits, spec, '>');
}

std::string formatReal(Evaluation &evaluation, double number, const FormatSpec &spec,
                       const Value &value)
{
    constexpr std::string_view types = "eEfFgG%n";
    if (spec.type != '\0' && types.find(spec.type) == std::string_view::npos) {
        evaluation.failValue(unknownCode(spec, value));
        return {};
    }
    if (refuseGrouping(evaluation, spec, spec.type == 'n'))
        return {};
    const char type = spec.type == 'n' ? 'g' : spec.type;
    const std::string digits
        = realDigits(std::fabs(number), type, spec.precision, spec.isAlternate);
    const bool isZero = digits.find_first_of("123456789iInN") >= digits.find_first_of("eE");
    const bool isNegative
        = std::signbit(number) && !std::isnan(number) && !(spec.dropsNegativeZero && isZero);
    return paddedNumber(signFor(isNegative, spec.sign), digits, spec, 3);
}

std::string formatInteger(Evaluation &evaluation, const Value &value, const FormatSpec &spec)
{
    const BigInt number
        = value.isInteger() && !value.isInt() ? value.toBigInt() : BigInt(*indexIn(value));
    constexpr std::string_view realTypes = "eEfFgG%";
    if (spec.type != '\0' && realTypes.find(spec.type) != std::string_view::npos)
        return formatReal(evaluation, number.toDouble(), spec, value);
    if (spec.dropsNegativeZero) {
        evaluation.failValue("Negative zero coercion (z) not allowed in integer format specifier");
        return {};
    }
    if (spec.precision) {
        evaluation.failValue("Precision not allowed in integer format specifier");
        return {};
    }
    if (spec.type == 'c') {
        if (spec.hasSign || spec.isAlternate) {
            evaluation.failValue("Sign not allowed with integer format specifier 'c'");
            return {};
        }
        if (refuseGrouping(evaluation, spec, true))
            return {};
        const auto codePoint = number.toInt();
        if (!codePoint || *codePoint < 0 || *codePoint > 0x10FFFF) {
            evaluation.fail(PythonError::Overflow, "%c arg not in range(0x110000)");
            return {};
        }
        std::string text;
        utf8::append(text, static_cast<char32_t>(*codePoint));
        return padded("", text, spec, '<');
    }
    const int base = spec.type == 'b' ? 2
        : spec.type == 'o'            ? 8
        : (spec.type | 0x20) == 'x'   ? 16
                                      : 10;
    if (base == 10 && spec.type != '\0' && spec.type != 'd' && spec.type != 'n') {
        evaluation.failValue(unknownCode(spec, value));
        return {};
    }
    if (refuseGrouping(evaluation, spec, spec.type == 'n' || (base != 10 && spec.grouping == ',')))
        return {};
    std::string digits = digitsOf(number, base);
    if (spec.type == 'X')
        for (char &c : digits)
            c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    std::string sign = signFor(number.sign() < 0, spec.sign);
    if (spec.isAlternate && base != 10)
        sign += std::string("0") + spec.type;
    return paddedNumber(sign, std::move(digits), spec, base == 10 ? 3 : 4);
}

std::string formatString(Evaluation &evaluation, std::string_view text, const FormatSpec &spec,
                         const Value &value)
{
    if (spec.type != '\0' && spec.type != 's')
        evaluation.failValue(unknownCode(spec, value));
    else if (spec.hasSign || spec.dropsNegativeZero)
        evaluation.failValue("Sign not allowed in string format specifier");
    else if (spec.isAlternate)
        evaluation.failValue("Alternate form (#) not allowed in string format specifier");
    else if (spec.align == '=' && !spec.isZeroPadded)
        evaluation.failValue("'=' alignment not allowed in string format specifier");
    else if (spec.grouping != '\0')
        evaluation.failValue("Cannot specify ',' with 's'.");
    if (evaluation.failed())
        return {};
    if (spec.precision)
        text = text.substr(0, utf8::offsetOf(text, *spec.precision));
    FormatSpec plain = spec;
    if (plain.align == '=')
        plain.align = '<';
    return padded("", text, plain, '<');
}

// text.format(): walks the template, keeps count of automatic fields.
class FieldFormatter
{
public:
    FieldFormatter(Evaluation &evaluation, const Arguments &arguments)
        : m_evaluation(evaluation)
        , m_arguments(arguments)
    {
    }

    std::string format(std::string_view text, int depth)
    {
        std::string out;
        while (!text.empty() && !m_evaluation.failed()) {
            const char c = text.front();
            if (c != '{' && c != '}') {
                const std::size_t plain = std::min(text.find_first_of("{}"), text.size());
                out += text.substr(0, plain);
                text.remove_prefix(plain);
            } else if (text.size() > 1 && text[1] == c) {
                out += c;
                text.remove_prefix(2);
            } else if (c == '}') {
                m_evaluation.failValue("Single '}' encountered in format string");
            } else {
                out += field(text, depth);
            }
            if (!m_evaluation.affordsText(out.size()))
                return {};
        }
        return out;
    }

private:
    // Reads from `{` past its `}`.
    std::string field(std::string_view &text, int depth)
    {
        const std::size_t end = fieldEnd(text);
        if (end == std::string_view::npos) {
            m_evaluation.failValue(text.size() == 1 ? "Single '{' encountered in format string"
                                                    : "expected '}' before end of string");
            return {};
        }
        const std::string_view body = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
        constexpr int deepest = 2;
        if (depth >= deepest) {
            m_evaluation.failValue("Max string recursion exceeded");
            return {};
        }
        const std::size_t colon = std::min(specificationStart(body), body.size());
        std::string_view name = body.substr(0, colon);
        char conversion = '\0';
        if (const std::size_t mark = name.find('!'); mark != std::string_view::npos) {
            if (name.size() != mark + 2) {
                m_evaluation.failValue("expected ':' after conversion specifier");
                return {};
            }
            conversion = name[mark + 1];
            name = name.substr(0, mark);
        }
        Value value = look(name);
        const std::string specification
            = colon < body.size() ? format(body.substr(colon + 1), depth + 1) : std::string();
        if (m_evaluation.failed())
            return {};
        return formatValue(m_evaluation, converted(std::move(value), conversion), specification);
    }

    static std::size_t fieldEnd(std::string_view text)
    {
        int open = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            open += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (open == 0)
                return i;
        }
        return std::string_view::npos;
    }

    // A colon inside brackets belongs to a key.
    static std::size_t specificationStart(std::string_view body)
    {
        bool isInKey = false;
        for (std::size_t i = 0; i < body.size(); ++i) {
            if (body[i] == '[')
                isInKey = true;
            else if (body[i] == ']')
                isInKey = false;
            else if (body[i] == ':' && !isInKey)
                return i;
        }
        return std::string_view::npos;
    }

    Value converted(Value value, char conversion)
    {
        if (conversion == '\0')
            return value;
        if (conversion == 's')
            return Value(strOf(m_evaluation, value));
        if (conversion == 'r')
            return Value(reprOf(m_evaluation, value));
        if (conversion == 'a')
            return Value(asciiOf(m_evaluation, value));
        return m_evaluation.failValue(std::string("Unknown conversion specifier ") + conversion);
    }

    Value look(std::string_view name)
    {
        const std::size_t end = std::min(name.find_first_of(".["), name.size());
        Value value = argument(name.substr(0, end));
        std::string_view rest = name.substr(end);
        while (!rest.empty() && !m_evaluation.failed())
            value = member(value, rest);
        return value;
    }

    Value argument(std::string_view name)
    {
        const bool isNumber
            = !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
        if (name.empty() || isNumber) {
            const bool isAutomatic = name.empty();
            if (m_isAutomatic && *m_isAutomatic != isAutomatic)
                return m_evaluation.failValue("cannot switch between manual field specification "
                                              "and automatic field numbering");
            m_isAutomatic = isAutomatic;
            const std::size_t place = isAutomatic
                ? m_nextField++
                : static_cast<std::size_t>(std::atol(std::string(name).c_str()));
            if (place < m_arguments.positional.size())
                return m_arguments.positional[place];
            return m_evaluation.fail(PythonError::Index,
                                     "Replacement index " + std::to_string(place)
                                         + " out of range for positional args tuple");
        }
        for (const NamedArgument &named : m_arguments.named) {
            if (named.name.text() == name)
                return named.value;
        }
        return m_evaluation.fail(PythonError::Key, '\'' + std::string(name) + '\'');
    }

    Value member(const Value &owner, std::string_view &path)
    {
        const bool isKey = path.front() == '[';
        const std::size_t end = isKey ? path.find(']') : path.find_first_of(".[", 1);
        if (isKey && end == std::string_view::npos)
            return m_evaluation.failValue("Missing ']' in format string");
        const std::string_view name = path.substr(1, std::min(end, path.size()) - 1);
        path.remove_prefix(std::min(isKey ? end + 1 : end, path.size()));
        if (name.empty())
            return m_evaluation.failValue("Empty attribute in format string");
        const bool isIndex = isKey && name.find_first_not_of("0123456789") == std::string_view::npos
            && name.size() < 18;
        const Value key = isIndex
            ? Value(static_cast<std::int64_t>(std::atoll(std::string(name).c_str())))
            : Value(name);
        return isKey ? memberAt(m_evaluation, owner, key) : memberNamed(m_evaluation, owner, key);
    }

    Evaluation &m_evaluation;
    const Arguments &m_arguments;
    std::size_t m_nextField = 0;
    std::optional<bool> m_isAutomatic;
};

} // namespace

std::string formatValue(Evaluation &evaluation, const Value &value, std::string_view specification)
{
    if (specification.empty())
        return strOf(evaluation, value);
    const bool isMoment = value.kind() == Value::Kind::DateTime || value.kind() == Value::Kind::Date
        || value.kind() == Value::Kind::Time;
    if (isMoment)
        return formattedMoment(value, specification);
    const auto text = textIn(value);
    if (!value.isNumber() && !value.isBool() && !text) {
        evaluation.failType("unsupported format string passed to " + typeNameOf(value)
                            + ".__format__");
        return {};
    }
    const auto spec = FormatSpec::read(specification);
    if (!spec) {
        evaluation.failValue("Invalid format specifier '" + std::string(specification)
                             + "' for object of type '" + typeNameOf(value) + '\'');
        return {};
    }
    if (!evaluation.affordsText(static_cast<std::size_t>(spec->width))
        || !evaluation.affordsText(static_cast<std::size_t>(spec->precision.value_or(0))))
        return {};
    if (value.isInteger() || value.isBool())
        return formatInteger(evaluation, value, *spec);
    if (value.isDouble())
        return formatReal(evaluation, value.toDouble(), *spec, value);
    return formatString(evaluation, *text, *spec, value);
}

std::string formatText(Evaluation &evaluation, std::string_view text, const Arguments &arguments)
{
    return FieldFormatter(evaluation, arguments).format(text, 0);
}

} // namespace stormglass
