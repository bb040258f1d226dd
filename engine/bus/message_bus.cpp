#include "engine/bus/message_bus.h"

#include <algorithm>

namespace stormglass {

void LocalBus::ring(Topic topic, const Id &id)
{
    m_rings.push_back({topic, id});
}

std::size_t LocalBus::serve(std::size_t most, const Handler &handler)
{
    std::size_t served = 0;
    for (; served < most && m_next < m_rings.size(); ++served) {
        // A copy: the handler may ring, which moves the vector.
        const Ring ring = m_rings[m_next++];
        handler(ring.topic, ring.id);
    }
    if (isQuiet())
        clear();
    return served;
}

void LocalBus::dropSince(std::size_t mark)
{
    if (mark < m_dropped + m_rings.size())
        m_rings.resize(std::max(mark, m_dropped + m_next) - m_dropped, {});
}

void LocalBus::clear()
{
    m_dropped += m_rings.size();
    m_rings.clear();
    m_next = 0;
}

} // namespace stormglass
