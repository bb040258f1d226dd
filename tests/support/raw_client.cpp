#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace stormglass {

namespace {

using SteadyClock = std::chrono::steady_clock;

bool waitFor(int socket, short events, SteadyClock::time_point until)
{
    const auto left
        = std::chrono::duration_cast<std::chrono::milliseconds>(until - SteadyClock::now());
    pollfd descriptor = {socket, events, 0};
    return poll(&descriptor, 1, static_cast<int>(std::max<long>(0, left.count()))) > 0;
}

} // namespace

RawClient::RawClient(std::uint16_t port)
    : m_socket(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        close(m_socket);
        m_socket = -1;
        return;
    }
    const int one = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

RawClient::~RawClient()
{
    if (m_socket >= 0)
        close(m_socket);
}

bool RawClient::send(QByteArrayView bytes)
{
    const auto until = SteadyClock::now() + patience;
    while (!bytes.isEmpty()) {
        if (!waitFor(m_socket, POLLOUT, until))
            return false;
        const ssize_t sent = ::send(m_socket, bytes.data(), static_cast<std::size_t>(bytes.size()),
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN)
            return false;
        bytes = bytes.sliced(std::max<ssize_t>(sent, 0));
    }
    return true;
}

void RawClient::finishSending()
{
    shutdown(m_socket, SHUT_WR);
}

bool RawClient::receiveSome(SteadyClock::time_point until)
{
    if (m_hasPeerClosed || !waitFor(m_socket, POLLIN, until))
        return false;
    std::array<char, 65536> buffer;
    const ssize_t count = recv(m_socket, buffer.data(), buffer.size(), 0);
    if (count > 0)
        m_received.append(buffer.data(), count);
    m_hasPeerClosed = count <= 0;
    return count > 0;
}

QByteArray RawClient::readUntil(const std::function<bool(const QByteArray &)> &isEnough)
{
    const auto until = SteadyClock::now() + patience;
    while (!isEnough(m_received) && receiveSome(until)) {}
    return m_received;
}

QByteArray RawClient::readFor(std::chrono::milliseconds duration)
{
    if (m_received.isEmpty())
        receiveSome(SteadyClock::now() + duration);
    return m_received;
}

QByteArray RawClient::readToEnd()
{
    return readUntil([](const QByteArray &) { return false; });
}

QByteArray RawClient::readAnswers(int count)
{
    return readUntil([count](const QByteArray &bytes) { return wholeAnswers(bytes) >= count; });
}

int wholeAnswers(const QByteArray &bytes)
{
    int count = 0;
    qsizetype at = 0;
    while (true) {
        const qsizetype headEnd = bytes.indexOf("\r\n\r\n", at);
        if (headEnd < 0)
            return count;
        const QByteArray head = bytes.sliced(at, headEnd - at).toLower();
        const qsizetype length = head.indexOf("content-length: ");
        const qsizetype lineEnd = head.indexOf('\r', length);
        const qsizetype bodySize = length < 0
            ? 0
            : head.sliced(length + 16, (lineEnd < 0 ? head.size() : lineEnd) - length - 16)
                  .toLongLong();
        at = headEnd + 4 + bodySize;
        if (at > bytes.size())
            return count;
        ++count;
    }
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.sliced(9, 3).toInt() : 0;
}

} // namespace stormglass
