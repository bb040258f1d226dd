#pragma once

#include "engine/packs/trigger_registry.h"
#include "engine/store/rule_store.h"

#include <functional>

namespace stormglass {

// Rules as they are saved and removed, from files and from the API, with the triggers they need.
// Thread: engine.
class RuleRegistry
{
public:
    // Refuses a rule that could never do what its author meant.
    using Check = std::function<Result<>(const Rule &)>;

    RuleRegistry(const Clock &clock, IdGenerator &ids, RuleStore &store, TriggerRegistry &triggers,
                 ContentObserver &observer, Check check);

    // A new rule; Conflict if its ref is taken.
    Result<Rule> create(Rule rule);
    // Replaces the rule with that id.
    Result<Rule> replace(const Id &id, Rule rule);
    // From a file: adds it, or replaces the one of the same ref, unless nothing changed. A state
    // that a person chose stays until the file says another than it did.
    Result<Rule> save(Rule rule);
    Result<> setState(const Id &id, RuleState state);
    Result<> remove(const Rule &rule);

private:
    // Checked, with the trigger it stands for.
    Result<> resolve(Rule &rule);
    // Rules whose trigger went with its type wait for it again.
    Result<> bindAgain(const Ref &triggerType);

    const Clock &m_clock;
    IdGenerator &m_ids;
    RuleStore &m_store;
    TriggerRegistry &m_triggers;
    ContentObserver &m_observer;
    Check m_check;
};

} // namespace stormglass
