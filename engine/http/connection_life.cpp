// The other half of Connection: sending, streams, deadlines and the end.

#include "engine/http/connection.h"

#include "engine/http/server_state.h"

namespace stormglass {

void Connection::flush()
{
    OutputQueue &output = m_answers.output();
    OutputQueue::Pieces pieces;
    while (!m_isSendPending && !output.isEmpty() && m_phase != Phase::Closed) {
        const auto offered = output.first(pieces);
        std::size_t size = 0;
        for (const std::string_view piece : offered)
            size += piece.size();
        const std::size_t sent = m_socket->send(shared_from_this(), offered);
        output.consume(sent);
        m_lastSent = m_state.now;
        m_isSendPending = sent < size;
    }
    if (!output.isEmpty())
        return;
    if (m_phase == Phase::LastAnswer && m_answers.isEmpty())
        linger();
}

void Connection::canSend()
{
    m_isSendPending = false;
    carryOn();
}

void Connection::linger()
{
    if (m_hasPeerFinished)
        return close();
    m_phase = Phase::Lingering;
    m_lingeringSince = m_state.now;
    m_input.clear();
    m_socket->finishSending(shared_from_this());
}

void Connection::peerFinished()
{
    m_isReading = false;
    m_hasPeerFinished = true;
    const bool isOwed = !m_answers.isEmpty() || !m_answers.output().isEmpty();
    if ((m_phase != Phase::Open && m_phase != Phase::LastAnswer) || !isOwed)
        return close();
    m_phase = Phase::LastAnswer;
}

void Connection::broke()
{
    close();
}

void Connection::close()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    countBody(0);
    m_socket->close();
    m_state.hub.leave(*this);
    m_state.remove(*this);
}

void Connection::beginStreaming(ExchangeId id, const Response &response)
{
    Exchange &exchange = *m_answers.find(id);
    if (m_state.hub.size() >= m_state.options.limits.streams)
        return answer(id,
                      failure(ErrorCode::Unavailable,
                              QStringLiteral("Too many streams are followed here; close one.")));
    m_streamExchange = id;
    exchange.context.keepsAlive = false;
    m_state.writer.appendStreamHead(m_streamHead, exchange.context, response);
    m_state.hub.join(*this, response.stream, m_state.now);
}

void Connection::beginStream()
{
    Exchange *exchange = m_answers.find(m_streamExchange);
    m_answers.place(*exchange).append(m_streamHead);
    m_answers.finish(*exchange);
    m_phase = Phase::Streaming;
    m_input.clear();
    m_state.flushLater(shared_from_this());
}

bool Connection::push(const SharedBytes &frames)
{
    const auto self = shared_from_this();
    if (m_answers.output().bytes() + frames->size() > m_state.options.limits.streamQueueBytes) {
        close();
        return false;
    }
    m_answers.output().append(frames);
    m_state.flushLater(self);
    return true;
}

void Connection::endStream()
{
    m_phase = Phase::LastAnswer;
    m_state.flushLater(shared_from_this());
}

bool Connection::isIdle() const
{
    return m_answers.isEmpty() && m_answers.output().isEmpty() && !m_parser.hasBegun()
        && m_input.isEmpty();
}

void Connection::drain()
{
    if (m_phase == Phase::Streaming) {
        m_state.hub.leave(*this);
        endStream();
    } else if (m_phase == Phase::Open && isIdle()) {
        return close();
    } else if (m_phase == Phase::Open && !m_parser.hasBegun()) {
        m_phase = Phase::LastAnswer;
    }
    carryOn();
}

void Connection::check(Instant now)
{
    const HttpLimits &limits = m_state.options.limits;
    const bool isStalled = !m_answers.output().isEmpty() && now - m_lastSent > limits.sendStall;
    // A server that stops does not wait for peers to say goodbye.
    const auto patience = m_state.isDraining ? limits.linger / 10 : limits.linger;
    const bool hasLingered = m_phase == Phase::Lingering && now - m_lingeringSince > patience;
    if (isStalled || hasLingered)
        return close();
    if (const Exchange *oldest = m_answers.oldest();
        oldest != nullptr && now - oldest->since > limits.answerDeadline) {
        // What comes behind it can no longer be told apart.
        m_phase = Phase::LastAnswer;
        const ExchangeId id = oldest->id;
        m_answers.find(id)->context.keepsAlive = false;
        answer(id,
               failure(ErrorCode::Timeout, QStringLiteral("The engine has not answered in time.")));
    }
    if (m_phase == Phase::Open)
        checkReading(now);
}

void Connection::checkReading(Instant now)
{
    const HttpLimits &limits = m_state.options.limits;
    if (m_headSince && now - *m_headSince > limits.headerDeadline) {
        if (isIdle())
            return close();
        refuse({408, "The request header took too long to arrive."});
        return carryOn();
    }
    if (m_bodySince && now - *m_bodySince > limits.bodyGrace) {
        const auto elapsed
            = std::chrono::duration_cast<std::chrono::milliseconds>(now - *m_bodySince);
        const auto owed
            = limits.bodyBytesPerSecond * static_cast<std::size_t>(elapsed.count()) / 1000;
        if (m_bodyBytes < owed) {
            refuse({408, "The request body arrives too slowly."});
            return carryOn();
        }
    }
    if (isIdle() && !m_headSince && now - m_idleSince > limits.idle)
        close();
}

} // namespace stormglass
