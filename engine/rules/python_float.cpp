#include "engine/rules/python_float.h"

#include "engine/base/python_text.h"
#include "engine/rules/python_errors.h"

#include <charconv>
#include <cmath>
#include <limits>

namespace stormglass {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\n\r\f\v\x1c\x1d\x1e\x1f";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Without its underscores, if each of them stands between two digits.
std::optional<std::string> withoutUnderscores(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            plain += text[i];
            continue;
        }
        if (i == 0 || i + 1 == text.size() || !isDigit(text[i - 1]) || !isDigit(text[i + 1]))
            return std::nullopt;
    }
    return plain;
}

std::optional<double> namedNumber(std::string text)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (text == "inf" || text == "infinity")
        return std::numeric_limits<double>::infinity();
    if (text == "nan")
        return std::numeric_limits<double>::quiet_NaN();
    return std::nullopt;
}

std::optional<double> numberFromText(std::string_view text)
{
    const std::optional<std::string> plain = withoutUnderscores(trimmed(text));
    if (!plain || plain->empty())
        return std::nullopt;
    const bool hasSign = (*plain)[0] == '+' || (*plain)[0] == '-';
    const double sign = (*plain)[0] == '-' ? -1.0 : 1.0;
    const std::string digits = plain->substr(hasSign ? 1 : 0);
    if (const auto named = namedNumber(digits))
        return sign * *named;
    if (digits.empty() || !(isDigit(digits[0]) || digits[0] == '.'))
        return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (end != digits.data() + digits.size())
        return std::nullopt;
    // Too large is infinite and too small is zero; strtod tells them apart.
    if (error == std::errc::result_out_of_range)
        number = std::strtod(digits.c_str(), nullptr);
    return sign * number;
}

} // namespace

Result<double> pythonFloatOf(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Bool:
        return value.toBool() ? 1.0 : 0.0;
    case Value::Kind::Int:
        return static_cast<double>(value.toInt());
    case Value::Kind::Double:
        return value.toDouble();
    case Value::Kind::BigInt:
        if (const double number = value.toBigInt().toDouble(); std::isfinite(number))
            return number;
        return pythonError("OverflowError", QStringLiteral("int too large to convert to float"));
    case Value::Kind::Text:
        if (const auto number = numberFromText(value.text()))
            return *number;
        return pythonError("ValueError",
                           QStringLiteral("could not convert string to float: %1")
                               .arg(QString::fromStdString(pythonRepr(value))));
    default:
        break;
    }
    return pythonError(
        "TypeError",
        QStringLiteral("float() argument must be a string or a real number, not '%1'")
            .arg(pythonTypeOf(value)));
}

} // namespace stormglass
