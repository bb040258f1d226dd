#include "engine/http/stream_hub.h"

#include "engine/base/assert.h"

#include <QSet>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

SharedBytes shared(std::string bytes)
{
    return std::make_shared<const std::string>(std::move(bytes));
}

const SharedBytes &signOfLife()
{
    static const SharedBytes lineEnd = shared("\n");
    return lineEnd;
}

const SharedBytes &eofFrame()
{
    static const SharedBytes frame = shared("event: EOF\ndata: ''\n\n");
    return frame;
}

bool isCreation(const Change &change)
{
    return change.event.endsWith(u"__create"_s);
}

} // namespace

struct StreamHub::Joined
{
    StreamFollower *follower = nullptr;
    // Shared with the answer that asked for it.
    std::shared_ptr<const Stream> stream;
    // While the feed has not yet said that following has begun.
    std::optional<ChangeFeed::FollowerId> attaching;
    ChangeNumber last = 0;
    Instant heard = {};
    // Of what was sent first.
    QSet<QString> known = {};

    // Sends just what everyone with the same filter gets.
    bool isOrdinary() const { return known.isEmpty() && stream->end.executionId.isEmpty(); }

    bool push(const SharedBytes &frames, Instant now)
    {
        heard = now;
        return follower->push(frames);
    }

    bool takes(const Change &change) const
    {
        const bool isKnown = !known.isEmpty() && isCreation(change)
            && known.contains(change.payload["id"].toQStringOr({}));
        return !isKnown && stream->filter.takes(change);
    }
};

StreamHub::StreamHub(Reactor &reactor, ChangeFeed &feed, std::shared_ptr<IoMailbox> mailbox,
                     const HttpLimits &limits, std::function<void()> afterSending)
    : m_reactor(reactor)
    , m_feed(feed)
    , m_mailbox(std::move(mailbox))
    , m_limits(limits)
    , m_afterSending(std::move(afterSending))
{
}

StreamHub::~StreamHub()
{
    if (m_timer != 0)
        m_reactor.cancelTimer(m_timer);
    if (m_live)
        m_feed.unfollow(*m_live);
}

StreamHub::Joined *StreamHub::find(Key key) const
{
    const auto found = m_streams.find(key);
    return found == m_streams.end() ? nullptr : found->second.get();
}

void StreamHub::followLive()
{
    if (m_live)
        return;
    m_live = m_feed.follow({}, [this, mailbox = m_mailbox](const std::vector<Change> &changes) {
        if (!changes.empty())
            mailbox->post([this, changes] { take(changes); });
    });
}

ChangeFeed::Take StreamHub::takeFor(Key key)
{
    return [this, key, mailbox = m_mailbox](const std::vector<Change> &missed) {
        mailbox->post([this, key, missed] { attach(key, missed); });
    };
}

void StreamHub::join(StreamFollower &follower, std::shared_ptr<const Stream> stream, Instant now)
{
    m_now = now;
    const Key key = ++m_lastKey;
    Joined &joined = *m_streams.emplace(key, std::make_unique<Joined>()).first->second;
    m_keys[&follower] = key;
    joined.follower = &follower;
    joined.stream = std::move(stream);
    if (joined.stream->isOver)
        return attach(key, {});
    // Live first: whatever is committed between the two is then in one of them.
    followLive();
    joined.attaching = m_feed.follow(joined.stream->after, takeFor(key));
}

void StreamHub::leave(StreamFollower &follower)
{
    const auto found = m_keys.find(&follower);
    if (found == m_keys.end())
        return;
    if (const auto attaching = m_streams.at(found->second)->attaching)
        m_feed.unfollow(*attaching);
    m_streams.erase(found->second);
    m_keys.erase(found);
    if (!m_streams.empty() || !m_live)
        return;
    m_feed.unfollow(*m_live);
    m_live.reset();
    m_pending.clear();
}

void StreamHub::end(Key key)
{
    Joined *joined = find(key);
    StreamFollower &follower = *joined->follower;
    if (joined->stream->end.saysEof && !joined->push(eofFrame(), m_now))
        return;
    leave(follower);
    follower.endStream();
}

void StreamHub::attach(Key key, const std::vector<Change> &missed)
{
    Joined *joined = find(key);
    // The feed's later calls for it, and those that were under way when it left.
    if (joined == nullptr || (!joined->attaching && !joined->stream->isOver))
        return;
    if (joined->attaching)
        m_feed.unfollow(*std::exchange(joined->attaching, std::nullopt));
    joined->follower->beginStream();
    joined->last = joined->stream->after.value_or(0);
    std::string first = "\n";
    for (const Change &change : joined->stream->first) {
        first.append(streamFrame(change));
        if (isCreation(change))
            joined->known.insert(change.payload["id"].toQStringOr({}));
    }
    if (!joined->push(shared(std::move(first)), m_now))
        return;
    if (joined->stream->isOver)
        return end(key);
    StreamBatch batch(missed);
    sendTo(key, batch);
}

void StreamHub::take(const std::vector<Change> &changes)
{
    if (m_streams.empty())
        return;
    m_pending.insert(m_pending.end(), changes.begin(), changes.end());
    if (m_timer == 0)
        m_timer = m_reactor.after(m_limits.coalescing, [this] { sendPending(); });
}

void StreamHub::sendPending()
{
    m_timer = 0;
    StreamBatch batch(std::exchange(m_pending, {}));
    std::vector<Key> keys;
    keys.reserve(m_streams.size());
    for (const auto &[key, joined] : m_streams) {
        if (!joined->attaching)
            keys.push_back(key);
    }
    for (const Key key : keys)
        sendTo(key, batch);
    m_afterSending();
}

void StreamHub::sendTo(Key key, StreamBatch &batch)
{
    Joined *joined = find(key);
    if (joined == nullptr || batch.changes().empty())
        return;
    if (!joined->isOrdinary() || joined->last >= batch.changes().front().number)
        return sendOneByOne(key, batch);
    joined->last = batch.changes().back().number;
    if (const SharedBytes frames = batch.framesFor(joined->stream->filter))
        joined->push(frames, m_now);
}

void StreamHub::sendOneByOne(Key key, StreamBatch &batch)
{
    Joined *joined = find(key);
    for (std::size_t at = 0; at < batch.changes().size(); ++at) {
        const Change &change = batch.changes()[at];
        if (change.number <= joined->last)
            continue;
        joined->last = change.number;
        const bool isEnd = joined->stream->end.reachedBy(change);
        const bool isSent = isEnd ? !joined->stream->end.saysEof : joined->takes(change);
        if (isSent && !joined->push(batch.frame(at), m_now))
            return;
        if (isEnd)
            return end(key);
    }
}

void StreamHub::tick(Instant now)
{
    m_now = now;
    std::vector<Key> silent;
    for (const auto &[key, joined] : m_streams) {
        if (!joined->attaching && now - joined->heard >= m_limits.heartbeat)
            silent.push_back(key);
    }
    for (const Key key : silent)
        find(key)->push(signOfLife(), now);
}

} // namespace stormglass
