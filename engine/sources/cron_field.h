#pragma once

#include "engine/base/result.h"

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace stormglass {

// The fields of a cron timer, most significant first. Weeks and weekdays are no digits of a date of
// their own: they only choose among days.
enum class CronUnit { Year, Month, Day, Week, Weekday, Hour, Minute, Second };
constexpr int cronUnitCount = 8;

// As parameters spell it: `day_of_week`.
QLatin1StringView nameOf(CronUnit unit);
int leastOf(CronUnit unit);
int greatestOf(CronUnit unit);

// The values one field of a cron timer allows (events.md 4.4): a list of ranges with steps, and for
// days also places in the month that differ from month to month.
class CronField
{
public:
    // Invalid, kind ValueError.
    static Result<CronField> parse(CronUnit unit, const QString &text);

    // The least allowed value from `value` to `greatest`.
    std::optional<int> next(int value, int greatest) const;
    // The same for a day of that month.
    std::optional<int> nextDay(int day, std::chrono::year_month month) const;
    // Whether one range alone allows every value from `from` to `to`.
    bool allowsAll(int from, int to) const;

private:
    struct Range
    {
        int first = 0;
        int last = 0;
        int step = 1;
    };
    // The nth (5: the last) weekday of a month; without a weekday its last day.
    struct MonthDay
    {
        std::optional<int> weekday;
        int nth = 5;

        std::optional<int> in(std::chrono::year_month month) const;
    };
    class Parser;

    std::vector<Range> m_ranges;
    std::vector<MonthDay> m_monthDays;
};

} // namespace stormglass
