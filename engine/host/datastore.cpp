#include "engine/host/datastore.h"

#include "engine/host/datastore_key.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
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
        const bool isThere = QFile::exists(m_keyFile);
        if (!isThere && m_missingKey == MissingKey::IsMissed)
            return failure(ErrorCode::Invalid,
                           u"Crypto key not found in %1. Unable to encrypt / decrypt values."_s.arg(
                               m_keyFile));
        SG_LET(const Value key,
               isThere ? readDatastoreKey(m_keyFile) : makeDatastoreKey(m_keyFile));
        SG_LET(m_cipher, DatastoreCipher::fromKeyFile(key));
    }
    return &*m_cipher;
}

} // namespace stormglass
