#pragma once

#include "engine/base/mailbox.h"
#include "engine/instance/endpoint.h"
#include "engine/instance/instance.h"

#include <QMetaObject>

namespace stormglass {

// The shortest way from the door to an endpoint: what every other way is compared with.
class DirectInstance final : public Instance
{
public:
    DirectInstance(Endpoint &endpoint, ChangeFeed &feed)
        : m_endpoint(endpoint)
        , m_feed(feed)
    {
    }
    ~DirectInstance() override { leave(); }

    void call(const Request &request, Reply<Response> reply) override
    {
        m_endpoint.handle(request, [this, reply](Result<Response> answer) {
            m_mailbox.post([reply, answer = std::move(answer)] { reply(answer); });
        });
    }

    void follow(const ChangeFilter &filter, ChangeNumber after) override
    {
        leave();
        const auto from = after == 0 ? std::nullopt : std::optional(after);
        m_follower = m_feed.follow(from, [this, filter](const std::vector<Change> &changes) {
            m_mailbox.post([this, filter, changes] {
                for (const Change &change : changes) {
                    if (filter.takes(change))
                        emit changed(change);
                }
            });
        });
    }

    InstanceState state() const override { return {InstanceState::Kind::Ready}; }

private:
    void leave()
    {
        if (m_follower != 0)
            m_feed.unfollow(m_follower);
    }
    void drain()
    {
        for (const Mailbox::Task &task : m_mailbox.take())
            task();
    }

    Endpoint &m_endpoint;
    ChangeFeed &m_feed;
    ChangeFeed::FollowerId m_follower = 0;
    Mailbox m_mailbox{[this] {
        QMetaObject::invokeMethod(
            this, [this] { drain(); }, Qt::QueuedConnection);
    }};
};

} // namespace stormglass
