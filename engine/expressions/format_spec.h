#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// [[fill]align][sign][z][#][0][width][grouping][.precision][type], as Python's format() reads it.
struct FormatSpec
{
    std::string fill = " ";
    char align = '\0';
    char sign = '-';
    bool hasSign = false;
    // `z`: what is rounded to zero has no minus.
    bool dropsNegativeZero = false;
    bool isAlternate = false;
    bool isZeroPadded = false;
    std::int64_t width = 0;
    char grouping = '\0';
    std::optional<std::int64_t> precision;
    char type = '\0';

    // None if it is no such specification.
    static std::optional<FormatSpec> read(std::string_view text);
};

// The digits of a double in the form of `type` (e f g %, E F G; '\0' as str() has it), without a
// sign.
std::string realDigits(double magnitude, char type, std::optional<std::int64_t> precision,
                       bool isAlternate);

struct DigitGroups
{
    char separator = ',';
    std::size_t size = 3;
};
// The separator between groups of digits of the whole part, with zeros in front up to a width.
std::string grouped(std::string_view digits, const DigitGroups &groups, std::int64_t width = 0);

// Widened to `width` code points with the fill, as `align` says: < > ^ or = (behind the sign).
std::string padded(std::string_view sign, std::string_view body, const FormatSpec &spec,
                   char presetAlign);

} // namespace stormglass
