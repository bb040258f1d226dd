#include "engine/http/server_state.h"

#include "engine/http/connection.h"

namespace stormglass {

ServerState::ServerState(Reactor &reactor, Endpoint &served, ChangeFeed &feed,
                         const Clock &clockOfAll, ServerOptions serverOptions)
    : endpoint(served)
    , clock(clockOfAll)
    , options(std::move(serverOptions))
    , writer(options.allowedOrigins)
    , hosts(options.hostNames)
    , now(clock.instant())
    , mailbox(std::make_shared<IoMailbox>(reactor, [this] { flushAll(); }))
    , hub(reactor, feed, mailbox, options.limits, [this] { flushAll(); })
{
    writer.setTime(clock.now());
}

ServerState::~ServerState()
{
    mailbox->close();
    for (const auto &connection : connections())
        connection->close();
}

std::size_t ServerState::bodyLimit(const QString &path) const
{
    for (const BodyLimit &limit : options.limits.bodyLimits) {
        if (path.startsWith(QLatin1String(limit.prefix.data(), qsizetype(limit.prefix.size()))))
            return limit.bytes;
    }
    return options.limits.bodyBytes;
}

bool ServerState::admits(const std::string &peer) const
{
    const auto found = m_peers.find(peer);
    return m_connections.size() < options.limits.connections
        && (found == m_peers.end() || found->second < options.limits.connectionsPerAddress);
}

void ServerState::add(std::shared_ptr<Connection> connection)
{
    ++m_peers[connection->peer()];
    Connection *key = connection.get();
    m_connections.emplace(key, std::move(connection));
}

void ServerState::remove(Connection &connection)
{
    const auto found = m_peers.find(connection.peer());
    if (--found->second == 0)
        m_peers.erase(found);
    m_connections.erase(&connection);
}

std::vector<std::shared_ptr<Connection>> ServerState::connections() const
{
    std::vector<std::shared_ptr<Connection>> all;
    all.reserve(m_connections.size());
    for (const auto &[key, connection] : m_connections)
        all.push_back(connection);
    return all;
}

void ServerState::flushLater(std::shared_ptr<Connection> connection)
{
    // Several answers of a batch often belong to one connection, one after the other.
    if (m_unflushed.empty() || m_unflushed.back() != connection)
        m_unflushed.push_back(std::move(connection));
}

void ServerState::flushAll()
{
    // Carrying on may answer at once and so ask for another flush.
    while (!m_unflushed.empty()) {
        for (const auto &connection : std::exchange(m_unflushed, {}))
            connection->carryOn();
    }
}

} // namespace stormglass
