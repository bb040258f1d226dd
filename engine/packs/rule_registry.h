#pragma once

#include "engine/packs/trigger_registry.h"
#include "engine/store/rule_store.h"

namespace stormglass {

// Rules as they are saved and removed, from files and from the API, with the triggers they need.
// Thread: engine.
class RuleRegistry
{
public:
    RuleRegistry(IdGenerator &ids, RuleStore &store, TriggerRegistry &triggers,
                 ContentObserver &observer);

    // A new rule; Conflict if its ref is taken.
    Result<Rule> create(Rule rule);
    // Replaces the rule with that id.
    Result<Rule> replace(const Id &id, Rule rule);
    // Adds it, or replaces the one of the same ref, unless nothing changed.
    Result<Rule> save(Rule rule);
    Result<> setState(const Id &id, RuleState state);
    Result<> remove(const Rule &rule);

private:
    Result<> resolve(Rule &rule);

    IdGenerator &m_ids;
    RuleStore &m_store;
    TriggerRegistry &m_triggers;
    ContentObserver &m_observer;
};

} // namespace stormglass
