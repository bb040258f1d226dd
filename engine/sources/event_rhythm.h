#pragma once

#include "engine/base/clock.h"
#include "engine/model/sensor_state.h"

#include <array>
#include <deque>

namespace stormglass {

// How often a sensor is heard of: counts by the minute for the last hour, and whether it is silent
// for longer than is its habit.
class EventRhythm
{
public:
    void add(Timestamp now);

    std::vector<int> perMinute(Timestamp now) const;
    // Three times as long as the longest pause of late, and a minute at least. Never before it has
    // a habit.
    bool isSilent(Timestamp now) const;
    std::optional<Timestamp> last() const { return m_last; }

private:
    static constexpr std::size_t gapsForAHabit = 20;
    static constexpr std::size_t gapsKept = 100;

    std::optional<Timestamp> m_last;
    std::deque<std::chrono::microseconds> m_gaps;
    // Which minute a count is of is kept beside it, so that none needs to be cleared.
    struct Minute
    {
        std::int64_t number = -1;
        int count = 0;
    };
    std::array<Minute, SensorState::minutesKept> m_minutes;
};

} // namespace stormglass
