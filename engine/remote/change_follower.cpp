#include "engine/remote/change_follower.h"

#include "engine/base/json.h"
#include "engine/remote/remote_request.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 bytesAtOnce = 256 * 1024;

std::vector<std::pair<QString, QString>> queryOf(const ChangeFilter &filter)
{
    // Without `events` a server sends StackStorm's default ones only.
    const QString events = filter.events.isEmpty() ? u"*"_s : filter.events.join(u',');
    std::vector<std::pair<QString, QString>> query = {{u"events"_s, events}};
    if (!filter.actionRefs.isEmpty())
        query.emplace_back(u"action_refs"_s, filter.actionRefs.join(u','));
    if (!filter.executionIds.isEmpty())
        query.emplace_back(u"execution_ids"_s, filter.executionIds.join(u','));
    return query;
}

} // namespace

ChangeFollower::ChangeFollower(const RemoteOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_backOff(options.firstRetry, options.longestRetry)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &ChangeFollower::open);
}

ChangeFollower::~ChangeFollower()
{
    leave();
}

void ChangeFollower::follow(const ChangeFilter &filter, ChangeNumber after)
{
    m_filter = filter;
    m_last = after;
    m_hasGap = false;
    m_isFollowing = true;
    restart();
}

void ChangeFollower::restart()
{
    if (!m_isFollowing)
        return;
    m_backOff.reset();
    leave();
    open();
}

void ChangeFollower::hurry()
{
    if (m_retry.isActive())
        open();
}

void ChangeFollower::leave()
{
    m_retry.stop();
    if (m_reply == nullptr)
        return;
    QNetworkReply *left = std::exchange(m_reply, nullptr);
    left->disconnect(this);
    left->abort();
    left->deleteLater();
}

void ChangeFollower::open()
{
    m_retry.stop();
    const QUrl url = m_options.urls.urlOf(u"/stream/v1/stream"_s, queryOf(m_filter));
    QNetworkRequest request = networkRequest(m_options, url, {});
    request.setRawHeader("Accept", "text/event-stream");
    request.setTransferTimeout(static_cast<int>(m_options.streamTimeout.count()));
    if (m_last > 0)
        request.setRawHeader("Last-Event-ID", QByteArray::number(qulonglong(m_last)));
    m_parser = std::make_unique<SseParser>(m_options.eventBytes);
    m_hasBegun = false;
    m_untrusted.clear();
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(bytesAtOnce);
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this] { m_untrusted = judgeCertificate(*m_reply, m_options); });
    connect(m_reply, &QNetworkReply::readyRead, this, &ChangeFollower::read);
    connect(m_reply, &QNetworkReply::finished, this, &ChangeFollower::end);
}

void ChangeFollower::noteBeginning()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString type = m_reply->header(QNetworkRequest::ContentTypeHeader).toString();
    // A web server may answer everything with its front page.
    if (m_hasBegun || status != 200 || !type.startsWith("text/event-stream"_L1))
        return;
    m_hasBegun = true;
    m_backOff.reset();
    emit connected();
    if (std::exchange(m_hasGap, false) && m_last == 0)
        emit changed(Change{0, u"stormglass.reset"_s, {}});
}

void ChangeFollower::read()
{
    noteBeginning();
    if (!m_hasBegun)
        return;
    const QNetworkReply *const read = m_reply;
    for (const ServerSentEvent &event : m_parser->feed(m_reply->readAll())) {
        tell(event);
        // Whoever was told may have followed something else.
        if (m_reply != read)
            return;
    }
    if (m_parser->hasOverflowed())
        m_reply->abort();
}

void ChangeFollower::tell(const ServerSentEvent &event)
{
    auto payload = readJson({event.data.constData(), static_cast<std::size_t>(event.data.size())});
    // `EOF` and whatever else is no change.
    if (!payload)
        return;
    const Change change{event.id.toULongLong(), QString::fromUtf8(event.name), *std::move(payload)};
    m_last = std::max(m_last, change.number);
    // After a restart of the engine its numbers go on from elsewhere.
    if (change.event == "stormglass.reset"_L1)
        m_last = change.number;
    if (m_filter.takes(change))
        emit changed(change);
}

void ChangeFollower::end()
{
    const Result<Response> answer
        = answerOf(*m_reply, m_hasBegun || !m_reply->isOpen() ? QByteArray() : m_reply->readAll());
    const QString reason = !m_untrusted.isEmpty() ? certificateProblem(*m_reply, m_untrusted)
        : answer
        ? m_hasBegun ? u"The stream of changes has ended."_s : u"There is no stream of changes."_s
        : answer.error().message;
    m_hasGap = true;
    leave();
    m_retry.start(m_backOff.next());
    emit disconnected(reason);
}

} // namespace stormglass
