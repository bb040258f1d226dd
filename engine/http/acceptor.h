#pragma once

#include "engine/base/result.h"
#include "engine/http/server_options.h"
#include "engine/http/socket.h"
#include "engine/reactor/reactor.h"

#include <functional>
#include <memory>
#include <string>

namespace stormglass {

// Takes connections of one listener. Thread: Io.
class Acceptor
{
public:
    // `peer` is the address that is counted: of IPv6 the /64, since one host owns all of it.
    using Take = std::function<void(std::unique_ptr<Socket> socket, const std::string &peer)>;

    static Result<std::unique_ptr<Acceptor>> open(Reactor &reactor, const Listener &listener,
                                                  Take take);
    ~Acceptor();
    Acceptor(const Acceptor &) = delete;

    std::uint16_t port() const;

private:
    struct Private;
    explicit Acceptor(std::shared_ptr<Private> state);

    // Shared with the accept that is under way.
    std::shared_ptr<Private> m_private;
};

} // namespace stormglass
