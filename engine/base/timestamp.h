#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace stormglass {

// `2024-04-06T01:15:06.602758Z`: how the API writes every time (api.md 2.2).
std::string toIsoText(Timestamp time);

// Reads `YYYY-MM-DD[ T]HH:MM:SS[.f{1,6}](Z|+00|+0000|+00:00)?`. Invalid otherwise.
Result<Timestamp> timestampFromIso(std::string_view text);

inline std::int64_t toMicroseconds(Timestamp time)
{
    return time.time_since_epoch().count();
}

inline Timestamp fromMicroseconds(std::int64_t microseconds)
{
    return Timestamp(std::chrono::microseconds(microseconds));
}

} // namespace stormglass
