#pragma once

#include "engine/base/result.h"
#include "engine/instance/request.h"
#include "engine/remote/remote_options.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>

namespace stormglass {

// Reads one answer to its end, or to where it has become too large. Thread: its owner's.
class AnswerReader : public QObject
{
    Q_OBJECT

public:
    // Takes the reply.
    AnswerReader(QNetworkReply *reply, const RemoteOptions &options, QObject *parent);
    ~AnswerReader() override;

signals:
    void finished(const stormglass::Result<stormglass::Response> &answer);

private:
    void read();
    void finish();

    const RemoteOptions &m_options;
    // Its network manager's child, and gone with it.
    QPointer<QNetworkReply> m_reply;
    QByteArray m_body;
    // The SHA-256 of a certificate that is not trusted.
    QString m_untrusted;
    bool m_isTooLarge = false;
};

} // namespace stormglass
