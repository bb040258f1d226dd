#pragma once

#include "engine/model/key_value.h"
#include "engine/store/database.h"

namespace stormglass {

struct KeyFilter
{
    // `st2kv.system` or `st2kv.user`.
    QString scope = {};
    // What names begin with: a user and a colon in user scope, then what was asked for.
    QString prefix = {};
    QString name = {};
};

// Values of the datastore. What has expired is as good as gone. Thread: its database's.
class KeyValueStore
{
public:
    explicit KeyValueStore(Database &database)
        : m_database(database)
    {
    }

    Result<std::optional<KeyValue>> find(const QString &scope, const QString &name, Timestamp now);
    // Creates or replaces. One that is there keeps its id, unless it has expired.
    Result<> set(const KeyValue &keyValue, Timestamp now);
    // False if there was none.
    Result<bool> remove(const QString &scope, const QString &name, Timestamp now);
    // In the order they were created.
    Result<std::vector<KeyValue>> list(const KeyFilter &filter, Timestamp now, int limit,
                                       std::int64_t offset);
    Result<std::int64_t> count(const KeyFilter &filter, Timestamp now);

    // All secret ones, in the order they were created.
    Result<std::vector<KeyValue>> encrypted();

    // Gives how many went. Call again while it is `limit`.
    Result<int> removeExpired(Timestamp now, int limit);

private:
    Database &m_database;
};

} // namespace stormglass
