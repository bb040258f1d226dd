#include "engine/http/asio_sockets.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl.hpp>

#include <array>

namespace stormglass {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using namespace Qt::StringLiterals;

namespace {

// What one TLS record carries.
constexpr std::size_t recordBytes = 16_KiB;

class TlsSocket final : public Socket
{
public:
    TlsSocket(TcpSocket socket, const TlsContext &context)
        : m_localAddress(localAddressOf(socket))
        , m_context(context)
        , m_stream(std::move(socket), *context)
    {
    }

    void receive(std::shared_ptr<SocketUser> user, std::span<char> into) override
    {
        if (m_isShaken)
            return read(std::move(user), into);
        m_stream.async_handshake(
            ssl::stream_base::server,
            [this, user = std::move(user), into](const error_code &error) mutable {
                if (error)
                    return user->broke();
                m_isShaken = true;
                read(std::move(user), into);
            });
    }

    std::size_t send(const std::shared_ptr<SocketUser> &user,
                     std::span<const std::string_view> pieces) override
    {
        if (!m_record.empty())
            return 0;
        for (const std::string_view piece : pieces)
            m_record.append(piece.substr(0, recordBytes - m_record.size()));
        write(user);
        return m_record.size();
    }

    void finishSending(const std::shared_ptr<SocketUser> &user) override
    {
        m_isFinishing = true;
        if (m_record.empty())
            sayFarewell(user);
    }

    void close() override
    {
        error_code ignored;
        m_stream.lowest_layer().close(ignored);
    }

    const std::string &localAddress() const override { return m_localAddress; }

private:
    void read(std::shared_ptr<SocketUser> user, std::span<char> into)
    {
        m_stream.async_read_some(
            asio::buffer(into.data(), into.size()),
            [user = std::move(user)](const error_code &error, std::size_t bytes) {
                if (!error)
                    user->received(bytes);
                else if (error == asio::error::eof || error == ssl::error::stream_truncated)
                    user->peerFinished();
                else
                    user->broke();
            });
    }

    void write(const std::shared_ptr<SocketUser> &user)
    {
        asio::async_write(m_stream, asio::buffer(m_record),
                          [this, user](const error_code &error, std::size_t) {
                              m_record.clear();
                              if (error)
                                  return user->broke();
                              if (m_isFinishing)
                                  sayFarewell(user);
                              user->canSend();
                          });
    }

    // Waits for the peer's in turn; a peer that owes it is cut off by its user's deadline.
    void sayFarewell(const std::shared_ptr<SocketUser> &user)
    {
        m_stream.async_shutdown([user](const error_code &) { user->peerFinished(); });
    }

    std::string m_localAddress;
    TlsContext m_context;
    ssl::stream<TcpSocket> m_stream;
    std::string m_record;
    bool m_isShaken = false;
    bool m_isFinishing = false;
};

// OpenSSL's latest reason, and with it why a file was not taken.
tl::unexpected<Error> unusable(const QString &what, const QString &path, const error_code &error)
{
    return failure(ErrorCode::Invalid,
                   u"TLS cannot be served: the %1 %2 was not accepted: %3."_s.arg(
                       what, path, QString::fromStdString(error.message())));
}

void configure(ssl::context &context)
{
    context.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2
                        | ssl::context::no_sslv3 | ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1
                        | ssl::context::no_compression);
    // A peer could ask for one handshake after the other.
    SSL_CTX_set_options(context.native_handle(), SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    // Tickets are on by default; the server keeps no sessions itself.
    SSL_CTX_set_session_cache_mode(context.native_handle(), SSL_SESS_CACHE_OFF);
}

} // namespace

Result<TlsContext> loadTls(const TlsFiles &files)
{
    const auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    configure(*context);
    error_code error;
    context->use_certificate_chain_file(files.certificate.toStdString(), error);
    if (error)
        return unusable(u"certificate"_s, files.certificate, error);
    context->use_private_key_file(files.key.toStdString(), ssl::context::pem, error);
    if (error)
        return unusable(u"key"_s, files.key, error);
    return context;
}

std::unique_ptr<Socket> makeTlsSocket(TcpSocket socket, const TlsContext &context)
{
    return std::make_unique<TlsSocket>(std::move(socket), context);
}

} // namespace stormglass
