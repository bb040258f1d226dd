#pragma once

#include "engine/base/mailbox.h"
#include "engine/http/http_server.h"
#include "engine/reactor/reactor.h"
#include "tests/support/stub_endpoint.h"
#include "tests/support/stub_feed.h"

#include <atomic>
#include <future>
#include <thread>

namespace stormglass {

// A server of its own thread for a stub endpoint, as the daemon has one for its engine. (Header
// only: whoever includes it uses engine/http and engine/reactor.)
class ServedEndpoint
{
public:
    explicit ServedEndpoint(ServerOptions options = {}, Listener listener = {})
        : m_server(
            std::make_unique<HttpServer>(m_reactor, endpoint, feed, m_clock, std::move(options)))
        , m_port(m_server->listen(listener).value())
        , m_thread([this] { m_reactor.run(); })
    {
    }

    ~ServedEndpoint()
    {
        m_reactor.post([this] {
            m_server.reset();
            m_reactor.stop();
        });
        m_thread.join();
    }

    std::uint16_t port() const { return m_port; }

    // Drains; the future is ready when the server has stopped.
    std::future<void> stop(std::chrono::milliseconds deadline)
    {
        auto stopped = std::make_shared<std::promise<void>>();
        auto future = stopped->get_future();
        m_reactor.post([this, deadline, stopped] {
            m_server->stop(deadline, [stopped] { stopped->set_value(); });
        });
        return future;
    }

    std::size_t connections()
    {
        return onIo([this] { return m_server->connections(); });
    }
    std::size_t streams()
    {
        return onIo([this] { return m_server->streams(); });
    }

    StubEndpoint endpoint;
    StubFeed feed;

private:
    std::size_t onIo(std::function<std::size_t()> ask)
    {
        auto answer = std::make_shared<std::promise<std::size_t>>();
        m_reactor.post([answer, ask] { answer->set_value(ask()); });
        return answer->get_future().get();
    }

    SystemClock m_clock;
    Reactor m_reactor;
    std::unique_ptr<HttpServer> m_server;
    std::uint16_t m_port;
    std::thread m_thread;
};

} // namespace stormglass
