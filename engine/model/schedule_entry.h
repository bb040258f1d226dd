#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

namespace stormglass {

// A firing of a timer to come, for those who show a calendar.
struct ScheduleEntry
{
    // What a change of the clocks does to it.
    enum class Mark {
        Plain,
        // Its time is skipped that day: it fires later by the wall clock.
        Shifted,
        // Its time comes twice that day, and this is the first or the second.
        First,
        Second
    };

    Id trigger;
    Ref ref;
    Timestamp time;
    // On the timer's own clock, `2024-03-31T03:30:00+02:00`.
    QString local;
    Mark mark = Mark::Plain;
    // If shifted, what was meant: `2024-03-31T02:30:00`.
    QString meant;

    friend bool operator==(const ScheduleEntry &, const ScheduleEntry &) = default;
};

// A change of a zone's clocks.
struct ClockChange
{
    Timestamp time;
    // Seconds from UTC.
    int offsetBefore = 0;
    int offsetAfter = 0;
    friend bool operator==(const ClockChange &, const ClockChange &) = default;
};

Value toJson(const ScheduleEntry &entry);
Value toJson(const ClockChange &change);

} // namespace stormglass
