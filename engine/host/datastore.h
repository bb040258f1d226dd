#pragma once

#include "engine/base/id.h"
#include "engine/expressions/expression.h"
#include "engine/secrets/datastore_cipher.h"
#include "engine/store/key_value_store.h"

#include <optional>

namespace stormglass {

// The datastore as templates and the API see it: stored values, and the key that secret ones are
// encrypted with, which lies in a file of the data folder that only its user can read (StackStorm's
// key format). Thread: engine.
class Datastore final : public Resolver
{
public:
    Datastore(Database &database, const Clock &clock, QString keyFile);

    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override;
    Result<Value> decrypt(std::string_view ciphertext) const override;
    Result<std::string> encrypt(std::string_view text) const;

    KeyValueStore &keys() { return m_keys; }

private:
    // Made on first use; read once.
    Result<const DatastoreCipher *> cipher() const;

    const Clock &m_clock;
    QString m_keyFile;
    mutable KeyValueStore m_keys;
    mutable std::optional<DatastoreCipher> m_cipher;
};

} // namespace stormglass
