#pragma once

#include "engine/model/action.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class RunnerTypeStore
{
public:
    explicit RunnerTypeStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const RunnerType &type);
    Result<> update(const RunnerType &type);
    Result<std::optional<RunnerType>> find(const Id &id);
    // `_` may stand for `-`.
    Result<std::optional<RunnerType>> find(const QString &name);
    // By name.
    Result<std::vector<RunnerType>> all();

private:
    Database &m_database;
};

} // namespace stormglass
