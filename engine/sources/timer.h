#pragma once

#include "engine/model/timer_state.h"
#include "engine/model/trigger.h"

namespace stormglass {

// Of `misfire_grace_time`, in seconds: a year.
constexpr std::int64_t longestTimerGrace = 366LL * 24 * 60 * 60;

// A timer as rules ask for it.
struct TimerSpec
{
    Trigger trigger;
    CatchUp catchUp = CatchUp::Skip;
    // Later than this a firing counts as missed.
    std::chrono::microseconds grace = std::chrono::seconds(1);
    // How far it had come, as kept under timerSource(trigger.id); empty for a new one.
    QString cursor;
};

// With the policy its parameters ask for (ours: `catch_up`, `misfire_grace_time` in seconds).
TimerSpec timerSpecOf(const Trigger &trigger, const QString &cursor);

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

} // namespace stormglass
