#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/sources/timer_schedule.h"

namespace stormglass {

// Holds a timer's parameters against the schema of their kind (events.md 4.1): known names, types,
// ranges of integers. Text is looked into by whoever reads it. Invalid, kind ValidationError.
Result<> checkTimerParameters(TimerKind kind, const Value &parameters);

} // namespace stormglass
