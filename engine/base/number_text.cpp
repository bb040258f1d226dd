#include "engine/base/number_text.h"
#include "engine/base/utf8.h"

#include <QChar>

#include <algorithm>
#include <charconv>
#include <limits>

namespace stormglass {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Without the space around; every decimal digit and space of whatever script in ASCII, the rest as
// it is.
std::string toPlainAscii(std::string_view text)
{
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8Length(text, at), 1);
        const char32_t codePoint = utf8Decode(text, at, length);
        if (codePoint < 0x80)
            plain += text[at];
        else if (QChar::category(codePoint) == QChar::Number_DecimalDigit)
            plain += static_cast<char>('0' + QChar::digitValue(codePoint));
        else
            plain += QChar::isSpace(codePoint) ? ' ' : '?';
        at += length;
    }
    constexpr std::string_view space = " \t\n\r\f\v\x1c\x1d\x1e\x1f";
    const std::size_t first = std::min(plain.find_first_not_of(space), plain.size());
    const std::size_t last = plain.find_last_not_of(space);
    return last == std::string::npos ? std::string() : plain.substr(first, last - first + 1);
}

// Takes `_` out where it stands between two digits; false where it stands elsewhere.
template <typename IsDigit>
bool dropUnderscores(std::string &text, IsDigit isDigitHere)
{
    for (std::size_t at = text.find('_'); at != std::string::npos; at = text.find('_', at)) {
        if (at == 0 || at + 1 == text.size() || !isDigitHere(text[at - 1])
            || !isDigitHere(text[at + 1]))
            return false;
        text.erase(at, 1);
    }
    return true;
}

bool takeSign(std::string_view &text)
{
    const bool isNegative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return isNegative;
}

std::size_t skipDigits(std::string_view text, std::size_t at)
{
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at;
}

bool isDecimal(std::string_view text)
{
    const std::size_t whole = skipDigits(text, 0);
    std::size_t at = whole;
    std::size_t digits = whole;
    if (at < text.size() && text[at] == '.') {
        at = skipDigits(text, at + 1);
        digits += at - whole - 1;
    }
    if (digits == 0)
        return false;
    if (at < text.size() && (text[at] | 0x20) == 'e') {
        ++at;
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
        const std::size_t end = skipDigits(text, at);
        if (end == at)
            return false;
        at = end;
    }
    return at == text.size();
}

// from_chars tells that a number is out of range, but not on which side.
bool isHuge(std::string_view number)
{
    const std::size_t exponentAt = std::min(number.find_first_of("eE"), number.size());
    const std::string_view digits = number.substr(0, exponentAt);
    const std::string_view exponentText = number.substr(std::min(exponentAt + 1, number.size()));
    const std::size_t pointAt = std::min(digits.find('.'), digits.size());
    const std::size_t leadingAt = std::min(digits.find_first_not_of("-0."), digits.size());
    // Of the leading digit: positive in front of the point.
    const auto place = static_cast<std::int64_t>(pointAt) - static_cast<std::int64_t>(leadingAt);
    std::int64_t exponent = 0;
    const std::size_t sign = exponentText.starts_with('+') ? 1 : 0;
    const auto [end, error] = std::from_chars(exponentText.data() + sign,
                                              exponentText.data() + exponentText.size(), exponent);
    if (error == std::errc::result_out_of_range)
        return exponentText.front() != '-';
    return exponent > -place;
}

int digitValue(char c)
{
    if (isDigit(c))
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// Reads digits of any base from 2 to 36, a machine word at a time.
std::optional<BigInt> bigFromDigits(std::string_view digits, int base)
{
    BigInt number;
    for (std::size_t at = 0; at < digits.size();) {
        std::int64_t word = 0;
        std::int64_t scale = 1;
        for (; at < digits.size() && scale < (std::int64_t{1} << 56); ++at) {
            const int digit = digitValue(digits[at]);
            if (digit >= base)
                return std::nullopt;
            word = word * base + digit;
            scale *= base;
        }
        number = number * BigInt(scale) + BigInt(word);
    }
    return number;
}

} // namespace

double doubleFromDecimal(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc::result_out_of_range)
        return number;
    const double size = isHuge(text) ? std::numeric_limits<double>::infinity() : 0.0;
    return text.front() == '-' ? -size : size;
}

std::optional<double> pythonFloatFrom(std::string_view text)
{
    std::string plain = toPlainAscii(text);
    if (!dropUnderscores(plain, isDigit))
        return std::nullopt;
    std::transform(plain.begin(), plain.end(), plain.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    std::string_view number = plain;
    const double sign = takeSign(number) ? -1.0 : 1.0;
    if (number == "inf" || number == "infinity")
        return sign * std::numeric_limits<double>::infinity();
    if (number == "nan")
        return std::numeric_limits<double>::quiet_NaN();
    if (!isDecimal(number))
        return std::nullopt;
    return sign * doubleFromDecimal(number);
}

std::optional<Value> pythonIntFrom(std::string_view text, int base)
{
    std::string plain = toPlainAscii(text);
    std::string_view rest = plain;
    const bool isNegative = takeSign(rest);
    std::string digits(rest);
    const char mark = base == 16 ? 'x' : base == 8 ? 'o' : base == 2 ? 'b' : '\0';
    if (mark != '\0' && digits.size() > 2 && digits[0] == '0' && (digits[1] | 0x20) == mark)
        digits.erase(0, digits[2] == '_' ? 3 : 2);
    const auto isDigitHere = [base](char c) { return digitValue(c) < base; };
    if (!dropUnderscores(digits, isDigitHere) || digits.empty()
        || digits.size() > BigInt::maxDigits)
        return std::nullopt;
    if (digits.size() < 10) {
        std::int64_t number = 0;
        const auto [end, error]
            = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
        if (error != std::errc() || end != digits.data() + digits.size() || digits.front() == '-')
            return std::nullopt;
        return Value(isNegative ? -number : number);
    }
    const auto number = bigFromDigits(digits, base);
    if (!number)
        return std::nullopt;
    return Value(isNegative ? -*number : *number);
}

} // namespace stormglass
