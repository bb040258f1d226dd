#pragma once

#include "engine/model/action.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class ActionStore
{
public:
    explicit ActionStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Action &action);
    Result<> update(const Action &action);
    Result<> remove(const Id &id);
    Result<std::optional<Action>> find(const Id &id);
    Result<std::optional<Action>> find(const Ref &ref);
    // By pack and name.
    Result<std::vector<Action>> all();
    Result<std::vector<Action>> ofPack(const QString &pack);
    // Of all, in no order.
    Result<std::vector<Ref>> refs();

private:
    Database &m_database;
};

} // namespace stormglass
