#pragma once

#include "engine/base/value.h"

#include <string>

namespace stormglass {

// What Python's datetime types print as: str() and repr() of each.

std::string dateText(std::int64_t daysSinceEpoch);
// With one character between date and time: `T` for isoformat(), a space for str().
std::string dateTimeText(const DateTimeValue &time, char between);
std::string timeText(const TimeValue &time);
std::string durationText(std::int64_t microseconds);

std::string dateRepr(std::int64_t daysSinceEpoch);
std::string dateTimeRepr(const DateTimeValue &time);
std::string timeRepr(const TimeValue &time);
std::string durationRepr(std::int64_t microseconds);

} // namespace stormglass
