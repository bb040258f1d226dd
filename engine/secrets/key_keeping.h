#pragma once

#include "engine/base/value.h"
#include "engine/secrets/keychain.h"

#include <optional>

namespace stormglass {

// Where the key of a data folder's secrets is: in a file that only its user can read, or in the
// system's keychain; then a marker in the folder says under which name.
struct KeyPlaces
{
    QString file;
    QString marker;
};

// The name in the keychain that a marker gives; empty if there is none.
QString keychainNameIn(const QString &marker);

// The key of a console's own engine: kept in the system's keychain where there is one that can be
// used, else in the file. A file that is there wins, and is moved; it goes only once the keychain
// has given the key back. No new key is made while something is encrypted with one that cannot be
// found. Thread: its owner's, which has a Qt loop; answers come there, unless this has gone.
class KeyKeeping : public QObject
{
public:
    // None: there is no usable keychain and no key yet; the engine makes its file when it needs it.
    using Take = std::function<void(Result<std::optional<Value>>)>;
    using Done = std::function<void(Result<>)>;
    // Whether anything is stored that needs the key.
    using HasSecrets = std::function<Result<bool>()>;

    // Borrows the keychain for its life.
    KeyKeeping(Keychain &keychain, KeyPlaces places, HasSecrets hasSecrets,
               QObject *parent = nullptr);

    // Unavailable: the keychain that has the key cannot be used now. Invalid: the key is lost.
    void obtain(Take take);
    // From the keychain into the file, as for an engine without a keychain.
    void putIntoFile(Done done);

private:
    void recall(const QString &name, const Take &take);
    void moveIn(const Value &key, const Take &take);
    void makeUnlessNeeded(const QString &why, const Take &take);
    // Kept, read back, marked.
    void keep(const QString &name, const Value &key, Done done);
    void verify(const QString &name, const QString &text, const Done &done);
    Result<> mark(const QString &name) const;
    Error lost(const QString &why) const;

    Keychain &m_keychain;
    const KeyPlaces m_places;
    const HasSecrets m_hasSecrets;
};

} // namespace stormglass
