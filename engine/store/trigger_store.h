#pragma once

#include "engine/model/trigger.h"
#include "engine/store/database.h"

namespace stormglass {

// Trigger types, and the triggers made of them. Thread: its database's.
class TriggerStore
{
public:
    explicit TriggerStore(Database &database)
        : m_database(database)
    {
    }

    Result<> addType(const TriggerType &type);
    Result<> updateType(const TriggerType &type);
    Result<> removeType(const Id &id);
    Result<std::optional<TriggerType>> type(const Id &id);
    Result<std::optional<TriggerType>> type(const Ref &ref);
    Result<std::vector<TriggerType>> types();
    Result<std::vector<TriggerType>> typesOfPack(const QString &pack);
    // Of all, in no order.
    Result<std::vector<Ref>> typeRefs();

    Result<> add(const Trigger &trigger);
    Result<> update(const Trigger &trigger);
    Result<> remove(const Id &id);
    Result<std::optional<Trigger>> find(const Id &id);
    Result<std::optional<Trigger>> find(const Ref &ref);
    // Parameters are compared without regard to the order of keys.
    Result<std::optional<Trigger>> find(const Ref &type, const Value &parameters);
    Result<std::vector<Trigger>> all();
    Result<std::vector<Trigger>> ofType(const Ref &type);
    // One more or one less rule uses it; gives how many do now.
    Result<int> changeReferences(const Id &id, int difference);

private:
    Database &m_database;
};

} // namespace stormglass
