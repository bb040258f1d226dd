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

Result<std::optional<Value>> RecordedDatastore::taskExecution(std::string_view workflowExecution,
                                                              std::string_view task,
                                                              std::int64_t route) const
{
    std::optional<Value> latest;
    for (const Value &stored : m_tasks.itemsOrNone()) {
        const bool isIt = stored["workflow_execution"] == Value(workflowExecution)
            && stored["task_id"] == Value(task) && stored["task_route"] == Value(route);
        if (isIt
            && (!latest || (*latest)["start_timestamp"].text() <= stored["start_timestamp"].text()))
            latest = stored;
    }
    return latest;
}

} // namespace stormglass
