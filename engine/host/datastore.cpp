#include "engine/host/datastore.h"

#include "engine/base/json.h"

#include <QFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Result<Value> readKeyFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            ErrorCode::Unavailable,
            u"The datastore's key %1 cannot be read: %2"_s.arg(path, file.errorString()));
    const QByteArray text = file.read(64 * 1024);
    return readJson({text.constData(), static_cast<std::size_t>(text.size())});
}

Result<Value> makeKeyFile(const QString &path)
{
    SG_LET(Value key, DatastoreCipher::newKeyFile());
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(writeJson(key));
    const bool isKept = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text) == text.size() && file.commit();
    if (!isKept)
        return failure(
            ErrorCode::Unavailable,
            u"The datastore's key %1 cannot be written: %2"_s.arg(path, file.errorString()));
    return key;
}

} // namespace

Datastore::Datastore(Database &database, const Clock &clock, QString keyFile, MissingKey missingKey)
    : m_clock(clock)
    , m_keyFile(std::move(keyFile))
    , m_missingKey(missingKey)
    , m_keys(database)
{
}

Result<std::optional<Value>> Datastore::keyValue(std::string_view scope,
                                                 std::string_view name) const
{
    SG_LET(const std::optional<KeyValue> found,
           m_keys.find(u"st2kv."_s + toQString(scope), toQString(name), m_clock.now()));
    return found ? std::optional(Value(found->value)) : std::nullopt;
}

Result<Value> Datastore::decrypt(std::string_view ciphertext) const
{
    SG_LET(const DatastoreCipher *key, cipher());
    SG_LET(const std::string text, key->decrypt(ciphertext));
    return Value(text).markedSecret();
}

Result<std::string> Datastore::encrypt(std::string_view text) const
{
    SG_LET(const DatastoreCipher *key, cipher());
    return key->encrypt(text);
}

Result<const DatastoreCipher *> Datastore::cipher() const
{
    if (!m_cipher) {
        const bool makesIt = m_missingKey == MissingKey::IsMade && !QFile::exists(m_keyFile);
        SG_LET(const Value key, makesIt ? makeKeyFile(m_keyFile) : readKeyFile(m_keyFile));
        SG_LET(m_cipher, DatastoreCipher::fromKeyFile(key));
    }
    return &*m_cipher;
}

} // namespace stormglass
