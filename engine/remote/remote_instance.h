#pragma once

#include "engine/instance/instance.h"
#include "engine/remote/back_off.h"
#include "engine/remote/change_follower.h"
#include "engine/remote/remote_options.h"

#include <QNetworkAccessManager>
#include <QTimer>

namespace stormglass {

// The door to an engine elsewhere: another Stormglass, or a StackStorm. Asks until it is reached,
// and says through its state whether it is. Thread: its owner's (Main).
class RemoteInstance final : public Instance
{
    Q_OBJECT

public:
    explicit RemoteInstance(RemoteOptions options, QObject *parent = nullptr);

    void call(const Request &request, Reply<Response> reply) override;
    void follow(const ChangeFilter &filter, ChangeNumber after) override;
    InstanceState state() const override { return m_state; }

    // After signing in, or when a key was replaced.
    void setCredential(const Credential &credential);

private:
    void receive(QNetworkReply *network, std::function<void(Result<Response>)> take);
    void probe();
    void setReady();
    void setUnreachable(const QString &reason, bool isRefusal);
    void setState(const InstanceState &state);

    RemoteOptions m_options;
    QNetworkAccessManager m_network;
    InstanceState m_state;
    QTimer m_probe;
    bool m_isProbing = false;
    BackOff m_backOff;
    ChangeFollower m_follower;
};

} // namespace stormglass
