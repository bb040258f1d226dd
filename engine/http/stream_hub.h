#pragma once

#include "engine/base/clock.h"
#include "engine/http/io_mailbox.h"
#include "engine/http/server_options.h"
#include "engine/http/stream_batch.h"
#include "engine/instance/endpoint.h"

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace stormglass {

// Where the frames of a stream go. Thread: Io.
class StreamFollower
{
public:
    virtual ~StreamFollower() = default;
    // Following has begun: the head of the answer may leave.
    virtual void beginStream() = 0;
    // False: it has read too little for too long and is gone now.
    virtual bool push(const SharedBytes &frames) = 0;
    virtual void endStream() = 0;
};

// All streams of a server. It follows the engine once, however many follow it; writes each change
// once, and each batch once for all who asked for the same. Thread: Io.
class StreamHub
{
public:
    // `afterSending` follows each round of pushes that no batch of the mailbox caused.
    StreamHub(Reactor &reactor, ChangeFeed &feed, std::shared_ptr<IoMailbox> mailbox,
              const HttpLimits &limits, std::function<void()> afterSending);
    ~StreamHub();

    std::size_t size() const { return m_streams.size(); }
    // Borrows the follower until leave().
    void join(StreamFollower &follower, std::shared_ptr<const Stream> stream, Instant now);
    void leave(StreamFollower &follower);
    // Sends a sign of life to those who have heard nothing for long.
    void tick(Instant now);

private:
    using Key = std::uint64_t;
    struct Joined;

    // Null if it has gone.
    Joined *find(Key key) const;
    ChangeFeed::Take takeFor(Key key);
    void followLive();
    void attach(Key key, const std::vector<Change> &missed);
    void take(const std::vector<Change> &changes);
    void sendPending();
    void sendTo(Key key, StreamBatch &batch);
    void sendOneByOne(Key key, StreamBatch &batch);
    void end(Key key);

    Reactor &m_reactor;
    ChangeFeed &m_feed;
    // Shared with the feed, which may still call when the server has gone.
    std::shared_ptr<IoMailbox> m_mailbox;
    const HttpLimits &m_limits;
    std::function<void()> m_afterSending;
    std::unordered_map<Key, std::unique_ptr<Joined>> m_streams;
    std::unordered_map<StreamFollower *, Key> m_keys;
    std::vector<Change> m_pending;
    Reactor::TimerId m_timer = 0;
    std::optional<ChangeFeed::FollowerId> m_live;
    Key m_lastKey = 0;
    Instant m_now = {};
};

} // namespace stormglass
