#include "engine/secrets/key_keeping.h"

#include "engine/base/json.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/secrets/key_file.h"

#include <QFile>
#include <QLoggingCategory>
#include <QPointer>
#include <QSaveFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(keyKeepingLog, "stormglass.engine.secrets")

namespace {

constexpr qint64 mostMarkerBytes = 4096;

Result<Value> keyFrom(const QString &text)
{
    SG_LET(Value key, readJson(text.toStdString()));
    SG_TRY(DatastoreCipher::fromKeyFile(key));
    return key;
}

} // namespace

QString keychainNameIn(const QString &marker)
{
    QFile file(marker);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.read(mostMarkerBytes);
    const Result<Value> json = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    return json ? (*json)["name"].toQStringOr({}) : QString();
}

KeyKeeping::KeyKeeping(Keychain &keychain, KeyPlaces places, HasSecrets hasSecrets, QObject *parent)
    : QObject(parent)
    , m_keychain(keychain)
    , m_places(std::move(places))
    , m_hasSecrets(std::move(hasSecrets))
{
}

void KeyKeeping::obtain(Take take)
{
    if (QFile::exists(m_places.file)) {
        const Result<Value> key = readDatastoreKey(m_places.file);
        return key ? moveIn(*key, take) : take(failure(key.error()));
    }
    const QString name = keychainNameIn(m_places.marker);
    if (!name.isEmpty())
        return recall(name, take);
    makeUnlessNeeded(u"its file %1 is not there"_s.arg(m_places.file), take);
}

void KeyKeeping::recall(const QString &name, const Take &take)
{
    const QPointer<KeyKeeping> self(this);
    m_keychain.recall(name, [self, name, take](const Result<QString> &found) {
        if (!self)
            return;
        if (!found && found.error().code == ErrorCode::NotFound)
            return self->makeUnlessNeeded(
                u"the system's keychain has nothing under \"%1\" any more"_s.arg(name), take);
        if (!found)
            return take(failure(ErrorCode::Unavailable,
                                u"The key of the stored secrets is in the system's keychain, as "
                                u"\"%1\". %2 Open the "
                                "keychain and try again."_s.arg(name, found.error().message)));
        const Result<Value> key = keyFrom(*found);
        if (!key)
            return take(failure(
                self->lost(u"what the system's keychain has under \"%1\" is no key"_s.arg(name))));
        take(std::optional(*key));
    });
}

void KeyKeeping::moveIn(const Value &key, const Take &take)
{
    if (const Result<DatastoreCipher> valid = DatastoreCipher::fromKeyFile(key); !valid)
        return take(failure(valid.error()));
    const QString known = keychainNameIn(m_places.marker);
    const QString name = known.isEmpty()
        ? u"datastore key "_s + QUuid::createUuid().toString(QUuid::WithoutBraces)
        : known;
    keep(name, key, [this, key, take](const Result<> &kept) {
        if (!kept)
            qCWarning(keyKeepingLog).noquote()
                << "The datastore's key stays in its file:" << kept.error().message;
        else if (!QFile::remove(m_places.file))
            qCWarning(keyKeepingLog).noquote() << "The datastore's key is in the keychain; its file"
                                               << m_places.file << "could not be removed.";
        take(std::optional(key));
    });
}

void KeyKeeping::makeUnlessNeeded(const QString &why, const Take &take)
{
    const Result<bool> needed = m_hasSecrets();
    if (!needed)
        return take(failure(needed.error()));
    if (*needed)
        return take(failure(lost(why)));
    const Result<Value> key = DatastoreCipher::newKeyFile();
    if (!key)
        return take(failure(key.error()));
    const QString name = u"datastore key "_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    keep(name, *key, [key = *key, take](const Result<> &kept) {
        if (!kept)
            qCInfo(keyKeepingLog).noquote()
                << "The datastore's key will be in a file:" << kept.error().message;
        take(kept ? std::optional(key) : std::nullopt);
    });
}

void KeyKeeping::keep(const QString &name, const Value &key, Done done)
{
    const QString text = QString::fromStdString(writeJson(key));
    const QPointer<KeyKeeping> self(this);
    m_keychain.keep(name, text, [self, name, text, done = std::move(done)](const Result<> &kept) {
        if (!self)
            return;
        if (!kept)
            return done(kept);
        self->verify(name, text, done);
    });
}

void KeyKeeping::verify(const QString &name, const QString &text, const Done &done)
{
    const QPointer<KeyKeeping> self(this);
    m_keychain.recall(name, [self, name, text, done](const Result<QString> &found) {
        if (!self)
            return;
        if (!found || *found != text)
            return done(failure(ErrorCode::Unavailable,
                                u"The system's keychain does not give back what it was given."_s));
        done(self->mark(name));
    });
}

Result<> KeyKeeping::mark(const QString &name) const
{
    if (keychainNameIn(m_places.marker) == name)
        return {};
    QSaveFile file(m_places.marker);
    const QByteArray text
        = QByteArray::fromStdString(writeJson(Value::map({{"name", name}}), {.indent = 2})) + '\n';
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text) == text.size() && file.commit();
    if (isWritten)
        return {};
    return failure(ErrorCode::Unavailable,
                   u"%1 cannot be written: %2"_s.arg(m_places.marker, file.errorString()));
}

Error KeyKeeping::lost(const QString &why) const
{
    return {
        ErrorCode::Invalid,
        u"Secrets are stored in this data folder, but their key cannot be found: %1. No new key "
        "is made, since it could not open them. Put the key back as %2, or restore the "
        "keychain."_s.arg(why, m_places.file)};
}

void KeyKeeping::putIntoFile(Done done)
{
    const QString name = keychainNameIn(m_places.marker);
    if (name.isEmpty() || QFile::exists(m_places.file))
        return done(name.isEmpty()
                        ? failure(ErrorCode::NotFound, u"The key is not in the keychain."_s)
                        : failure(ErrorCode::Conflict,
                                  u"There is a file %1 already."_s.arg(m_places.file)));
    const QPointer<KeyKeeping> self(this);
    recall(name, [self, name, done = std::move(done)](const Result<std::optional<Value>> &key) {
        if (!self)
            return;
        if (!key || !*key)
            return done(failure(key ? self->lost(u"the keychain has none"_s) : key.error()));
        const Result<> written = writeDatastoreKey(self->m_places.file, **key);
        if (!written)
            return done(written);
        QFile::remove(self->m_places.marker);
        self->m_keychain.forget(name, done);
    });
}

} // namespace stormglass
