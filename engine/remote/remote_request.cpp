#include "engine/remote/remote_request.h"

#include "engine/base/json.h"
#include "engine/instance/http_status.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <array>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

QSslConfiguration trustOf(const RemoteOptions &options)
{
    QSslConfiguration trust = QSslConfiguration::defaultConfiguration();
    if (!options.authorityFile.isEmpty())
        trust.addCaCertificates(options.authorityFile);
    return trust;
}

void addCredential(QNetworkRequest &request, const Credential &credential)
{
    switch (credential.kind) {
    case Credential::Kind::Token:
        request.setRawHeader("X-Auth-Token", credential.secret.toUtf8());
        break;
    case Credential::Kind::ApiKey:
        request.setRawHeader("St2-Api-Key", credential.secret.toUtf8());
        break;
    // This process's user is nobody elsewhere.
    case Credential::Kind::LocalOwner:
    case Credential::Kind::None:
        break;
    }
}

QString fingerprintOf(const QSslCertificate &certificate)
{
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

// Headers that belong to the transport, not to the answer.
bool isOfTransport(const QByteArray &name)
{
    static const std::array<QByteArray, 12> names
        = {"date",         "server",           "connection",        "keep-alive",
           "vary",         "cache-control",    "x-request-id",      "content-length",
           "content-type", "content-encoding", "transfer-encoding", "strict-transport-security"};
    const QByteArray lower = name.toLower();
    return lower.startsWith("access-control-")
        || std::find(names.begin(), names.end(), lower) != names.end();
}

std::vector<std::pair<QString, QString>> headersOf(const QNetworkReply &reply)
{
    std::vector<std::pair<QString, QString>> headers;
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        if (!isOfTransport(name))
            headers.emplace_back(QString::fromUtf8(name), QString::fromUtf8(value));
    }
    return headers;
}

std::string_view textOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

Error faultOf(const QNetworkReply &reply, const QByteArray &body)
{
    const int status = statusOf(reply);
    const auto read = readJson(textOf(body));
    const Value fault = read ? *read : Value();
    const QString reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    const QString message = fault["faultstring"].toQStringOr(
        u"%1 answered %2 %3."_s.arg(reply.url().host()).arg(status).arg(reason));
    if (!fault["faultstring"].isText())
        return {errorCode(status), message, foreignAnswer};
    const Value &place = fault["conflict-id"].isNull() ? fault["place"] : fault["conflict-id"];
    return {errorCode(status), message, fault["kind"].toQStringOr({}), place.toQStringOr({})};
}

} // namespace

QNetworkRequest networkRequest(const RemoteOptions &options, const QUrl &url,
                               const Credential &credential)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"Stormglass/" SG_VERSION ""_s);
    request.setTransferTimeout(static_cast<int>(options.timeout.count()));
    if (url.scheme() == "https"_L1)
        request.setSslConfiguration(trustOf(options));
    const bool bringsOwn
        = credential.kind == Credential::Kind::Token || credential.kind == Credential::Kind::ApiKey;
    addCredential(request, bringsOwn ? credential : options.credential);
    return request;
}

QString judgeCertificate(QNetworkReply &reply, const RemoteOptions &options)
{
    const QString fingerprint = fingerprintOf(reply.sslConfiguration().peerCertificate());
    if (fingerprint != options.acceptedCertificate.toLower())
        return fingerprint;
    reply.ignoreSslErrors();
    return {};
}

QString certificateProblem(const QNetworkReply &reply, const QString &fingerprint)
{
    return u"The certificate of %1 cannot be trusted: %2. Trust its authority's file, or accept "
           u"this "
           "certificate (SHA-256 %3) if you know that it is right."_s.arg(
               reply.url().host(), reply.errorString(), fingerprint);
}

bool hasAnswered(const QNetworkReply &reply)
{
    return statusOf(reply) != 0;
}

Error connectionError(const QNetworkReply &reply)
{
    const QString peer = reply.url().authority(QUrl::FullyDecoded | QUrl::RemoveUserInfo);
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return {ErrorCode::Timeout, u"%1 has not answered in time."_s.arg(peer)};
    case QNetworkReply::ConnectionRefusedError:
        return {
            ErrorCode::Unavailable,
            u"Nothing listens at %1: is the engine running, and is the port right?"_s.arg(peer)};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::Unavailable, u"No host named %1 was found."_s.arg(reply.url().host())};
    case QNetworkReply::RemoteHostClosedError:
        return {ErrorCode::Unavailable,
                u"%1 closed the connection without an answer; it may speak %2 there."_s.arg(
                    peer, reply.url().scheme() == "https"_L1 ? u"HTTP"_s : u"HTTPS"_s)};
    case QNetworkReply::ProtocolUnknownError:
        return {ErrorCode::Unavailable,
                u"%1://%2 is no address of HTTP."_s.arg(reply.url().scheme(), peer)};
    default:
        return {ErrorCode::Unavailable,
                u"%1 cannot be reached: %2"_s.arg(peer, reply.errorString())};
    }
}

Result<Response> answerOf(const QNetworkReply &reply, const QByteArray &body)
{
    const int status = statusOf(reply);
    if (status == 0)
        return failure(connectionError(reply));
    if (status >= 400)
        return failure(faultOf(reply, body));
    if (reply.error() != QNetworkReply::NoError)
        return failure(
            ErrorCode::Unavailable,
            u"The answer of %1 broke off: %2"_s.arg(reply.url().host(), reply.errorString()));
    Response response;
    response.status = status;
    response.headers = headersOf(reply);
    const QString type = reply.header(QNetworkRequest::ContentTypeHeader).toString();
    const bool isJson = type.section(u';', 0, 0).trimmed() == "application/json"_L1;
    if (body.isEmpty() && (isJson || type.isEmpty()))
        return response;
    if (!isJson) {
        response.contentType = type;
        response.raw = body;
        return response;
    }
    auto value = readJson(textOf(body));
    if (!value)
        return failure(
            ErrorCode::Internal,
            u"The answer of %1 is no JSON: %2"_s.arg(reply.url().host(), value.error().message));
    response.body = *std::move(value);
    return response;
}

} // namespace stormglass
