#include "tests/bench/load_generator.h"

#include "tests/bench/measuring.h"

#include <QString>

#include <algorithm>
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stormglass::bench {

namespace {

using Moment = std::chrono::steady_clock::time_point;

int connectedSocket(std::uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket < 0
        || ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        giveUp(u"No connection to port %1."_s.arg(port));
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::fcntl(socket, F_SETFL, O_NONBLOCK);
    return socket;
}

// Where the first answer in these bytes ends; 0 if it is not whole yet.
std::size_t endOfAnswer(std::string_view bytes)
{
    const std::size_t headerEnd = bytes.find("\r\n\r\n");
    if (headerEnd == std::string_view::npos)
        return 0;
    constexpr std::string_view name = "content-length:";
    const auto found
        = std::search(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(headerEnd),
                      name.begin(), name.end(), [](char a, char b) {
                          return std::tolower(static_cast<unsigned char>(a)) == b;
                      });
    const auto at = static_cast<std::size_t>(found - bytes.begin());
    const std::size_t length
        = at < headerEnd ? std::strtoul(bytes.data() + at + name.size(), nullptr, 10) : 0;
    const std::size_t end = headerEnd + 4 + length;
    return bytes.size() >= end ? end : 0;
}

class Generator
{
public:
    explicit Generator(const Load &load);
    ~Generator();
    LoadOutcome run();

private:
    struct Connection
    {
        int socket = -1;
        std::string received = {};
        Moment due = {};
    };
    void sendDue();
    void send(Connection &connection);
    void receive(Connection &connection);
    Moment dueAt(int request) const;

    const Load &m_load;
    const int m_poll;
    std::vector<Connection> m_connections;
    std::vector<Connection *> m_idle;
    const std::string m_head;
    Moment m_began;
    int m_sent = 0;
    LoadOutcome m_outcome;
};

Generator::Generator(const Load &load)
    : m_load(load)
    , m_poll(epoll_create1(EPOLL_CLOEXEC))
    , m_connections(static_cast<std::size_t>(load.connections))
    , m_head("POST " + load.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(load.port)
             + "\r\nContent-Type: application/json\r\nSt2-Api-Key: " + load.apiKey
             + "\r\nUser-Agent: stormglass-bench\r\nAccept: */*\r\nContent-Length: ")
{
    for (Connection &connection : m_connections) {
        connection.socket = connectedSocket(load.port);
        epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
        epoll_ctl(m_poll, EPOLL_CTL_ADD, connection.socket, &event);
        m_idle.push_back(&connection);
    }
}

Generator::~Generator()
{
    for (const Connection &connection : m_connections)
        ::close(connection.socket);
    ::close(m_poll);
}

Moment Generator::dueAt(int request) const
{
    return m_began
        + std::chrono::duration_cast<Moment::duration>(Seconds(request / m_load.perSecond));
}

void Generator::send(Connection &connection)
{
    const std::string body = m_load.body(m_sent);
    const std::string bytes = m_head + std::to_string(body.size()) + "\r\n\r\n" + body;
    // A kilobyte always fits a socket whose former request was answered.
    if (::send(connection.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL)
        != static_cast<ssize_t>(bytes.size()))
        giveUp(u"The server does not take a request."_s);
    ++m_sent;
}

void Generator::sendDue()
{
    while (m_sent < m_load.requests && !m_idle.empty()) {
        const Moment now = std::chrono::steady_clock::now();
        const Moment due = m_load.perSecond > 0 ? dueAt(m_sent) : now;
        if (due > now)
            return;
        Connection &connection = *m_idle.back();
        m_idle.pop_back();
        connection.due = due;
        send(connection);
    }
}

void Generator::receive(Connection &connection)
{
    char buffer[16'384];
    const ssize_t count = ::recv(connection.socket, buffer, sizeof buffer, 0);
    if (count <= 0)
        giveUp(u"The server closed a connection."_s);
    connection.received.append(buffer, static_cast<std::size_t>(count));
    const std::size_t end = endOfAnswer(connection.received);
    if (end == 0)
        return;
    m_outcome.answeredAfter.push_back(seconds(std::chrono::steady_clock::now() - connection.due));
    if (!connection.received.starts_with("HTTP/1.1 2"))
        ++m_outcome.refused;
    connection.received.erase(0, end);
    m_idle.push_back(&connection);
}

LoadOutcome Generator::run()
{
    m_began = std::chrono::steady_clock::now();
    const auto total = static_cast<std::size_t>(m_load.requests);
    m_outcome.answeredAfter.reserve(total);
    while (m_outcome.answeredAfter.size() < total) {
        sendDue();
        timespec wait{.tv_sec = 10, .tv_nsec = 0};
        if (m_load.perSecond > 0 && m_sent < m_load.requests && !m_idle.empty()) {
            const auto left = dueAt(m_sent) - std::chrono::steady_clock::now();
            const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count();
            wait = {.tv_sec = 0, .tv_nsec = std::clamp<long>(ns, 0, 999'999'999)};
        }
        epoll_event events[128];
        const int ready = epoll_pwait2(m_poll, events, 128, &wait, nullptr);
        for (int i = 0; i < ready; ++i)
            receive(*static_cast<Connection *>(events[i].data.ptr));
    }
    m_outcome.seconds = seconds(std::chrono::steady_clock::now() - m_began);
    return std::move(m_outcome);
}

} // namespace

LoadOutcome apply(const Load &load)
{
    return Generator(load).run();
}

} // namespace stormglass::bench
