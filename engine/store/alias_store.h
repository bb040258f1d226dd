#pragma once

#include "engine/model/action_alias.h"
#include "engine/store/database.h"

namespace stormglass {

// Action aliases. Thread: its database's.
class AliasStore
{
public:
    explicit AliasStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const ActionAlias &alias);
    Result<> update(const ActionAlias &alias);
    Result<> remove(const Id &id);
    Result<std::optional<ActionAlias>> find(const Id &id);
    Result<std::optional<ActionAlias>> find(const Ref &ref);
    // Of every pack.
    Result<std::vector<ActionAlias>> named(const QString &name);
    // By pack and name.
    Result<std::vector<ActionAlias>> all();
    Result<std::vector<ActionAlias>> ofPack(const QString &pack);

private:
    Database &m_database;
};

} // namespace stormglass
