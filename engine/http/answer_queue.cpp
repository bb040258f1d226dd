#include "engine/http/answer_queue.h"

#include <algorithm>

namespace stormglass {

ExchangeId AnswerQueue::open(AnswerContext context, ExchangeKind kind, Instant now)
{
    m_exchanges.push_back({++m_lastId, std::move(context), kind, now});
    return m_lastId;
}

Exchange *AnswerQueue::find(ExchangeId id)
{
    const auto found = std::ranges::find_if(m_exchanges, [id](const Exchange &exchange) {
        return exchange.id == id && !exchange.isReady;
    });
    return found == m_exchanges.end() ? nullptr : &*found;
}

std::string &AnswerQueue::place(Exchange &exchange)
{
    return &exchange == &m_exchanges.front() ? m_output.tail() : exchange.bytes;
}

void AnswerQueue::finish(Exchange &exchange)
{
    exchange.isReady = true;
    while (!m_exchanges.empty() && m_exchanges.front().isReady) {
        m_output.tail().append(m_exchanges.front().bytes);
        m_exchanges.pop_front();
    }
}

bool AnswerQueue::admits(ExchangeKind kind) const
{
    return isEmpty() || (kind == m_exchanges.back().kind && kind != ExchangeKind::Stream);
}

} // namespace stormglass
