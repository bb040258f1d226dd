#pragma once

#include "engine/sources/pending_events.h"
#include "engine/sources/source_positions.h"
#include "engine/sources/timer.h"
#include "engine/sources/timer_schedule.h"

#include <set>
#include <unordered_map>

namespace stormglass {

// Raises the events of timers: keeps one alarm, for the timer that is due next. Times are the wall
// clock's; a clock that is set back moves intervals with it, and fires no cron timer twice unless
// it goes back for hours. Thread: Io.
class TimerSource
{
public:
    struct Surroundings
    {
        const Clock &clock;
        Alarms &alarms;
        EventSink &sink;
        SourcePositions &positions;
    };

    // Borrows its surroundings for its life.
    TimerSource(Surroundings surroundings, TimeZones zones);
    ~TimerSource();
    TimerSource(const TimerSource &) = delete;

    // Begins a timer or takes its change. One with unchanged type and parameters goes on as it was.
    void set(const TimerSpec &spec);
    // The trigger is gone for good, and with it what is known of the timer.
    void remove(const Id &trigger);

    // Somebody set the wall clock, or the machine woke up: looks again at what is due.
    void clockChanged();

    // In no order.
    std::vector<TimerState> states() const;
    std::optional<TimerState> state(const Id &trigger) const;

private:
    struct Timer
    {
        TimerState state;
        std::optional<TimerSchedule> schedule;
        // Made up for since it was last on time.
        int madeUp = 0;
    };
    using Due = std::pair<Timestamp, Id>;

    void begin(Timer &timer, const QString &cursor, Timestamp now);
    std::optional<Timestamp> firstDue(const Timer &timer, const QString &cursor, Timestamp now);
    void setNext(Timer &timer, std::optional<Timestamp> next);
    void setAlarm();
    void wake();
    void followClock();
    void moveBack(Timer &timer, std::chrono::microseconds drift);
    void serve(Timer &timer, Timestamp now);
    void serveLatest(Timer &timer, Timestamp now);
    void fire(Timer &timer, Timestamp due, Timestamp executed);

    const Clock &m_clock;
    Alarms &m_alarms;
    SourcePositions &m_positions;
    TimeZones m_zones;
    PendingEvents m_events;
    std::unordered_map<Id, Timer> m_timers;
    std::set<Due> m_due;
    Alarms::AlarmId m_alarm = 0;
    // When both clocks were last read together.
    Timestamp m_wallThen;
    Instant m_steadyThen;
};

} // namespace stormglass
