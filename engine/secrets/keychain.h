#pragma once

#include "engine/base/result.h"

#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace stormglass {

// Secrets in the system's keychain, by name. Before the first one it is tried whether there is a
// keychain that keeps what it is given, because a locked one answers as if it were empty; one that
// does not is tried anew with the next question. Nothing is ever kept anywhere else.
// Thread: its owner's, which has a Qt loop; answers come there, unless this has gone.
class Keychain : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(Result<>)>;
    using Take = std::function<void(Result<QString>)>;

    // `service` is what the system shows the secrets under.
    explicit Keychain(QString service, QObject *parent = nullptr);

    void keep(const QString &name, const QString &secret, Done done);
    // NotFound: there is none of this name. Unavailable: there is no usable keychain.
    void recall(const QString &name, Take take);
    // One that is not there is forgotten already.
    void forget(const QString &name, Done done);

private:
    enum class Usable { Unknown, Trying, Yes };

    void whenUsable(Done go);
    void tryOut();
    void readBack(const QString &text);
    void finishTrying(const Result<> &outcome);
    void write(const QString &name, const QString &secret, Done done);
    void read(const QString &name, Take take);
    void remove(const QString &name, Done done);

    QString m_service;
    Usable m_usable = Usable::Unknown;
    std::vector<Done> m_waiting;
};

} // namespace stormglass
