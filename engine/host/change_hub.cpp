#include "engine/host/change_hub.h"

#include "engine/base/thread_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

ChangeHub::ChangeHub(Mailbox &engine, const Clock &clock)
    : m_engine(engine)
    , m_clock(clock)
    , m_latest(static_cast<ChangeNumber>(clock.now().time_since_epoch().count()))
{
}

void ChangeHub::add(QString event, Value payload)
{
    SG_ON(Engine);
    m_added.push_back({0, std::move(event), std::move(payload)});
}

void ChangeHub::release()
{
    SG_ON(Engine);
    if (m_added.empty())
        return;
    if (!m_isHeard)
        return countUnheard();
    ChangeNumber number = m_latest.load(std::memory_order_relaxed);
    for (Change &change : m_added)
        change.number = ++number;
    m_held.insert(m_held.end(), m_added.begin(), m_added.end());
    while (m_held.size() > heldAtMost)
        m_held.pop_front();
    m_latest.store(number, std::memory_order_release);
    for (const Follower &follower : m_followers)
        follower.take(m_added);
    m_added.clear();
    if (m_followers.empty())
        forgetIfNobodyComesBack();
}

// Whoever asks for what came after one of these is told to read again.
void ChangeHub::countUnheard()
{
    m_latest.fetch_add(m_added.size(), std::memory_order_release);
    m_added.clear();
}

void ChangeHub::forgetIfNobodyComesBack()
{
    if (m_clock.instant() - m_left < heldFor)
        return;
    m_isHeard = false;
    m_held.clear();
}

void ChangeHub::drop()
{
    SG_ON(Engine);
    m_added.clear();
}

ChangeFeed::FollowerId ChangeHub::follow(std::optional<ChangeNumber> after, Take take)
{
    const FollowerId id = m_nextFollower.fetch_add(1, std::memory_order_relaxed);
    m_engine.post([this, id, after, take = std::move(take)] { begin({id, take}, after); });
    return id;
}

void ChangeHub::begin(Follower follower, std::optional<ChangeNumber> after)
{
    SG_ON(Engine);
    // What this batch added so far was not made to be shown; should it be undone, numbers are
    // missing, which nobody minds.
    if (!m_isHeard)
        countUnheard();
    m_isHeard = true;
    const ChangeNumber latest = m_latest.load(std::memory_order_relaxed);
    std::vector<Change> missed;
    if (after && *after != latest) {
        const bool isGone = *after > latest || m_held.empty() || m_held.front().number > *after + 1;
        if (isGone)
            missed.push_back({latest, u"stormglass.reset"_s, Value::map()});
        else
            std::copy_if(m_held.begin(), m_held.end(), std::back_inserter(missed),
                         [&](const Change &change) { return change.number > *after; });
    }
    follower.take(missed);
    m_followers.push_back(std::move(follower));
}

void ChangeHub::unfollow(FollowerId follower)
{
    m_engine.post([this, follower] {
        std::erase_if(m_followers, [&](const Follower &each) { return each.id == follower; });
        m_left = m_clock.instant();
    });
}

} // namespace stormglass
