#pragma once

#include "engine/base/mailbox.h"
#include "engine/instance/endpoint.h"
#include "engine/instance/instance.h"

#include <memory>

namespace stormglass {

// The door to an engine in this process, for its own user. Thread: its owner's, which must run a Qt
// loop.
class LocalInstance final : public Instance
{
    Q_OBJECT

public:
    // Borrows both; they must outlive it.
    LocalInstance(Endpoint &endpoint, ChangeFeed &feed, QObject *parent = nullptr);
    ~LocalInstance() override;

    void call(const Request &request, Reply<Response> reply) override;
    void follow(const ChangeFilter &filter, ChangeNumber after) override;
    InstanceState state() const override { return m_state; }

protected:
    // Its mailbox has something. Reads nothing of the event: a sanitizer cannot see how Qt handed
    // it over.
    void customEvent(QEvent *event) override;

private:
    void take(const std::vector<Change> &changes);

    Endpoint &m_endpoint;
    ChangeFeed &m_feed;
    // Shared with answers under way, which may come after this has gone.
    std::shared_ptr<Mailbox> m_mailbox;
    ChangeFilter m_filter;
    std::optional<ChangeFeed::FollowerId> m_follower;
    std::uint64_t m_round = 0;
    InstanceState m_state{InstanceState::Kind::Ready, {}};
};

} // namespace stormglass
