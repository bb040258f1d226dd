#pragma once

#include "engine/base/clock.h"
#include "engine/http/answer_writer.h"
#include "engine/http/host_check.h"
#include "engine/http/io_mailbox.h"
#include "engine/http/request_ids.h"
#include "engine/http/server_options.h"
#include "engine/http/stream_hub.h"
#include "engine/instance/endpoint.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace stormglass {

class Connection;

// What the connections of one server share. Thread: Io.
class ServerState
{
public:
    ServerState(Reactor &reactor, Endpoint &endpoint, ChangeFeed &feed, const Clock &clock,
                ServerOptions serverOptions);
    ~ServerState();

    std::size_t bodyLimit(const QString &path) const;

    // False where there are too many already.
    bool admits(const std::string &peer) const;
    void add(std::shared_ptr<Connection> connection);
    void remove(Connection &connection);
    std::vector<std::shared_ptr<Connection>> connections() const;
    bool isEmpty() const { return m_connections.empty(); }

    // Sends what the connection has when the batch that is being worked on has ended.
    void flushLater(std::shared_ptr<Connection> connection);
    void flushAll();

    Endpoint &endpoint;
    const Clock &clock;
    const ServerOptions options;
    AnswerWriter writer;
    HostCheck hosts;
    RequestIds ids;
    // Of the last tick: exact enough for deadlines, and free.
    Instant now = {};
    // Of bodies being received.
    std::size_t bodiesBytes = 0;
    bool isDraining = false;
    // Shared with answers that may come when the server has gone.
    std::shared_ptr<IoMailbox> mailbox;
    StreamHub hub;

private:
    // Shared, as Connection says.
    std::unordered_map<Connection *, std::shared_ptr<Connection>> m_connections;
    std::unordered_map<std::string, std::size_t> m_peers;
    std::vector<std::shared_ptr<Connection>> m_unflushed;
};

} // namespace stormglass
