#include "engine/expressions/integer_text.h"

#include "engine/expressions/text_cutting.h"

#include <algorithm>
#include <cstdlib>

namespace stormglass {

namespace {

int digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// Without underscores between digits; none where one stands elsewhere.
std::optional<std::string> withoutUnderscores(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_') {
            plain += text[i];
            continue;
        }
        const bool isBetween = i > 0 && i + 1 < text.size() && digitOf(text[i - 1]) < 36
            && digitOf(text[i + 1]) < 36;
        if (!isBetween)
            return std::nullopt;
    }
    return plain;
}

int prefixBase(std::string_view digits)
{
    if (digits.size() < 2 || digits[0] != '0')
        return 0;
    switch (digits[1] | 0x20) {
    case 'x':
        return 16;
    case 'o':
        return 8;
    case 'b':
        return 2;
    default:
        return 0;
    }
}

std::optional<BigInt> magnitude(std::string_view digits, int base)
{
    const auto isDigit = [base](char c) { return digitOf(c) < base; };
    if (digits.empty() || digits.size() > BigInt::maxDigits
        || !std::ranges::all_of(digits, isDigit))
        return std::nullopt;
    if (base == 10)
        return BigInt::fromText(digits);
    BigInt number;
    for (const char c : digits)
        number = number * BigInt(base) + BigInt(digitOf(c));
    return number;
}

} // namespace

std::string digitsOf(const BigInt &number, int base)
{
    if (base == 10) {
        const std::string text = number.text();
        return text.starts_with('-') ? text.substr(1) : text;
    }
    BigInt rest = number.sign() < 0 ? -number : number;
    std::string digits;
    while (rest.sign() != 0) {
        const std::int64_t digit = *BigInt::floorModulo(rest, BigInt(base)).toInt();
        digits += static_cast<char>(digit < 10 ? '0' + digit : 'a' + digit - 10);
        rest = BigInt::floorDivide(rest, BigInt(base));
    }
    std::ranges::reverse(digits);
    return digits.empty() ? "0" : digits;
}

std::optional<Value> integerFromText(std::string_view text, int base)
{
    text = stripped(text);
    bool isNegative = false;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        isNegative = text.front() == '-';
        text.remove_prefix(1);
    }
    const int prefix = prefixBase(text);
    if (prefix != 0 && (base == 0 || base == prefix)) {
        text.remove_prefix(2);
        if (text.starts_with('_'))
            text.remove_prefix(1);
        base = prefix;
    } else if (base == 0) {
        base = 10;
        if (text.size() > 1 && text.front() == '0'
            && text.find_first_not_of("0_") != std::string_view::npos)
            return std::nullopt;
    }
    const auto digits = withoutUnderscores(text);
    const auto number = digits ? magnitude(*digits, base) : std::nullopt;
    if (!number)
        return std::nullopt;
    return Value(isNegative ? -*number : *number);
}

std::optional<double> realFromText(std::string_view text)
{
    const auto plain = withoutUnderscores(stripped(text));
    if (!plain || plain->empty())
        return std::nullopt;
    // strtod reads more than Python does: hex, and nan(…).
    if (plain->find_first_of("xX(pP") != std::string::npos)
        return std::nullopt;
    char *end = nullptr;
    const double number = std::strtod(plain->c_str(), &end);
    return end == plain->c_str() + plain->size() ? std::optional(number) : std::nullopt;
}

} // namespace stormglass
