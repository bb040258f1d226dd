#pragma once

#include "engine/host/settings.h"
#include "engine/secrets/key_keeping.h"

#include <QObject>
#include <QTimer>

#include <memory>

class QMessageBox;

namespace stormglass {

// What a person sees of the keychain before the engine can start: nothing where the key comes at
// once, that it is waited for where the keychain asks for its password, and why it cannot be had,
// with another try. Thread: main.
class KeyWait : public QObject
{
    Q_OBJECT

public:
    // Borrows the keychain for its life.
    KeyWait(Keychain &keychain, const Settings &settings);
    ~KeyWait() override;

    void begin();
    // None: the engine has its file. Of a wait that was ended there is nothing to take.
    const std::optional<Value> &key() const { return m_key; }

signals:
    void found();
    void givenUp();

private:
    void take(const Result<std::optional<Value>> &key);
    void tellWaiting();
    void tellRefused(const QString &why);

    KeyKeeping m_keeping;
    QTimer m_patience;
    std::unique_ptr<QMessageBox> m_box;
    std::optional<Value> m_key;
};

} // namespace stormglass
