#include "engine/base/decimal.h"
#include "engine/base/assert.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace stormglass {

namespace {

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
    const std::size_t sign = !exponentText.empty() && exponentText.front() == '+' ? 1 : 0;
    const auto [end, error] = std::from_chars(exponentText.data() + sign,
                                              exponentText.data() + exponentText.size(), exponent);
    if (error == std::errc::result_out_of_range)
        return exponentText.front() != '-';
    return place + exponent > 0;
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

} // namespace stormglass
