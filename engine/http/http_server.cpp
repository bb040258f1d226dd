#include "engine/http/http_server.h"

#include "engine/base/thread_name.h"
#include "engine/http/acceptor.h"
#include "engine/http/connection.h"
#include "engine/http/server_state.h"

#include <algorithm>
#include <array>

namespace stormglass {

using std::chrono::milliseconds;

namespace {

// Often enough for the shortest of the deadlines, seldom enough to cost nothing.
milliseconds tickFor(const HttpLimits &limits)
{
    const milliseconds shortest
        = std::min({limits.headerDeadline, limits.idle, limits.bodyGrace, limits.sendStall,
                    limits.answerDeadline, limits.linger, limits.heartbeat});
    return std::clamp(shortest / 4, milliseconds(5), milliseconds(250));
}

} // namespace

struct HttpServer::Private
{
    Private(Reactor &ourReactor, Endpoint &endpoint, ChangeFeed &feed, const Clock &clock,
            ServerOptions options)
        : reactor(ourReactor)
        , state(std::make_unique<ServerState>(reactor, endpoint, feed, clock, std::move(options)))
        , tickEvery(tickFor(state->options.limits))
    {
    }

    void take(Service service, std::unique_ptr<Socket> socket, const std::string &peer);
    void startTicking();
    void tick();
    void checkStopped();

    Reactor &reactor;
    std::unique_ptr<ServerState> state;
    std::vector<std::unique_ptr<Acceptor>> acceptors;
    milliseconds tickEvery;
    Reactor::TimerId timer = 0;
    Instant cutAt = Instant::max();
    std::function<void()> stopped;
};

void HttpServer::Private::take(Service service, std::unique_ptr<Socket> socket,
                               const std::string &peer)
{
    // Without an answer: whoever opens so many would only be encouraged by the work.
    if (!state->admits(peer) || state->isDraining)
        return socket->close();
    const auto connection = std::make_shared<Connection>(*state, service, std::move(socket), peer);
    state->add(connection);
    connection->begin();
}

void HttpServer::Private::startTicking()
{
    timer = reactor.after(tickEvery, [this] { tick(); });
}

void HttpServer::Private::tick()
{
    state->now = state->clock.instant();
    state->writer.setTime(state->clock.now());
    state->hub.tick(state->now);
    for (const auto &connection : state->connections()) {
        if (state->now >= cutAt)
            connection->close();
        else
            connection->check(state->now);
    }
    state->flushAll();
    startTicking();
    checkStopped();
}

void HttpServer::Private::checkStopped()
{
    if (state->isDraining && state->isEmpty() && stopped)
        std::exchange(stopped, nullptr)();
}

HttpServer::HttpServer(Reactor &reactor, Endpoint &endpoint, ChangeFeed &feed, const Clock &clock,
                       ServerOptions options)
    : m_private(std::make_unique<Private>(reactor, endpoint, feed, clock, std::move(options)))
{
    SG_ON(Io);
    m_private->startTicking();
}

HttpServer::~HttpServer()
{
    m_private->reactor.cancelTimer(m_private->timer);
}

Result<std::uint16_t> HttpServer::listen(const Listener &listener)
{
    SG_ON(Io);
    SG_LET(auto acceptor,
           Acceptor::open(m_private->reactor, listener,
                          [state = m_private.get(), service = listener.service](
                              std::unique_ptr<Socket> socket, const std::string &peer) {
                              state->take(service, std::move(socket), peer);
                          }));
    const std::uint16_t port = acceptor->port();
    m_private->acceptors.push_back(std::move(acceptor));
    return port;
}

void HttpServer::stop(milliseconds deadline, std::function<void()> stopped)
{
    SG_ON(Io);
    m_private->acceptors.clear();
    m_private->stopped = std::move(stopped);
    m_private->cutAt = m_private->state->clock.instant() + deadline;
    m_private->state->isDraining = true;
    for (const auto &connection : m_private->state->connections())
        connection->drain();
    m_private->state->flushAll();
}

std::size_t HttpServer::connections() const
{
    return m_private->state->connections().size();
}

std::size_t HttpServer::streams() const
{
    return m_private->state->hub.size();
}

} // namespace stormglass
