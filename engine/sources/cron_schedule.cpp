#include "engine/sources/cron_schedule.h"

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace stormglass {

namespace {

constexpr std::array<CronUnit, cronUnitCount> allUnits{
    CronUnit::Year,    CronUnit::Month, CronUnit::Day,    CronUnit::Week,
    CronUnit::Weekday, CronUnit::Hour,  CronUnit::Minute, CronUnit::Second};

constexpr CronUnit unitAfter(CronUnit unit)
{
    return static_cast<CronUnit>(static_cast<int>(unit) + 1);
}

constexpr CronUnit unitBefore(CronUnit unit)
{
    return static_cast<CronUnit>(static_cast<int>(unit) - 1);
}

constexpr bool choosesAmongDays(CronUnit unit)
{
    return unit == CronUnit::Week || unit == CronUnit::Weekday;
}

int isoWeekOf(local_days day)
{
    const local_days thursday = day + days(4 - static_cast<int>(weekday(day).iso_encoding()));
    const year year = year_month_day(thursday).year();
    return static_cast<int>((thursday - local_days(year / 1 / 1)).count() / 7) + 1;
}

// Text of a field: integers are written out, so `5` and "5" are one.
QString textOf(const Value &value)
{
    if (value.isInt())
        return QString::number(value.toInt());
    return value.isInteger() ? QString::fromStdString(value.toBigInt().text()) : value.toQString();
}

// What fields that are not given mean: every value if something less significant is given, else the
// first one (events.md 4.4).
QString textIfMissing(CronUnit unit, const Value &parameters)
{
    bool isAnyGiven = false;
    for (const CronUnit other : allUnits) {
        const bool isGiven = !parameters[nameOf(other).latin1()].isNull();
        isAnyGiven = isAnyGiven || isGiven;
        if (isGiven && other > unit)
            return u"*"_s;
    }
    if (!isAnyGiven || unit == CronUnit::Year || choosesAmongDays(unit))
        return u"*"_s;
    return QString::number(leastOf(unit));
}

// The values of all fields at a time on the wall clock.
std::array<int, cronUnitCount> valuesOf(local_seconds wall)
{
    const local_days day = floor<days>(wall);
    const year_month_day date(day);
    const hh_mm_ss time(wall - day);
    return {static_cast<int>(date.year()),
            static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day())),
            isoWeekOf(day),
            static_cast<int>(weekday(day).iso_encoding()) - 1,
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count())};
}

} // namespace

// The hand that is turned forward until every field agrees. It may rest in a gap, on a time the
// wall clock never shows, as long as only fields are set; counting a field up goes by elapsed time
// and lands on real time again.
class CronSchedule::Search
{
public:
    Search(const CronSchedule &schedule, sys_seconds from)
        : m_fields(schedule.m_fields)
        , m_zone(schedule.zone())
        , m_wall(m_zone.toWall(from))
    {
        spread();
        // The calendar repeats after 400 years: where every year will do, what is not found within
        // them never is.
        if (m_fields[0].allowsAll(value(CronUnit::Year), m_lastYear))
            m_lastYear = std::min(m_lastYear, value(CronUnit::Year) + 400);
    }

    std::optional<sys_seconds> find()
    {
        CronUnit unit = CronUnit::Year;
        while (static_cast<int>(unit) < cronUnitCount) {
            const int current = value(unit);
            const std::optional<int> next = nextOf(unit);
            std::optional<CronUnit> resume = unitAfter(unit);
            if (!next && unit == CronUnit::Year)
                return std::nullopt;
            if (!next)
                resume = countUp(unitBefore(unit));
            else if (*next > current && choosesAmongDays(unit))
                resume = countUp(CronUnit::Day);
            else if (*next > current)
                set(unit, *next);
            if (!resume)
                return std::nullopt;
            unit = *resume;
        }
        return m_zone.toInstant(m_wall);
    }

private:
    int &value(CronUnit unit) { return m_values[static_cast<std::size_t>(unit)]; }

    year_month month() { return year(value(CronUnit::Year)) / value(CronUnit::Month); }

    int greatest(CronUnit unit)
    {
        if (unit == CronUnit::Day)
            return static_cast<int>(static_cast<unsigned>((month() / last).day()));
        return greatestOf(unit);
    }

    std::optional<int> nextOf(CronUnit unit)
    {
        const CronField &field = m_fields[static_cast<std::size_t>(unit)];
        return unit == CronUnit::Day ? field.nextDay(value(unit), month())
                                     : field.next(value(unit), greatestOf(unit));
    }

    void spread() { m_values = valuesOf(m_wall.time); }

    local_seconds gathered()
    {
        const local_days day(month() / value(CronUnit::Day));
        return day + hours(value(CronUnit::Hour)) + minutes(value(CronUnit::Minute))
            + seconds(value(CronUnit::Second));
    }

    void resetBelow(CronUnit unit)
    {
        for (const CronUnit lower : allUnits) {
            if (lower > unit && !choosesAmongDays(lower))
                value(lower) = leastOf(lower);
        }
    }

    void set(CronUnit unit, int next)
    {
        value(unit) = next;
        resetBelow(unit);
        m_wall.time = gathered();
        spread();
    }

    // The unit that was counted up, perhaps a more significant one; none at the end of time.
    std::optional<CronUnit> countUp(CronUnit unit)
    {
        while (choosesAmongDays(unit) || value(unit) == greatest(unit)) {
            if (unit == CronUnit::Year)
                return std::nullopt;
            unit = unitBefore(unit);
        }
        ++value(unit);
        resetBelow(unit);
        const seconds difference = gathered() - m_wall.time;
        m_wall = m_zone.toWall(m_zone.toInstant(m_wall) + difference);
        spread();
        if (value(CronUnit::Year) > m_lastYear)
            return std::nullopt;
        return unit;
    }

    const Fields &m_fields;
    const TimeZone &m_zone;
    WallTime m_wall;
    int m_lastYear = greatestOf(CronUnit::Year);
    std::array<int, cronUnitCount> m_values{};
};

Result<CronSchedule> CronSchedule::make(const Value &parameters, TimeZones::Zone zone)
{
    Fields fields;
    for (const CronUnit unit : allUnits) {
        const Value &given = parameters[nameOf(unit).latin1()];
        const QString text = given.isNull() ? textIfMissing(unit, parameters) : textOf(given);
        SG_LET(fields[static_cast<std::size_t>(unit)], CronField::parse(unit, text));
    }
    return CronSchedule(std::move(fields), std::move(zone));
}

CronSchedule::CronSchedule(Fields fields, TimeZones::Zone zone)
    : m_fields(std::move(fields))
    , m_zone(std::move(zone))
{
}

std::optional<Timestamp> CronSchedule::from(Timestamp from) const
{
    const std::optional<sys_seconds> found = Search(*this, ceil<seconds>(from)).find();
    return found ? std::optional<Timestamp>(*found) : std::nullopt;
}

// Within a gap the hand rests on times that come to the same instants as those right after the gap.
std::optional<local_seconds> CronSchedule::skippedTimeOf(Timestamp firing) const
{
    const sys_seconds instant = floor<seconds>(firing);
    const std::optional<ZoneTransition> gap
        = m_zone->transitionIn(instant - days(1), instant + seconds(1));
    if (!gap || !gap->isGap())
        return std::nullopt;
    const local_seconds meant(instant.time_since_epoch() + gap->before);
    if (meant < gap->wallBegin() || meant >= gap->wallEnd())
        return std::nullopt;
    // Both may be allowed; then the wall clock's own time is what fires.
    return allows(meant) && !allows(m_zone->toWall(instant).time) ? std::optional(meant)
                                                                  : std::nullopt;
}

bool CronSchedule::allows(local_seconds wall) const
{
    const auto values = valuesOf(wall);
    const year_month month = year(values[0]) / values[1];
    for (const CronUnit unit : allUnits) {
        const auto place = static_cast<std::size_t>(unit);
        const std::optional<int> next = unit == CronUnit::Day
            ? m_fields[place].nextDay(values[place], month)
            : m_fields[place].next(values[place], greatestOf(unit));
        if (next != values[place])
            return false;
    }
    return true;
}

} // namespace stormglass
