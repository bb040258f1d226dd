#include "engine/sources/cron_field.h"

#include <algorithm>
#include <array>

using namespace std::chrono;

namespace stormglass {

namespace {

struct Unit
{
    QLatin1StringView name;
    int least;
    int greatest;
};

constexpr std::array<Unit, cronUnitCount> units{{
    {QLatin1StringView("year"), 1970, 9999},
    {QLatin1StringView("month"), 1, 12},
    {QLatin1StringView("day"), 1, 31},
    {QLatin1StringView("week"), 1, 53},
    {QLatin1StringView("day_of_week"), 0, 6},
    {QLatin1StringView("hour"), 0, 23},
    {QLatin1StringView("minute"), 0, 59},
    {QLatin1StringView("second"), 0, 59},
}};

const Unit &unitOf(CronUnit unit)
{
    return units[static_cast<std::size_t>(unit)];
}

int lastDayOf(year_month month)
{
    return static_cast<int>(static_cast<unsigned>((month / last).day()));
}

std::optional<int> least(std::optional<int> a, std::optional<int> b)
{
    if (!a || !b)
        return a ? a : b;
    return std::min(*a, *b);
}

} // namespace

QLatin1StringView nameOf(CronUnit unit)
{
    return unitOf(unit).name;
}

int leastOf(CronUnit unit)
{
    return unitOf(unit).least;
}

int greatestOf(CronUnit unit)
{
    return unitOf(unit).greatest;
}

std::optional<int> CronField::next(int value, int greatest) const
{
    std::optional<int> found;
    for (const Range &range : m_ranges) {
        const int from = std::max(value, range.first);
        const int next
            = range.first + (from - range.first + range.step - 1) / range.step * range.step;
        if (next <= std::min(range.last, greatest))
            found = least(found, next);
    }
    return found;
}

std::optional<int> CronField::nextDay(int day, year_month month) const
{
    std::optional<int> found = next(day, lastDayOf(month));
    for (const MonthDay &monthDay : m_monthDays) {
        const std::optional<int> place = monthDay.in(month);
        if (place && *place >= day)
            found = least(found, place);
    }
    return found;
}

bool CronField::allowsAll(int from, int to) const
{
    return std::any_of(m_ranges.begin(), m_ranges.end(), [&](const Range &range) {
        return range.step == 1 && range.first <= from && range.last >= to;
    });
}

std::optional<int> CronField::MonthDay::in(year_month month) const
{
    const int lastDay = lastDayOf(month);
    if (!weekday)
        return lastDay;
    const int weekdayOfFirst
        = static_cast<int>(std::chrono::weekday(sys_days(month / 1)).iso_encoding()) - 1;
    const int first = 1 + (*weekday - weekdayOfFirst + 7) % 7;
    if (nth == 5)
        return first + (lastDay - first) / 7 * 7;
    const int day = first + nth * 7;
    return day <= lastDay ? std::optional(day) : std::nullopt;
}

} // namespace stormglass
