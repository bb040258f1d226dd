#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace stormglass {

// Whoever reads and writes a socket. Thread: Io.
class SocketUser
{
public:
    virtual ~SocketUser() = default;
    virtual void received(std::size_t bytes) = 0;
    // After a send() that could not take everything.
    virtual void canSend() = 0;
    // The peer sends no more; it may still read.
    virtual void peerFinished() = 0;
    virtual void broke() = 0;
};

// A connected peer, plain or TLS. No call leads to one of the user within it. Thread: Io.
class Socket
{
public:
    virtual ~Socket() = default;

    // The user stays alive while an operation is under way: that is what the shared pointer is for.
    // With TLS the handshake comes first.
    virtual void receive(std::shared_ptr<SocketUser> user, std::span<char> into) = 0;
    // Takes what it can at once, and returns how much; nothing is borrowed. If that is not all,
    // canSend() follows.
    virtual std::size_t send(const std::shared_ptr<SocketUser> &user,
                             std::span<const std::string_view> pieces)
        = 0;
    // No more will be sent.
    virtual void finishSending(const std::shared_ptr<SocketUser> &user) = 0;
    virtual void close() = 0;

    // Addresses without port, as text: `127.0.0.1`, `::1`.
    virtual const std::string &localAddress() const = 0;
};

} // namespace stormglass
