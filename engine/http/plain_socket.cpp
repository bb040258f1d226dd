#include "engine/http/asio_sockets.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include <array>

namespace stormglass {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::size_t piecesAWrite = 16;

class PlainSocket final : public Socket
{
public:
    explicit PlainSocket(TcpSocket socket)
        : m_socket(std::move(socket))
        , m_localAddress(localAddressOf(m_socket))
    {
    }

    void receive(std::shared_ptr<SocketUser> user, std::span<char> into) override
    {
        m_socket.async_read_some(
            asio::buffer(into.data(), into.size()),
            [user = std::move(user)](const error_code &error, std::size_t bytes) {
                if (!error)
                    user->received(bytes);
                else if (error == asio::error::eof)
                    user->peerFinished();
                else
                    user->broke();
            });
    }

    std::size_t send(const std::shared_ptr<SocketUser> &user,
                     std::span<const std::string_view> pieces) override
    {
        std::array<asio::const_buffer, piecesAWrite> buffers;
        std::size_t offered = 0;
        std::size_t count = 0;
        for (const std::string_view piece : pieces.first(std::min(pieces.size(), piecesAWrite))) {
            buffers[count++] = asio::buffer(piece.data(), piece.size());
            offered += piece.size();
        }
        error_code error;
        const std::size_t sent = m_socket.write_some(std::span(buffers).first(count), error);
        if (error && error != asio::error::would_block)
            asio::post(m_socket.get_executor(), [user] { user->broke(); });
        else if (sent < offered || count < pieces.size())
            waitToSend(user);
        return sent;
    }

    void finishSending(const std::shared_ptr<SocketUser> &) override
    {
        error_code ignored;
        m_socket.shutdown(TcpSocket::shutdown_send, ignored);
    }

    void close() override
    {
        error_code ignored;
        m_socket.close(ignored);
    }

    const std::string &localAddress() const override { return m_localAddress; }

private:
    void waitToSend(const std::shared_ptr<SocketUser> &user)
    {
        m_socket.async_wait(TcpSocket::wait_write, [user](const error_code &error) {
            if (!error)
                user->canSend();
            else
                user->broke();
        });
    }

    TcpSocket m_socket;
    std::string m_localAddress;
};

} // namespace

std::unique_ptr<Socket> makePlainSocket(TcpSocket socket)
{
    return std::make_unique<PlainSocket>(std::move(socket));
}

std::string localAddressOf(const TcpSocket &socket)
{
    error_code error;
    const auto endpoint = socket.local_endpoint(error);
    if (error)
        return {};
    const auto address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    return address.to_string();
}

} // namespace stormglass
