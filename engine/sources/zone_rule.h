#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace stormglass {

// When in a year a zone changes its clocks.
struct ZoneChange
{
    enum class Form {
        // 1 to 365, February 29 never counted.
        JulianDay,
        // 0 to 365, February 29 counted.
        DayOfYear,
        // The n-th (5: the last) weekday (0: Sunday) of a month.
        WeekdayOfMonth
    };
    Form form = Form::WeekdayOfMonth;
    int month = 1;
    int nth = 1;
    int day = 0;
    // After local midnight; may be negative or beyond a day.
    std::chrono::seconds time = std::chrono::hours(2);

    std::chrono::local_seconds in(std::chrono::year year) const;
};

// The rule of a zone written as in POSIX's TZ variable: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule
{
    std::chrono::seconds standard{0};
    std::chrono::seconds summer{0};
    bool hasSummer = false;
    ZoneChange summerBegins;
    ZoneChange summerEnds;

    // None for text that is no such rule.
    static std::optional<ZoneRule> fromText(std::string_view text);
};

} // namespace stormglass
