#include "engine/remote/remote_instance.h"

#include "engine/base/json.h"
#include "engine/remote/answer_reader.h"
#include "engine/remote/remote_request.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

QByteArray verbName(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return "GET";
    case Verb::Post:
        return "POST";
    case Verb::Put:
        return "PUT";
    case Verb::Delete:
        return "DELETE";
    }
    return {};
}

// What the transport says for itself.
bool isOfTransport(const QString &name)
{
    return name == "host"_L1 || name == "connection"_L1 || name == "content-length"_L1
        || name == "transfer-encoding"_L1 || name == "accept-encoding"_L1;
}

void addHeaders(QNetworkRequest &network, const Request &request)
{
    network.setHeader(QNetworkRequest::ContentTypeHeader,
                      request.rawBody.isEmpty() ? u"application/json"_s : u"text/plain"_s);
    for (const auto &[name, value] : request.headers) {
        if (!isOfTransport(name))
            network.setRawHeader(name.toUtf8(), value.toUtf8());
    }
}

QByteArray bodyOf(const Request &request)
{
    if (!request.rawBody.isEmpty() || request.body.isNull())
        return request.rawBody;
    return QByteArray::fromStdString(writeJson(request.body));
}

// Any server answers something; only an engine answers with a document, or with a fault in its
// form.
bool isOfEngine(const Result<Response> &answer)
{
    return answer ? answer->body.isMap() || answer->body.isList()
                  : answer.error().isRefusal() && answer.error().kind != foreignAnswer;
}

// The engine is there and takes us for who we are; what it makes of a request is another matter.
bool provesReachable(const Result<Response> &answer)
{
    return isOfEngine(answer) && (answer || answer.error().code != ErrorCode::Unauthenticated);
}

QString reasonOf(const Result<Response> &answer, const QUrl &url)
{
    if (!answer && answer.error().kind != foreignAnswer)
        return answer.error().message;
    const QString said = answer
        ? u"Something answers at %1"_s.arg(url.authority(QUrl::FullyDecoded | QUrl::RemoveUserInfo))
        : answer.error().message.chopped(1);
    return u"%1, but not as Stormglass or StackStorm does: is the address right?"_s.arg(said);
}

} // namespace

RemoteInstance::RemoteInstance(RemoteOptions options, QObject *parent)
    : Instance(parent)
    , m_options(std::move(options))
    , m_backOff(m_options.firstRetry, m_options.longestRetry)
    , m_follower(m_options, nullptr)
{
    m_probe.setSingleShot(true);
    connect(&m_probe, &QTimer::timeout, this, &RemoteInstance::probe);
    connect(&m_follower, &ChangeFollower::changed, this, &RemoteInstance::changed);
    connect(&m_follower, &ChangeFollower::connected, this, &RemoteInstance::setReady);
    connect(&m_follower, &ChangeFollower::disconnected, this, &RemoteInstance::probe);
    m_probe.start(0);
}

void RemoteInstance::call(const Request &request, Reply<Response> reply)
{
    QNetworkRequest network = networkRequest(
        m_options, m_options.urls.urlOf(request.path, request.query), request.credential);
    addHeaders(network, request);
    receive(m_network.sendCustomRequest(network, verbName(request.verb), bodyOf(request)),
            [this, reply](Result<Response> answer) {
                if (answer && isOfEngine(answer))
                    setReady();
                else if (!answer.error().isRefusal())
                    probe();
                reply(std::move(answer));
            });
}

void RemoteInstance::receive(QNetworkReply *network, std::function<void(Result<Response>)> take)
{
    auto *const reader = new AnswerReader(network, m_options, this);
    connect(reader, &AnswerReader::finished, this,
            [reader, take = std::move(take)](const Result<Response> &answer) {
                reader->deleteLater();
                take(answer);
            });
}

void RemoteInstance::follow(const ChangeFilter &filter, ChangeNumber after)
{
    m_follower.follow(filter, after);
}

void RemoteInstance::setCredential(const Credential &credential)
{
    m_options.credential = credential;
    m_follower.restart();
    probe();
}

void RemoteInstance::probe()
{
    m_probe.stop();
    if (std::exchange(m_isProbing, true))
        return;
    const QUrl url = m_options.urls.urlOf(u"/api/v1"_s, {});
    receive(m_network.get(networkRequest(m_options, url, {})),
            [this, url](const Result<Response> &answer) {
                m_isProbing = false;
                if (provesReachable(answer))
                    return setReady();
                const bool isRefusal = !answer && answer.error().code == ErrorCode::Unauthenticated;
                setUnreachable(reasonOf(answer, url), isRefusal);
                m_probe.start(m_backOff.next());
            });
}

void RemoteInstance::setReady()
{
    m_probe.stop();
    m_backOff.reset();
    setState({InstanceState::Kind::Ready});
    m_follower.hurry();
}

void RemoteInstance::setUnreachable(const QString &reason, bool isRefusal)
{
    setState({InstanceState::Kind::Unreachable, reason, isRefusal});
}

void RemoteInstance::setState(const InstanceState &state)
{
    if (m_state.kind == state.kind && m_state.message == state.message)
        return;
    m_state = state;
    emit stateChanged(m_state);
}

} // namespace stormglass
