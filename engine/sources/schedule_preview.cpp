#include "engine/sources/schedule_preview.h"

#include <algorithm>
#include <array>
#include <cstdio>

using namespace std::chrono;

namespace stormglass {

namespace {

QString wallText(local_seconds time)
{
    const local_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    return QString::asprintf("%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
                             static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                             static_cast<int>(clock.hours().count()),
                             static_cast<int>(clock.minutes().count()),
                             static_cast<int>(clock.seconds().count()));
}

QString offsetText(seconds offset)
{
    const hh_mm_ss parts(abs(offset));
    return QString::asprintf("%c%02d:%02d", offset < seconds(0) ? '-' : '+',
                             static_cast<int>(parts.hours().count()),
                             static_cast<int>(parts.minutes().count()));
}

ScheduleEntry entryOf(const TimerSchedule &schedule, Timestamp time)
{
    const TimeZone &zone = schedule.zone();
    const sys_seconds second = floor<seconds>(time);
    const WallTime wall = zone.toWall(second);
    ScheduleEntry entry;
    entry.time = time;
    entry.local = wallText(wall.time) + offsetText(zone.offsetAt(second));
    if (zone.offsetOf({wall.time, Fold::First}) != zone.offsetOf({wall.time, Fold::Second}))
        entry.mark
            = wall.fold == Fold::First ? ScheduleEntry::Mark::First : ScheduleEntry::Mark::Second;
    if (const std::optional<local_seconds> meant = schedule.skippedTimeOf(time)) {
        entry.mark = ScheduleEntry::Mark::Shifted;
        entry.meant = wallText(*meant);
    }
    return entry;
}

// The first firing that is not before `from`, of a timer that is due at `next`.
std::optional<Timestamp> firstIn(const TimerSchedule &schedule, Timestamp next, Timestamp from)
{
    if (next >= from)
        return next;
    return schedule.after(schedule.latest(next, from - microseconds(1)));
}

} // namespace

std::vector<ScheduleEntry> previewSchedule(const std::vector<TimerState> &timers, TimeZones &zones,
                                           const ScheduleRange &range)
{
    std::vector<ScheduleEntry> entries;
    for (const TimerState &timer : timers) {
        const std::optional<TimerKind> kind = timerKindOf(timer.type);
        if (!kind || !timer.next)
            continue;
        const Result<TimerSchedule> schedule
            = TimerSchedule::make(*kind, timer.parameters, zones, range.from);
        if (!schedule)
            continue;
        std::optional<Timestamp> time = firstIn(*schedule, *timer.next, range.from);
        for (std::size_t i = 0; i < range.atMost && time && *time < range.until; ++i) {
            ScheduleEntry entry = entryOf(*schedule, *time);
            entry.trigger = timer.trigger;
            entry.ref = timer.ref;
            entries.push_back(std::move(entry));
            time = schedule->after(*time);
        }
    }
    std::stable_sort(
        entries.begin(), entries.end(),
        [](const ScheduleEntry &a, const ScheduleEntry &b) { return a.time < b.time; });
    return entries;
}

Result<std::vector<ScheduleEntry>> previewTimer(TimerKind kind, const Value &parameters,
                                                TimeZones &zones, Timestamp now, std::size_t count)
{
    SG_LET(const TimerSchedule schedule, TimerSchedule::make(kind, parameters, zones, now));
    std::vector<ScheduleEntry> entries;
    std::optional<Timestamp> time = schedule.first(now);
    for (; time && entries.size() < count; time = schedule.after(*time))
        entries.push_back(entryOf(schedule, *time));
    return entries;
}

std::vector<ClockChange> clockChanges(const TimeZone &zone, Timestamp from, Timestamp until)
{
    std::vector<ClockChange> changes;
    sys_seconds next = ceil<seconds>(from);
    while (const std::optional<ZoneTransition> transition
           = zone.transitionIn(next, ceil<seconds>(until))) {
        changes.push_back({transition->at, static_cast<int>(transition->before.count()),
                           static_cast<int>(transition->after.count())});
        next = transition->at + seconds(1);
    }
    return changes;
}

} // namespace stormglass
