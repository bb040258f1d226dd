#pragma once

#include "engine/model/rule.h"
#include "engine/store/database.h"

namespace stormglass {

// Thread: its database's.
class RuleStore
{
public:
    explicit RuleStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Rule &rule);
    Result<> update(const Rule &rule);
    Result<> setState(const Id &id, RuleState state, Timestamp changed);
    Result<> remove(const Id &id);
    // NotFound if there is none.
    Result<Rule> get(const Id &id);
    Result<std::optional<Rule>> find(const Id &id);
    Result<std::optional<Rule>> find(const Ref &ref);
    // By pack and name.
    Result<std::vector<Rule>> all();
    Result<std::vector<Rule>> ofPack(const QString &pack);
    Result<std::vector<Rule>> ofTrigger(const Id &trigger);
    Result<std::vector<Rule>> ofTriggerType(const Ref &type);
    Result<std::vector<Rule>> ofAction(const Ref &action);

private:
    Database &m_database;
};

} // namespace stormglass
