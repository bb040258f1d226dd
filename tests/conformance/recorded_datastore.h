#pragma once

#include "engine/expressions/expression.h"

namespace stormglass {

// The datastore of a recorded case: `kv` with `system` and `user`, and `crypto_key`.
class RecordedDatastore final : public Resolver
{
public:
    explicit RecordedDatastore(const Value &recorded)
        : m_kv(recorded["kv"])
        , m_key(recorded["crypto_key"])
    {
    }
    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override;
    Result<Value> decrypt(std::string_view ciphertext) const override;

private:
    const Value m_kv;
    const Value m_key;
};

} // namespace stormglass
