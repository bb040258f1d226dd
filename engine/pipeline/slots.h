#pragma once

#include "engine/bus/message_bus.h"

#include <deque>
#include <unordered_set>

namespace stormglass {

// How many executions run at once, and who waits for a place: first come, first served. A place
// that becomes free is kept for the one it was offered to, so that nobody who comes in between
// takes it. Losing all this loses nothing: the dispatcher's sweep finds those who wait. Thread:
// engine.
class Slots
{
public:
    Slots(MessageBus &bus, int most)
        : m_bus(bus)
        , m_most(static_cast<std::size_t>(most))
    {
    }

    // A place for this one: offered to it, or free and nobody before it.
    bool isFreeFor(const Id &execution) const;
    void take(const Id &execution);
    void wait(const Id &execution);
    // It runs no longer, or does not want the place that was offered: the next that waits is
    // called.
    void release(const Id &execution);
    // It does not want what it may have been offered.
    void decline(const Id &execution);
    // What really runs, for a sweep: a place or a call lost to an undone batch comes back.
    void reconcile(const std::vector<Id> &running);

    std::size_t running() const { return m_running.size(); }
    std::size_t waitingCount() const { return m_waiting.size(); }

private:
    std::size_t free() const;
    void callNext();

    MessageBus &m_bus;
    std::size_t m_most;
    std::unordered_set<Id> m_running;
    // Offered a place, which they have not taken yet.
    std::unordered_set<Id> m_called;
    std::deque<Id> m_waiting;
    std::unordered_set<Id> m_isWaiting;
};

} // namespace stormglass
