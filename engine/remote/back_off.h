#pragma once

#include <QRandomGenerator>

#include <algorithm>
#include <chrono>

namespace stormglass {

// How long to wait before trying again: twice as long each time, and never all clients of a server
// at the same moment.
class BackOff
{
public:
    BackOff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : m_first(first)
        , m_longest(longest)
        , m_next(first)
    {
    }

    std::chrono::milliseconds next()
    {
        const auto base = std::exchange(m_next, std::min(m_next * 2, m_longest));
        const auto spread = std::max<int>(1, static_cast<int>(base.count() / 4));
        return base + std::chrono::milliseconds(QRandomGenerator::global()->bounded(spread));
    }
    void reset() { m_next = m_first; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_longest;
    std::chrono::milliseconds m_next;
};

} // namespace stormglass
