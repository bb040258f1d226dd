#pragma once

#include "engine/instance/endpoint.h"

#include <deque>
#include <map>
#include <mutex>

namespace stormglass {

// A feed whose changes a test publishes, from whatever thread; it holds the last hundred.
class StubFeed final : public ChangeFeed
{
public:
    static constexpr ChangeNumber firstNumber = 1000;

    FollowerId follow(std::optional<ChangeNumber> after, Take take) override
    {
        const std::lock_guard lock(m_mutex);
        take(missedSince(after));
        m_followers.emplace(++m_lastFollower, std::move(take));
        return m_lastFollower;
    }

    void unfollow(FollowerId follower) override
    {
        const std::lock_guard lock(m_mutex);
        m_followers.erase(follower);
    }

    ChangeNumber latest() const override
    {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

    ChangeNumber publish(const QString &event, Value payload)
    {
        const std::lock_guard lock(m_mutex);
        const Change change{++m_latest, event, std::move(payload)};
        m_held.push_back(change);
        if (m_held.size() > 100)
            m_held.pop_front();
        for (const auto &[id, take] : m_followers)
            take({change});
        return m_latest;
    }

    std::size_t followers() const
    {
        const std::lock_guard lock(m_mutex);
        return m_followers.size();
    }

private:
    std::vector<Change> missedSince(std::optional<ChangeNumber> after) const
    {
        if (!after)
            return {};
        const ChangeNumber held = m_latest - m_held.size();
        if (*after < held || *after > m_latest)
            return {{m_latest, QStringLiteral("stormglass.reset"), {}}};
        return {m_held.end() - std::ptrdiff_t(m_latest - *after), m_held.end()};
    }

    mutable std::mutex m_mutex;
    ChangeNumber m_latest = firstNumber;
    std::deque<Change> m_held;
    std::map<FollowerId, Take> m_followers;
    FollowerId m_lastFollower = 0;
};

} // namespace stormglass
