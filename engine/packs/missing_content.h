#pragma once

#include "engine/model/pack.h"
#include "engine/store/action_store.h"
#include "engine/store/alias_store.h"
#include "engine/store/policy_store.h"
#include "engine/store/rule_store.h"
#include "engine/store/trigger_store.h"

namespace stormglass {

// Where what content refers to is looked for.
struct ContentStores
{
    ActionStore &actions;
    TriggerStore &triggers;
    RuleStore &rules;
    AliasStore &aliases;
    PolicyStore &policies;
};

// Rules, aliases and policies that refer to an action or a trigger type which is not there, never
// was or has vanished: each as a warning of its own pack, for as long as it is so. Made from what
// is stored when it is asked for, so it holds whatever went, and goes once it is put right. Thread:
// its stores'.
Result<std::vector<PackProblem>> missingContent(const ContentStores &stores);

} // namespace stormglass
