#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/http/server_options.h"
#include "engine/instance/endpoint.h"
#include "engine/reactor/reactor.h"

#include <functional>
#include <memory>

namespace stormglass {

// Serves an endpoint over HTTP/1.1 and its changes as server-sent events. The reactor outlives
// whoever may still answer. Thread: Io (also before the reactor runs, and after it has stopped).
class HttpServer
{
public:
    HttpServer(Reactor &reactor, Endpoint &endpoint, ChangeFeed &feed, const Clock &clock,
               ServerOptions options = {});
    // Cuts what is left.
    ~HttpServer();
    HttpServer(const HttpServer &) = delete;

    // May be called several times. Returns the port.
    Result<std::uint16_t> listen(const Listener &listener);

    // Takes no more, answers what was asked, ends streams; cuts what is left at the deadline.
    // `stopped` is called once.
    void stop(std::chrono::milliseconds deadline, std::function<void()> stopped);

    std::size_t connections() const;
    std::size_t streams() const;

private:
    struct Private;
    std::unique_ptr<Private> m_private;
};

} // namespace stormglass
