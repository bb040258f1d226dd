#include "engine/pipeline/slots.h"

namespace stormglass {

bool Slots::release(const Id &execution)
{
    const bool hadPlace = m_running.erase(execution) > 0;
    if (hadPlace)
        passOn();
    return hadPlace;
}

void Slots::reconcile(const std::vector<Id> &running)
{
    m_running = std::unordered_set<Id>(running.begin(), running.end());
    passOn();
}

void Slots::passOn()
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
