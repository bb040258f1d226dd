#include "engine/expressions/format_spec.h"

#include "engine/base/python_text.h"
#include "engine/expressions/code_points.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>

namespace stormglass {

namespace {

bool isAlign(char c)
{
    return c == '<' || c == '>' || c == '^' || c == '=';
}

// Digits at the front; none if the number is absurd.
std::optional<std::int64_t> readNumber(std::string_view &text)
{
    constexpr std::int64_t most = 1'000'000'000;
    std::int64_t number = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        number = number * 10 + (text.front() - '0');
        if (number > most)
            return std::nullopt;
        text.remove_prefix(1);
    }
    return number;
}

// True if it gives the fill.
bool readAlign(std::string_view &text, FormatSpec &spec)
{
    if (text.empty())
        return false;
    const std::size_t first = utf8::sizeOfFirst(text);
    if (text.size() > first && isAlign(text[first])) {
        spec.fill = text.substr(0, first);
        spec.align = text[first];
        text.remove_prefix(first + 1);
        return true;
    }
    if (isAlign(text.front())) {
        spec.align = text.front();
        text.remove_prefix(1);
    }
    return false;
}

bool skipIf(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

std::string printed(const char *format, int precision, double number)
{
    const int size = std::snprintf(nullptr, 0, format, precision, number);
    std::string text(static_cast<std::size_t>(size), '\0');
    std::snprintf(text.data(), text.size() + 1, format, precision, number);
    return text;
}

} // namespace

std::optional<FormatSpec> FormatSpec::read(std::string_view text)
{
    FormatSpec spec;
    const bool hasFill = readAlign(text, spec);
    if (!text.empty() && (text.front() == '+' || text.front() == '-' || text.front() == ' ')) {
        spec.hasSign = true;
        spec.sign = text.front();
        text.remove_prefix(1);
    }
    spec.dropsNegativeZero = skipIf(text, 'z');
    spec.isAlternate = skipIf(text, '#');
    if (skipIf(text, '0')) {
        spec.isZeroPadded = true;
        if (!hasFill)
            spec.fill = "0";
        if (spec.align == '\0')
            spec.align = '=';
    }
    const auto width = readNumber(text);
    if (!width)
        return std::nullopt;
    spec.width = *width;
    if (skipIf(text, ','))
        spec.grouping = ',';
    else if (skipIf(text, '_'))
        spec.grouping = '_';
    if (skipIf(text, '.')) {
        if (text.empty() || text.front() < '0' || text.front() > '9')
            return std::nullopt;
        spec.precision = readNumber(text);
        if (!spec.precision)
            return std::nullopt;
    }
    if (!text.empty()) {
        spec.type = text.front();
        text.remove_prefix(1);
    }
    return text.empty() ? std::optional(spec) : std::nullopt;
}

std::string realDigits(double magnitude, char type, std::optional<std::int64_t> precision,
                       bool isAlternate)
{
    const bool isUpper = type == 'E' || type == 'F' || type == 'G';
    if (std::isinf(magnitude))
        return isUpper ? "INF" : type == '%' ? "inf%" : "inf";
    if (std::isnan(magnitude))
        return isUpper ? "NAN" : type == '%' ? "nan%" : "nan";
    const int digits = static_cast<int>(precision.value_or(6));
    switch (type) {
    case '%':
        return realDigits(magnitude * 100, 'f', digits, isAlternate) + '%';
    case 'f':
    case 'F':
        return printed(isAlternate ? "%#.*f" : "%.*f", digits, magnitude);
    case 'e':
        return printed(isAlternate ? "%#.*e" : "%.*e", digits, magnitude);
    case 'E':
        return printed(isAlternate ? "%#.*E" : "%.*E", digits, magnitude);
    case 'g':
        return printed(isAlternate ? "%#.*g" : "%.*g", std::max(digits, 1), magnitude);
    case 'G':
        return printed(isAlternate ? "%#.*G" : "%.*G", std::max(digits, 1), magnitude);
    default:
        break;
    }
    if (!precision)
        return pythonFloat(magnitude);
    // Without a type: like g, but a whole number keeps one digit behind the point, and the exponent
    // begins one digit earlier.
    if (isAlternate)
        return printed("%#.*g", std::max(digits, 1), magnitude);
    std::string text = printed("%.*g", std::max(digits, 1), magnitude);
    const int whole = magnitude == 0 ? 1 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
    if (text.find_first_of("e.") == std::string::npos) {
        if (whole >= std::max(digits, 1))
            return printed("%.*e", std::max(digits, 1) - 1, magnitude);
        text += ".0";
    }
    return text;
}

std::string grouped(std::string_view digits, const DigitGroups &groups, std::int64_t width)
{
    const std::size_t given = std::min(digits.find_first_of(".eE%"), digits.size());
    const std::string_view rest = digits.substr(given);
    const bool isNumber = !digits.empty() && std::isxdigit(static_cast<unsigned char>(digits[0]))
        && digits.find_first_of("iInN") == std::string_view::npos;
    std::size_t whole = given;
    const auto size = [&] { return whole + (whole - 1) / groups.size + rest.size(); };
    while (isNumber && static_cast<std::int64_t>(size()) < width)
        ++whole;
    std::string text;
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % groups.size == 0)
            text += groups.separator;
        text += i < whole - given ? '0' : digits[i - (whole - given)];
    }
    text += rest;
    return text;
}

std::string padded(std::string_view sign, std::string_view body, const FormatSpec &spec,
                   char presetAlign)
{
    const std::int64_t size = utf8::length(sign) + utf8::length(body);
    const std::int64_t missing = std::max<std::int64_t>(spec.width - size, 0);
    const char align = spec.align == '\0' ? presetAlign : spec.align;
    const auto fill = [&](std::int64_t count) {
        std::string text;
        for (std::int64_t i = 0; i < count; ++i)
            text += spec.fill;
        return text;
    };
    std::string text;
    const std::int64_t left = align == '>' ? missing : align == '^' ? missing / 2 : 0;
    text += fill(left);
    text += sign;
    if (align == '=')
        text += fill(missing);
    text += body;
    if (align == '<' || align == '^')
        text += fill(missing - left);
    return text;
}

} // namespace stormglass
