#pragma once

#include "engine/base/id.h"
#include "engine/expressions/expression.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/store/key_value_store.h"

#include <optional>

namespace stormglass {

// Where the key comes from.
struct KeySource
{
    // Where there is no key yet: the engine makes one, unless an operator named another; a reader
    // has nothing to decrypt.
    enum class Missing { IsMade, IsMissed };

    QString file;
    // Beside it, where the key is in a keychain.
    QString marker;
    Missing missing = Missing::IsMissed;
    // From that keychain; no file is looked for then.
    Value given = {};
};

// The datastore as templates and the API see it: stored values, and the key that secret ones are
// encrypted with, which lies in a file that only its user can read (datastore_key.h). Thread: its
// database's.
class Datastore final : public Resolver
{
public:
    Datastore(Database &database, const Clock &clock, KeySource key);

    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override;
    Result<Value> decrypt(std::string_view ciphertext) const override;
    Result<std::string> encrypt(std::string_view text) const;

    KeyValueStore &keys() { return m_keys; }

private:
    // Read once, on first use.
    Result<const DatastoreCipher *> cipher() const;
    Result<Value> key() const;
    Result<Value> newKey() const;

    Database &m_database;
    const Clock &m_clock;
    const KeySource m_source;
    mutable KeyValueStore m_keys;
    mutable std::optional<DatastoreCipher> m_cipher;
};

} // namespace stormglass
