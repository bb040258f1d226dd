#pragma once

#include "engine/base/clock.h"
#include "engine/model/trigger.h"
#include "engine/sources/timer_schedule.h"

namespace stormglass {

// What becomes of firings that were missed: while the program was down, the machine asleep, or by
// more than a second for any other reason.
enum class CatchUp {
    // Nothing, and an interval begins anew with the program, as ever (events.md 4.6).
    Skip,
    // The last one missed is made up for.
    Once,
    // Each is made up for, oldest first, with the time it was due.
    All
};

QString toText(CatchUp catchUp);
std::optional<CatchUp> catchUpFromText(const QString &text);

// A timer as rules ask for it.
struct TimerSpec
{
    Trigger trigger;
    CatchUp catchUp = CatchUp::Skip;
    // How far it had come, as kept under timerSource(trigger.id); empty for a new one.
    QString cursor;
};

// Under which name events and positions of a timer are kept.
QString timerSource(const Id &trigger);

// How far a timer has come: since when it counts, or when it last fired.
struct TimerCursor
{
    enum class Kind { Made, Fired };
    Kind kind = Kind::Made;
    Timestamp time;

    QString text() const;
    static std::optional<TimerCursor> fromText(const QString &text);
    friend bool operator==(const TimerCursor &, const TimerCursor &) = default;
};

// A timer at this moment, for those who show it.
struct TimerState
{
    Id trigger;
    Ref ref;
    Ref type;
    Value parameters = Value::map();
    CatchUp catchUp = CatchUp::Skip;
    // In which its fields and dates are meant.
    QString timezone;
    // None: it never fires again.
    std::optional<Timestamp> next;
    std::optional<Timestamp> lastFired;
    std::optional<Timestamp> lastMissed;
    std::int64_t fired = 0;
    // Not made up for.
    std::int64_t missed = 0;
    // Why it cannot fire; empty if it can.
    QString fault;

    friend bool operator==(const TimerState &, const TimerState &) = default;
};

} // namespace stormglass
