#pragma once

#include "engine/base/clock.h"
#include "engine/base/mailbox.h"
#include "engine/instance/endpoint.h"
#include "engine/pipeline/change_sink.h"

#include <atomic>
#include <deque>
#include <vector>

namespace stormglass {

// Numbers the engine's changes, keeps the latest for followers that come back, and hands them out a
// batch at a time. Lives on the engine's thread; what ChangeFeed offers may be called on any.
class ChangeHub final : public ChangeFeed, public ChangeSink
{
public:
    // Borrows both for its life.
    ChangeHub(Mailbox &engine, const Clock &clock);

    // Thread: engine. Kept back until release.
    void add(QString event, Value payload) override;
    bool isHeard() const override { return m_isHeard; }
    std::size_t mark() const override { return m_added.size(); }
    void dropSince(std::size_t mark) override { m_added.resize(mark); }
    // Thread: engine, after the commit: numbers and hands out what was added; or forgets it.
    void release();
    void drop();

    FollowerId follow(std::optional<ChangeNumber> after, Take take) override;
    void unfollow(FollowerId follower) override;
    ChangeNumber latest() const override { return m_latest.load(std::memory_order_acquire); }

private:
    struct Follower
    {
        FollowerId id;
        Take take;
    };
    // Enough for a follower that was away for some seconds of a busy engine.
    static constexpr std::size_t heldAtMost = 20'000;
    // How long changes are held when nobody follows: whoever comes back later reads again.
    static constexpr std::chrono::seconds heldFor{60};

    void begin(Follower follower, std::optional<ChangeNumber> after);
    void countUnheard();
    void forgetIfNobodyComesBack();

    Mailbox &m_engine;
    const Clock &m_clock;
    bool m_isHeard = false;
    // When the last follower left.
    Instant m_left{};
    std::atomic<ChangeNumber> m_latest;
    std::atomic<FollowerId> m_nextFollower{1};
    std::deque<Change> m_held;
    std::vector<Change> m_added;
    std::vector<Follower> m_followers;
};

} // namespace stormglass
