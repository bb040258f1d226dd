#include "engine/host/datastore.h"

#include "engine/host/datastore_key.h"
#include "engine/secrets/key_keeping.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

Datastore::Datastore(Database &database, const Clock &clock, KeySource key)
    : m_database(database)
    , m_clock(clock)
    , m_source(std::move(key))
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
        SG_LET(const Value found, key());
        SG_LET(m_cipher, DatastoreCipher::fromKeyFile(found));
    }
    return &*m_cipher;
}

Result<Value> Datastore::key() const
{
    if (!m_source.given.isNull())
        return m_source.given;
    if (QFile::exists(m_source.file))
        return readDatastoreKey(m_source.file);
    if (const QString name = keychainNameIn(m_source.marker); !name.isEmpty())
        return failure(
            ErrorCode::Invalid,
            u"The datastore's key is in the keychain of the user who ran the console, as \"%1\". "
            "`stormglass --key-to-file` puts it into %2."_s.arg(name, m_source.file));
    return newKey();
}

// No other could open what is stored already.
Result<Value> Datastore::newKey() const
{
    if (m_source.missing == KeySource::Missing::IsMissed)
        return failure(ErrorCode::Invalid,
                       u"Crypto key not found in %1. Unable to encrypt / decrypt values."_s.arg(
                           m_source.file));
    SG_LET(const bool isNeeded, hasStoredSecrets(m_database));
    if (isNeeded)
        return failure(
            ErrorCode::Invalid,
            u"Secrets are stored, but their key is not in %1. Put the key back there; another one "
            "could not open them."_s.arg(m_source.file));
    return makeDatastoreKey(m_source.file);
}

} // namespace stormglass
