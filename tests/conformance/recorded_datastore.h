#pragma once

#include "engine/expressions/expression.h"

namespace stormglass {

// The datastore of a recorded case: `kv` with `system` and `user`, and `crypto_key`; its stored
// `task_executions` too.
class RecordedDatastore final : public Resolver
{
public:
    explicit RecordedDatastore(const Value &recorded)
        : m_kv(recorded["kv"])
        , m_key(recorded["crypto_key"])
        , m_tasks(recorded["task_executions"])
    {
    }
    Result<std::optional<Value>> keyValue(std::string_view scope,
                                          std::string_view name) const override;
    Result<Value> decrypt(std::string_view ciphertext) const override;
    Result<std::optional<Value>> taskExecution(std::string_view workflowExecution,
                                               std::string_view task,
                                               std::int64_t route) const override;

private:
    const Value m_kv;
    const Value m_key;
    const Value m_tasks;
};

} // namespace stormglass
