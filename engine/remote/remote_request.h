#pragma once

#include "engine/base/result.h"
#include "engine/instance/request.h"
#include "engine/remote/remote_options.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace stormglass {

// What every request to a remote instance has in common: no cookies, no redirects (they would carry
// the credential to wherever the server says), no HTTP/2, the credential and the trusted
// certificates.
QNetworkRequest networkRequest(const RemoteOptions &options, const QUrl &url,
                               const Credential &credential);

// For `sslErrors`: goes on if the certificate is the accepted one. Else its SHA-256, for the
// explanation.
QString judgeCertificate(QNetworkReply &reply, const RemoteOptions &options);
// Of a reply that was given up for its certificate.
QString certificateProblem(const QNetworkReply &reply, const QString &fingerprint);

// The kind of an error that no engine has said: its answer has not the form of a fault.
inline constexpr QLatin1StringView foreignAnswer{"ForeignAnswer"};

// What a finished reply says. `body` is what was read of it.
Result<Response> answerOf(const QNetworkReply &reply, const QByteArray &body);

// Why nothing came, as a sentence.
Error connectionError(const QNetworkReply &reply);
// The engine cannot be reached, as against: it answered with an error.
bool hasAnswered(const QNetworkReply &reply);

} // namespace stormglass
