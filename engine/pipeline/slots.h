#pragma once

#include "engine/bus/message_bus.h"

#include <deque>
#include <unordered_set>

namespace stormglass {

// How many executions run at once, and who waits for a place: first come, first served. Losing it
// loses nothing: the dispatcher's sweep finds those who wait. Thread: engine.
class Slots
{
public:
    Slots(MessageBus &bus, int most)
        : m_bus(bus)
        , m_most(static_cast<std::size_t>(most))
    {
    }

    bool isFree() const { return m_running.size() < m_most; }
    void take(const Id &execution) { m_running.insert(execution); }
    void wait(const Id &execution)
    {
        if (m_isWaiting.insert(execution).second)
            m_waiting.push_back(execution);
    }
    // Rings for the next that waits. False: it had no place.
    bool release(const Id &execution);
    // Whoever was called does not want its place: calls the next for what is free.
    void passOn();
    // What really runs, for a sweep: a place lost to an undone batch comes back.
    void reconcile(const std::vector<Id> &running);

    std::size_t running() const { return m_running.size(); }
    std::size_t waitingCount() const { return m_waiting.size(); }

private:
    MessageBus &m_bus;
    std::size_t m_most;
    std::unordered_set<Id> m_running;
    std::deque<Id> m_waiting;
    std::unordered_set<Id> m_isWaiting;
};

} // namespace stormglass
