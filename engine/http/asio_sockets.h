#pragma once

#include "engine/base/result.h"
#include "engine/http/server_options.h"
#include "engine/http/socket.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include <memory>

namespace stormglass {

// For the files that wrap Asio only.

using TcpSocket = boost::asio::ip::tcp::socket;

std::unique_ptr<Socket> makePlainSocket(TcpSocket socket);

// Read once for a listener; sockets share it, sessions and tickets included.
using TlsContext = std::shared_ptr<boost::asio::ssl::context>;
Result<TlsContext> loadTls(const TlsFiles &files);
std::unique_ptr<Socket> makeTlsSocket(TcpSocket socket, const TlsContext &context);

// Addresses of a connected socket, `::ffff:` taken off.
std::string localAddressOf(const TcpSocket &socket);

} // namespace stormglass
