#pragma once

#include "engine/instance/change.h"
#include "engine/remote/back_off.h"
#include "engine/remote/remote_options.h"
#include "engine/remote/sse_parser.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>

#include <memory>

class QNetworkReply;

namespace stormglass {

// Follows an event stream and comes back to it whenever it ends. Where the server numbers its
// changes it goes on after the last one; where it does not (StackStorm), what happened in between
// is lost and a `stormglass.reset` says so. Thread: its owner's.
class ChangeFollower : public QObject
{
    Q_OBJECT

public:
    explicit ChangeFollower(const RemoteOptions &options, QObject *parent);
    ~ChangeFollower() override;

    // Replaces what was followed before.
    void follow(const ChangeFilter &filter, ChangeNumber after);
    // Tries again at once, with the options as they are now.
    void restart();
    // The server is there: tries again at once if it was about to wait.
    void hurry();

signals:
    void changed(const stormglass::Change &change);
    void connected();
    void disconnected(const QString &reason);

private:
    void open();
    void leave();
    void read();
    void end();
    void noteBeginning();
    void tell(const ServerSentEvent &event);

    const RemoteOptions &m_options;
    // Its own: a stream would take one of the few connections to a host from the requests.
    QNetworkAccessManager m_network;
    QTimer m_retry;
    BackOff m_backOff;
    ChangeFilter m_filter;
    ChangeNumber m_last = 0;
    bool m_isFollowing = false;
    // Changes may have been missed since the last one told.
    bool m_hasGap = false;
    bool m_hasBegun = false;
    QNetworkReply *m_reply = nullptr;
    // The SHA-256 of a certificate that is not trusted.
    QString m_untrusted;
    std::unique_ptr<SseParser> m_parser;
};

} // namespace stormglass
