#pragma once

#include "engine/model/schedule_entry.h"
#include "engine/model/timer_state.h"
#include "engine/sources/timer_schedule.h"

namespace stormglass {

struct ScheduleRange
{
    Timestamp from;
    Timestamp until;
    // Of each timer; more are left out.
    std::size_t atMost = 500;
};

// The firings of timers within a range, in order of time. Pure.
std::vector<ScheduleEntry> previewSchedule(const std::vector<TimerState> &timers, TimeZones &zones,
                                           const ScheduleRange &range);

// The next firings of a timer that would be made at `now`. Invalid as TimerSchedule::make has it.
// Pure.
Result<std::vector<ScheduleEntry>> previewTimer(TimerKind kind, const Value &parameters,
                                                TimeZones &zones, Timestamp now, std::size_t count);

// The changes of a zone's clocks within a range. Pure.
std::vector<ClockChange> clockChanges(const TimeZone &zone, Timestamp from, Timestamp until);

} // namespace stormglass
