#include "tests/conformance/recorded_datastore.h"

#include "engine/secrets/datastore_cipher.h"

namespace stormglass {

Result<std::optional<Value>> RecordedDatastore::keyValue(std::string_view scope,
                                                         std::string_view name) const
{
    const Value *const stored = m_kv[scope].find(name);
    return stored ? std::optional(*stored) : std::nullopt;
}

Result<Value> RecordedDatastore::decrypt(std::string_view ciphertext) const
{
    SG_LET(const DatastoreCipher cipher, DatastoreCipher::fromKeyFile(m_key));
    SG_LET(const std::string plain, cipher.decrypt(ciphertext));
    return Value(plain);
}

} // namespace stormglass
