#pragma once

#include "engine/model/policy.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class PolicyStore
{
public:
    explicit PolicyStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Policy &policy);
    Result<> update(const Policy &policy);
    Result<> remove(const Id &id);
    Result<std::optional<Policy>> find(const Id &id);
    Result<std::optional<Policy>> find(const Ref &ref);
    // By pack and name.
    Result<std::vector<Policy>> all();
    Result<std::vector<Policy>> ofPack(const QString &pack);
    // Those about an action, in the order they were added.
    Result<std::vector<Policy>> ofResource(const Ref &action);

private:
    Database &m_database;
};

} // namespace stormglass
