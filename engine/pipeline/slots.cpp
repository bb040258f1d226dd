#include "engine/pipeline/slots.h"

namespace stormglass {

void Slots::release(const Id &execution)
{
    if (m_running.erase(execution) > 0)
        callNext();
}

void Slots::reconcile(const std::vector<Id> &running)
{
    m_running = std::unordered_set<Id>(running.begin(), running.end());
    callNext();
}

void Slots::callNext()
{
    for (std::size_t free = m_most > m_running.size() ? m_most - m_running.size() : 0;
         free > 0 && !m_waiting.empty(); --free) {
        const Id next = m_waiting.front();
        m_waiting.pop_front();
        m_isWaiting.erase(next);
        m_bus.ring(Topic::ExecutionScheduled, next);
    }
}

} // namespace stormglass
