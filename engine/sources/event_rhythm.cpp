#include "engine/sources/event_rhythm.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace stormglass {

namespace {

std::int64_t minuteOf(Timestamp time)
{
    return std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
}

} // namespace

void EventRhythm::add(Timestamp now)
{
    const std::int64_t number = minuteOf(now);
    Minute &minute = m_minutes[static_cast<std::size_t>(number) % m_minutes.size()];
    if (minute.number != number)
        minute = {number, 0};
    ++minute.count;

    // Events of one burst are one sign of life.
    constexpr auto burst = 1s;
    if (m_last && now - *m_last < burst && now >= *m_last)
        return;
    if (m_last && now > *m_last)
        m_gaps.push_back(now - *m_last);
    if (m_gaps.size() > gapsKept)
        m_gaps.pop_front();
    m_last = now;
}

std::vector<int> EventRhythm::perMinute(Timestamp now) const
{
    const std::int64_t last = minuteOf(now);
    const auto kept = static_cast<std::int64_t>(m_minutes.size());
    std::vector<int> counts;
    counts.reserve(m_minutes.size());
    for (std::int64_t number = last - kept + 1; number <= last; ++number) {
        const Minute &minute = m_minutes[static_cast<std::size_t>(number) % m_minutes.size()];
        counts.push_back(minute.number == number ? minute.count : 0);
    }
    return counts;
}

bool EventRhythm::isSilent(Timestamp now) const
{
    if (m_gaps.size() < gapsForAHabit)
        return false;
    const auto longest = *std::max_element(m_gaps.begin(), m_gaps.end());
    return now - *m_last > std::max<std::chrono::microseconds>(3 * longest, 1min);
}

} // namespace stormglass
