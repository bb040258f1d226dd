#pragma once

#include "engine/model/ref.h"
#include "engine/sources/cron_schedule.h"

#include <variant>

namespace stormglass {

enum class TimerKind { Interval, Date, Cron };

// `core.st2.IntervalTimer` and its two siblings; none for any other trigger type.
std::optional<TimerKind> timerKindOf(const Ref &triggerType);

// When a timer fires: a trigger's parameters (events.md 4), understood. Pure.
class TimerSchedule
{
public:
    // Invalid, with the reference's error class as kind and the parameter at fault as place. `now`
    // fills in what a date leaves out.
    static Result<TimerSchedule> make(TimerKind kind, const Value &parameters, TimeZones &zones,
                                      Timestamp now);

    TimerKind kind() const { return static_cast<TimerKind>(m_form.index()); }
    // Of the timer, or of the host if it names none.
    const TimeZone &zone() const { return *m_zone; }

    // The first firing of a timer that is made at `now`; none if it never fires.
    std::optional<Timestamp> first(Timestamp now) const;
    // The firing that follows the one at `previous`.
    std::optional<Timestamp> after(Timestamp previous) const;
    // The last firing up to `until` of a timer that fired, or should have, at `due`, which is not
    // after `until`.
    Timestamp latest(Timestamp due, Timestamp until) const;
    // How often it fires from `due` on, which is a firing, and before `until`; no more than
    // `atMost` are counted.
    std::int64_t count(Timestamp due, Timestamp until, int atMost) const;
    // The time on the zone's wall clock a firing is meant for, if that clock never shows it.
    std::optional<std::chrono::local_seconds> skippedTimeOf(Timestamp firing) const;

private:
    struct Interval
    {
        std::chrono::microseconds length;
    };
    struct Date
    {
        Timestamp time;
    };
    // In the order of TimerKind.
    using Form = std::variant<Interval, Date, CronSchedule>;

    TimerSchedule(Form form, TimeZones::Zone zone);

    Form m_form;
    TimeZones::Zone m_zone;
};

} // namespace stormglass
