#include "engine/sources/timer_schedule.h"

#include "engine/base/date_text.h"
#include "engine/sources/timer_parameters.h"

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace stormglass {

namespace {

// Nothing is said about times beyond: neither the reference nor the database can write them.
const Timestamp endOfTime = sys_days(year(10'000) / 1 / 1);

std::optional<Timestamp> withinTime(Timestamp time)
{
    return time < endOfTime ? std::optional(time) : std::nullopt;
}

Result<TimeZones::Zone> zoneOf(const Value &parameters, TimeZones &zones)
{
    const Value &name = parameters["timezone"];
    if (name.isNull())
        return zones.host();
    return zones.named(name.toQString());
}

Result<microseconds> lengthOf(const Value &parameters)
{
    constexpr seconds longest = days(999'999'999);
    const std::string_view unit = parameters["unit"].text();
    const seconds one = unit == "weeks" ? seconds(weeks(1))
        : unit == "days"                ? seconds(days(1))
        : unit == "hours"               ? seconds(hours(1))
        : unit == "minutes"             ? seconds(minutes(1))
                                        : seconds(1);
    const std::int64_t delta = parameters["delta"].toIntOr(-1);
    if (delta < 0 || delta > longest / one) {
        return failure({ErrorCode::Invalid,
                        u"“delta” must be at least 1 and the interval less than a billion days."_s,
                        u"OverflowError"_s, u"delta"_s});
    }
    // No interval at all has always meant a second.
    return delta == 0 ? microseconds(seconds(1)) : microseconds(one * delta);
}

Result<Timestamp> instantOf(const Value &parameters, TimeZones &zones, const TimeZone &zone,
                            Timestamp now)
{
    const local_days today = floor<days>(zones.host()->toWall(floor<seconds>(now)).time);
    Result<DateTimeValue> date = readDateText(parameters["date"].text(), today);
    if (!date) {
        date.error().place = u"date"_s;
        return failure(std::move(date).error());
    }
    const microseconds wall(date->wallMicroseconds);
    if (date->hasOffset)
        return Timestamp(wall - seconds(date->offsetSeconds));
    return Timestamp(
        wall - zone.offsetOf({floor<seconds>(local_time<microseconds>(wall)), Fold::First}));
}

// An interval begins by the wall clock: a day from now is the same time tomorrow, though the clocks
// change tonight. Counted so in the second of two like hours it may lie in the past; then its first
// multiple from now on is meant.
Timestamp beginOf(microseconds length, const TimeZone &zone, Timestamp now)
{
    const sys_seconds second = floor<seconds>(now);
    const local_time<microseconds> wall = zone.toWall(second).time + (now - second) + length;
    const local_seconds wallSecond = floor<seconds>(wall);
    const Timestamp begin = zone.toInstant({wallSecond, Fold::First}) + (wall - wallSecond);
    if (begin > now)
        return begin;
    return begin + (now - begin + length - microseconds(1)) / length * length;
}

} // namespace

std::optional<TimerKind> timerKindOf(const Ref &triggerType)
{
    if (triggerType.pack != "core"_L1)
        return std::nullopt;
    if (triggerType.name == "st2.IntervalTimer"_L1)
        return TimerKind::Interval;
    if (triggerType.name == "st2.DateTimer"_L1)
        return TimerKind::Date;
    if (triggerType.name == "st2.CronTimer"_L1)
        return TimerKind::Cron;
    return std::nullopt;
}

Result<TimerSchedule> TimerSchedule::make(TimerKind kind, const Value &parameters, TimeZones &zones,
                                          Timestamp now)
{
    SG_TRY(checkTimerParameters(kind, parameters));
    SG_LET(TimeZones::Zone zone, zoneOf(parameters, zones));
    switch (kind) {
    case TimerKind::Interval: {
        SG_LET(const microseconds length, lengthOf(parameters));
        return TimerSchedule(Interval{length}, std::move(zone));
    }
    case TimerKind::Date: {
        SG_LET(const Timestamp time, instantOf(parameters, zones, *zone, now));
        return TimerSchedule(Date{time}, std::move(zone));
    }
    case TimerKind::Cron:
        break;
    }
    SG_LET(CronSchedule cron, CronSchedule::make(parameters, zone));
    return TimerSchedule(std::move(cron), std::move(zone));
}

TimerSchedule::TimerSchedule(Form form, TimeZones::Zone zone)
    : m_form(std::move(form))
    , m_zone(std::move(zone))
{
}

std::optional<Timestamp> TimerSchedule::first(Timestamp now) const
{
    if (const auto *interval = std::get_if<Interval>(&m_form)) {
        return interval->length < endOfTime - now
            ? withinTime(beginOf(interval->length, *m_zone, now))
            : std::nullopt;
    }
    if (const auto *date = std::get_if<Date>(&m_form))
        return date->time >= now ? std::optional(date->time) : std::nullopt;
    return std::get<CronSchedule>(m_form).from(now);
}

std::optional<Timestamp> TimerSchedule::after(Timestamp previous) const
{
    if (const auto *interval = std::get_if<Interval>(&m_form))
        return interval->length < endOfTime - previous ? withinTime(previous + interval->length)
                                                       : std::nullopt;
    if (std::holds_alternative<Date>(m_form))
        return std::nullopt;
    return std::get<CronSchedule>(m_form).after(previous);
}

Timestamp TimerSchedule::latest(Timestamp due, Timestamp until) const
{
    if (const auto *interval = std::get_if<Interval>(&m_form))
        return due + (until - due) / interval->length * interval->length;
    if (std::holds_alternative<Date>(m_form))
        return due;

    const CronSchedule &cron = std::get<CronSchedule>(m_form);
    Timestamp last = due;
    Timestamp end = until;
    while (last < end) {
        const Timestamp middle = last + (end - last) / 2 + microseconds(1);
        const std::optional<Timestamp> next = cron.from(middle);
        if (next && *next <= until)
            last = *next;
        else
            end = middle - microseconds(1);
    }
    return last;
}

std::int64_t TimerSchedule::count(Timestamp due, Timestamp until, int atMost) const
{
    std::int64_t count = 0;
    for (std::optional<Timestamp> time = due; time && *time < until && count < atMost;
         time = after(*time))
        ++count;
    return count;
}

std::optional<local_seconds> TimerSchedule::skippedTimeOf(Timestamp firing) const
{
    const auto *cron = std::get_if<CronSchedule>(&m_form);
    return cron ? cron->skippedTimeOf(firing) : std::nullopt;
}

} // namespace stormglass
