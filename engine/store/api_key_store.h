#pragma once

#include "engine/model/access.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class ApiKeyStore
{
public:
    explicit ApiKeyStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const ApiKey &key);
    // User, metadata, enabled; the hash stays.
    Result<> update(const ApiKey &key);
    Result<> remove(const Id &id);
    Result<std::optional<ApiKey>> find(const Id &id);
    Result<std::optional<ApiKey>> find(const QString &hash);
    // In the order they were created; of one user, or of all.
    Result<std::vector<ApiKey>> list(const QString &user, int limit, std::int64_t offset);
    Result<std::int64_t> count(const QString &user);

private:
    Database &m_database;
};

} // namespace stormglass
