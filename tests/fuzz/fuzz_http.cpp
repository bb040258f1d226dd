// uses: engine/http engine/reactor engine/instance tests/support
//
// Bytes of a peer, in pieces, through a whole connection: parser, head checks, bodies, answers in
// order. The first byte is the size of the pieces.

#include "engine/base/assert.h"
#include "engine/http/connection.h"
#include "engine/http/server_state.h"
#include "tests/support/stub_feed.h"

#include <cstdint>

using namespace stormglass;

namespace {

class EchoEndpoint final : public Endpoint
{
public:
    void handle(Request request, Answer answer) override
    {
        SG_ASSERT(request.path.startsWith(u'/') && !request.path.contains(QChar(0)));
        if (request.path != QLatin1String("/stream/v1/stream"))
            return answer(Response{.body = std::move(request.body), .raw = request.rawBody});
        auto stream = streamAskedFor(request);
        if (!stream)
            return answer(failure(std::move(stream).error()));
        answer(Response{.stream = std::make_shared<const Stream>(*std::move(stream))});
    }
};

// What a connection would have sent is kept by the peer.
struct Peer
{
    std::shared_ptr<SocketUser> reader;
    std::span<char> into;
    std::string sent;
    bool isClosed = false;
};

class MemorySocket final : public Socket
{
public:
    explicit MemorySocket(Peer &peer)
        : m_peer(peer)
    {
    }

    void receive(std::shared_ptr<SocketUser> user, std::span<char> into) override
    {
        m_peer.reader = std::move(user);
        m_peer.into = into;
    }
    std::size_t send(const std::shared_ptr<SocketUser> &,
                     std::span<const std::string_view> pieces) override
    {
        const std::size_t before = m_peer.sent.size();
        for (const std::string_view piece : pieces)
            m_peer.sent.append(piece);
        return m_peer.sent.size() - before;
    }
    void finishSending(const std::shared_ptr<SocketUser> &) override {}
    void close() override { m_peer.isClosed = true; }
    const std::string &localAddress() const override { return m_address; }

private:
    Peer &m_peer;
    std::string m_address = "127.0.0.1";
};

void runPosted(Reactor &reactor)
{
    reactor.post([&reactor] { reactor.post([&reactor] { reactor.stop(); }); });
    reactor.run();
}

void feed(Peer &peer, Reactor &reactor, std::string_view bytes, std::size_t pieceSize)
{
    while (!bytes.empty() && !peer.isClosed) {
        if (!peer.reader) {
            runPosted(reactor);
            if (!peer.reader)
                return;
        }
        const std::size_t size = std::min({pieceSize, bytes.size(), peer.into.size()});
        std::copy_n(bytes.begin(), size, peer.into.begin());
        bytes.remove_prefix(size);
        std::exchange(peer.reader, nullptr)->received(size);
    }
    runPosted(reactor);
}

// Whatever was asked, what is answered is a row of whole answers (of which the last may be a
// stream).
void checkAnswers(std::string_view sent)
{
    while (!sent.empty()) {
        SG_ASSERT(sent.starts_with("HTTP/1.1 "));
        const std::size_t headEnd = sent.find("\r\n\r\n");
        SG_ASSERT(headEnd != sent.npos);
        const std::string_view head = sent.substr(0, headEnd + 2);
        sent.remove_prefix(headEnd + 4);
        if (head.starts_with("HTTP/1.1 100 "))
            continue;
        SG_ASSERT(head.find("\r\nX-Request-ID: ") != head.npos);
        if (head.find("\r\nContent-Type: text/event-stream") != head.npos)
            return;
        const std::size_t length = head.find("\r\nContent-Length: ");
        SG_ASSERT(length != head.npos);
        const bool isForHead = sent.starts_with("HTTP/1.1 ");
        const std::size_t bodySize = std::stoul(std::string(head.substr(length + 18)));
        if (isForHead || sent.empty())
            continue;
        SG_ASSERT(bodySize <= sent.size());
        sent.remove_prefix(bodySize);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const std::size_t pieceSize = data[0] == 0 ? bytes.size() : data[0];

    Reactor reactor;
    EchoEndpoint endpoint;
    StubFeed changes;
    const SystemClock clock;
    ServerState state(reactor, endpoint, changes, clock, {});
    Peer peer;
    const auto connection = std::make_shared<Connection>(
        state, Service::All, std::make_unique<MemorySocket>(peer), "peer");
    state.add(connection);
    connection->begin();
    feed(peer, reactor, bytes.substr(1), pieceSize);
    checkAnswers(peer.sent);
    connection->close();
    return 0;
}
