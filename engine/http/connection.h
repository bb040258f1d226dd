#pragma once

#include "engine/http/answer_queue.h"
#include "engine/http/input_buffer.h"
#include "engine/http/request_parser.h"
#include "engine/http/socket.h"
#include "engine/http/stream_hub.h"
#include "engine/instance/request.h"

#include <memory>
#include <optional>

namespace stormglass {

class ServerState;

// One peer from its first byte to its last: requests in, answers out in their order, and the
// patience it is shown. Shared with the operations of its socket, which end only when the reactor
// says so, and (weakly) with answers that are still to come. Thread: Io.
class Connection final : public SocketUser,
                         public StreamFollower,
                         public std::enable_shared_from_this<Connection>
{
public:
    Connection(ServerState &state, Service service, std::unique_ptr<Socket> socket,
               std::string peer);

    const std::string &peer() const { return m_peer; }
    void begin();
    void answer(ExchangeId id, const Result<Response> &response);
    // Sends what is ready and goes on reading.
    void carryOn();
    // Enforces the deadlines.
    void check(Instant now);
    // Answers what was asked, and takes nothing more.
    void drain();
    void close();

    void received(std::size_t bytes) override;
    void canSend() override;
    void peerFinished() override;
    void broke() override;

    void beginStream() override;
    bool push(const SharedBytes &frames) override;
    void endStream() override;

private:
    // LastAnswer: what was asked is still answered, but nothing more is read. Lingering: everything
    // was sent; a peer that still sends would lose the answer if we closed now.
    enum class Phase { Open, LastAnswer, Streaming, Lingering, Closed };

    bool wantsMore() const;
    void readMore();
    void understand();
    bool takeStep();
    bool needMore(RequestParser::Step step);
    bool admitHead();
    std::optional<Refusal> headRefusal();
    void dispatch();
    void refuse(const Refusal &refusal);
    void ask(Request request, ExchangeId id);
    AnswerContext contextOf(const WireMessage &message);
    void beginStreaming(ExchangeId id, const Response &response);
    void countBody(std::size_t bytes);
    void flush();
    void linger();
    void checkReading(Instant now);
    bool isIdle() const;

    ServerState &m_state;
    const Service m_service;
    const std::unique_ptr<Socket> m_socket;
    const std::string m_peer;
    Phase m_phase = Phase::Open;
    InputBuffer m_input;
    RequestParser m_parser;
    AnswerQueue m_answers;

    // Of the request being read.
    QString m_path;
    ExchangeKind m_kind = ExchangeKind::Safe;
    // Its head is whole, but those before it must be answered first.
    bool m_isHeadWaiting = false;
    std::size_t m_bodyBytes = 0;
    std::optional<Instant> m_headSince;
    std::optional<Instant> m_bodySince;

    bool m_isReading = false;
    bool m_isSendPending = false;
    bool m_hasPeerFinished = false;
    Instant m_idleSince = {};
    Instant m_lastSent = {};
    Instant m_lingeringSince = {};

    // Between the answer that allows a stream and the feed's word that it has begun.
    ExchangeId m_streamExchange = 0;
    std::string m_streamHead;
};

} // namespace stormglass
