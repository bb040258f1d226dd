#include "engine/http/acceptor.h"

#include "engine/http/asio_sockets.h"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>

namespace stormglass {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace Qt::StringLiterals;

namespace {

// Without a free descriptor each accept fails at once; connections wait in the backlog meanwhile.
constexpr auto breather = std::chrono::milliseconds(100);

std::string countedAddress(const asio::ip::address &address)
{
    if (!address.is_v6())
        return address.to_string();
    if (address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    auto bytes = address.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return asio::ip::address_v6(bytes).to_string() + "/64";
}

} // namespace

struct Acceptor::Private : std::enable_shared_from_this<Private>
{
    Private(asio::io_context &context, TlsContext tlsContext, Take takeSocket)
        : acceptor(context)
        , pause(context)
        , tls(std::move(tlsContext))
        , take(std::move(takeSocket))
    {
    }

    Result<> listen(const Listener &listener);
    void accept();
    void accepted(const error_code &error, TcpSocket socket);

    tcp::acceptor acceptor;
    asio::steady_timer pause;
    TlsContext tls;
    Take take;
};

Result<> Acceptor::Private::listen(const Listener &listener)
{
    error_code error;
    const auto address = asio::ip::make_address(listener.address.toStdString(), error);
    if (error)
        return failure(
            ErrorCode::Invalid,
            u"Cannot listen on \"%1\": it is not a literal address."_s.arg(listener.address));
    const tcp::endpoint endpoint(address, listener.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return failure(ErrorCode::Unavailable,
                       u"Cannot listen on %1, port %2: %3."_s.arg(listener.address)
                           .arg(listener.port)
                           .arg(QString::fromStdString(error.message())));
    return {};
}

void Acceptor::Private::accept()
{
    acceptor.async_accept([self = shared_from_this()](const error_code &error, TcpSocket socket) {
        self->accepted(error, std::move(socket));
    });
}

void Acceptor::Private::accepted(const error_code &error, TcpSocket socket)
{
    if (!acceptor.is_open())
        return;
    if (error == asio::error::no_descriptors || error == asio::error::no_buffer_space
        || error == asio::error::no_memory
        || error == boost::system::errc::too_many_files_open_in_system) {
        pause.expires_after(breather);
        return pause.async_wait([self = shared_from_this()](const error_code &canceled) {
            if (!canceled)
                self->accept();
        });
    }
    accept();
    if (error)
        return;
    error_code failed;
    const auto peer = socket.remote_endpoint(failed);
    if (!failed)
        socket.set_option(tcp::no_delay(true), failed);
    if (!failed)
        socket.non_blocking(true, failed);
    if (failed)
        return;
    const std::string counted = countedAddress(peer.address());
    take(tls ? makeTlsSocket(std::move(socket), tls) : makePlainSocket(std::move(socket)), counted);
}

Result<std::unique_ptr<Acceptor>> Acceptor::open(Reactor &reactor, const Listener &listener,
                                                 Take take)
{
    TlsContext tls;
    if (listener.tls) {
        SG_LET(tls, loadTls(*listener.tls));
    }
    const auto state
        = std::make_shared<Private>(reactor.context(), std::move(tls), std::move(take));
    SG_TRY(state->listen(listener));
    state->accept();
    return std::unique_ptr<Acceptor>(new Acceptor(state));
}

Acceptor::Acceptor(std::shared_ptr<Private> state)
    : m_private(std::move(state))
{
}

Acceptor::~Acceptor()
{
    error_code ignored;
    m_private->acceptor.close(ignored);
    m_private->pause.cancel();
}

std::uint16_t Acceptor::port() const
{
    error_code error;
    return m_private->acceptor.local_endpoint(error).port();
}

} // namespace stormglass
