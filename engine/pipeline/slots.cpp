#include "engine/pipeline/slots.h"

namespace stormglass {

bool Slots::isFreeFor(const Id &execution) const
{
    return m_called.contains(execution) || (free() > 0 && m_waiting.empty());
}

void Slots::take(const Id &execution)
{
    m_called.erase(execution);
    m_running.insert(execution);
}

void Slots::wait(const Id &execution)
{
    if (m_isWaiting.insert(execution).second)
        m_waiting.push_back(execution);
}

void Slots::release(const Id &execution)
{
    m_running.erase(execution);
    decline(execution);
}

void Slots::decline(const Id &execution)
{
    m_called.erase(execution);
    callNext();
}

void Slots::reconcile(const std::vector<Id> &running)
{
    m_running = std::unordered_set<Id>(running.begin(), running.end());
    m_called.clear();
    callNext();
}

std::size_t Slots::free() const
{
    const std::size_t given = m_running.size() + m_called.size();
    return m_most > given ? m_most - given : 0;
}

void Slots::callNext()
{
    for (std::size_t left = free(); left > 0 && !m_waiting.empty(); --left) {
        const Id next = m_waiting.front();
        m_waiting.pop_front();
        m_isWaiting.erase(next);
        m_called.insert(next);
        m_bus.ring(Topic::ExecutionScheduled, next);
    }
}

} // namespace stormglass
