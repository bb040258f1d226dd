#pragma once

#include "engine/sources/alarms.h"
#include "tests/support/fake_clock.h"

#include <map>

namespace stormglass {

// Alarms that ring when a test lets time pass.
class FakeAlarms final : public Alarms
{
public:
    explicit FakeAlarms(FakeClock &clock)
        : m_clock(clock)
    {
    }

    AlarmId after(std::chrono::microseconds delay, Task task) override
    {
        const AlarmId id = ++m_last;
        m_alarms.emplace(std::pair(m_clock.instant() + delay, id), std::move(task));
        return id;
    }

    void cancel(AlarmId alarm) override
    {
        std::erase_if(m_alarms, [&](const auto &entry) { return entry.first.second == alarm; });
    }

    std::size_t count() const { return m_alarms.size(); }

    // Time passes, and each alarm rings when its time has come.
    void advance(std::chrono::microseconds duration)
    {
        const Instant end = m_clock.instant() + duration;
        while (!m_alarms.empty() && m_alarms.begin()->first.first <= end) {
            const Instant due = m_alarms.begin()->first.first;
            if (due > m_clock.instant())
                m_clock.advance(
                    std::chrono::ceil<std::chrono::microseconds>(due - m_clock.instant()));
            ringFirst();
        }
        if (end > m_clock.instant())
            m_clock.advance(
                std::chrono::duration_cast<std::chrono::microseconds>(end - m_clock.instant()));
    }

    // Time has passed already (the machine slept); what is due rings now.
    void ringDue() { advance(std::chrono::microseconds(0)); }

private:
    void ringFirst()
    {
        const Task task = std::move(m_alarms.begin()->second);
        m_alarms.erase(m_alarms.begin());
        task();
    }

    FakeClock &m_clock;
    AlarmId m_last = 0;
    std::map<std::pair<Instant, AlarmId>, Task> m_alarms;
};

} // namespace stormglass
