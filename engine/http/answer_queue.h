#pragma once

#include "engine/base/clock.h"
#include "engine/http/answer_writer.h"
#include "engine/http/output_queue.h"

#include <cstdint>
#include <deque>

namespace stormglass {

using ExchangeId = std::uint64_t;

enum class ExchangeKind { Safe, Unsafe, Stream };

// One request and its answer.
struct Exchange
{
    ExchangeId id = 0;
    AnswerContext context;
    ExchangeKind kind = ExchangeKind::Safe;
    Instant since = {};
    bool isReady = false;
    // The answer while earlier ones are missing.
    std::string bytes = {};
};

// Answers leave in the order of their requests, whatever order they are given in.
class AnswerQueue
{
public:
    ExchangeId open(AnswerContext context, ExchangeKind kind, Instant now);
    // Null if it is answered already.
    Exchange *find(ExchangeId id);
    // Where the answer's bytes are appended; then finish() it.
    std::string &place(Exchange &exchange);
    void finish(Exchange &exchange);

    std::size_t size() const { return m_exchanges.size(); }
    bool isEmpty() const { return m_exchanges.empty(); }
    const Exchange *oldest() const { return isEmpty() ? nullptr : &m_exchanges.front(); }
    const Exchange *newest() const { return isEmpty() ? nullptr : &m_exchanges.back(); }
    // Only requests that change nothing may be under way together, or only such that do: then the
    // engine's own order keeps theirs. A stream has the connection to itself.
    bool admits(ExchangeKind kind) const;

    OutputQueue &output() { return m_output; }
    const OutputQueue &output() const { return m_output; }

private:
    std::deque<Exchange> m_exchanges;
    OutputQueue m_output;
    ExchangeId m_lastId = 0;
};

} // namespace stormglass
