#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// What becomes of firings that were missed: while the program was down, the machine asleep, or by
// more than its grace for any other reason.
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

// A timer at this moment, for those who show it.
struct TimerState
{
    Id trigger;
    Ref ref;
    Ref type;
    Value parameters = Value::map();
    CatchUp catchUp = CatchUp::Skip;
    // Later than this a firing counts as missed.
    std::chrono::microseconds grace = std::chrono::seconds(1);
    // In which its fields and dates are meant.
    QString timezone;
    // None: it never fires again.
    std::optional<Timestamp> next;
    std::optional<Timestamp> lastFired;
    std::optional<Timestamp> lastMissed;
    // Since the program was started.
    std::int64_t fired = 0;
    // Not made up for.
    std::int64_t missed = 0;
    // Why it cannot fire; empty if it can.
    QString fault;

    friend bool operator==(const TimerState &, const TimerState &) = default;
};

Value toJson(const TimerState &state);

} // namespace stormglass
