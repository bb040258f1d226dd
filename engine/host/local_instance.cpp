#include "engine/host/local_instance.h"

#include <QCoreApplication>
#include <QEvent>

namespace stormglass {

LocalInstance::LocalInstance(Endpoint &endpoint, ChangeFeed &feed, QObject *parent)
    : Instance(parent)
    , m_endpoint(endpoint)
    , m_feed(feed)
    , m_mailbox(std::make_shared<Mailbox>(
          [this] { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }))
{
}

LocalInstance::~LocalInstance()
{
    m_mailbox->close();
    if (m_follower)
        m_feed.unfollow(*m_follower);
}

void LocalInstance::call(const Request &request, Reply<Response> reply)
{
    Request owned = request;
    if (owned.credential.kind == Credential::Kind::None)
        owned.credential = Credential::localOwner();
    m_endpoint.handle(std::move(owned),
                      [mailbox = m_mailbox, reply = std::move(reply)](Result<Response> answer) {
                          mailbox->post([reply, answer = std::move(answer)] { reply(answer); });
                      });
}

void LocalInstance::follow(const ChangeFilter &filter, ChangeNumber after)
{
    if (m_follower)
        m_feed.unfollow(*m_follower);
    m_filter = filter;
    const std::uint64_t round = ++m_round;
    const auto from = after == 0 ? std::nullopt : std::optional(after);
    m_follower = m_feed.follow(
        from, [this, mailbox = m_mailbox, round](const std::vector<Change> &changes) {
            // What the earlier follower still had under way is dropped by its round.
            mailbox->post([this, round, changes] {
                if (round == m_round)
                    take(changes);
            });
        });
}

void LocalInstance::customEvent(QEvent *)
{
    for (const Mailbox::Task &task : m_mailbox->take())
        task();
}

void LocalInstance::take(const std::vector<Change> &changes)
{
    for (const Change &change : changes) {
        if (change.event == QLatin1String("stormglass.reset") || m_filter.takes(change))
            emit changed(change);
    }
}

} // namespace stormglass
