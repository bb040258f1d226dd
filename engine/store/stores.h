#pragma once

#include "engine/store/action_store.h"
#include "engine/store/alias_store.h"
#include "engine/store/enforcement_store.h"
#include "engine/store/execution_store.h"
#include "engine/store/output_store.h"
#include "engine/store/pack_store.h"
#include "engine/store/policy_store.h"
#include "engine/store/rule_store.h"
#include "engine/store/runner_type_store.h"
#include "engine/store/trace_store.h"
#include "engine/store/trigger_instance_store.h"
#include "engine/store/trigger_store.h"
#include "engine/store/verdict_store.h"

namespace stormglass {

// Every store over one connection, for those who need many. Thread: the connection's.
struct Stores
{
    explicit Stores(Database &connection)
        : database(connection)
        , packs(connection)
        , runnerTypes(connection)
        , actions(connection)
        , triggers(connection)
        , triggerInstances(connection)
        , rules(connection)
        , verdicts(connection)
        , enforcements(connection)
        , recentExecutions(connection)
        , executions(connection, &recentExecutions)
        , output(connection)
        , traces(connection)
        , aliases(connection)
        , policies(connection)
    {
    }

    Database &database;
    PackStore packs;
    RunnerTypeStore runnerTypes;
    ActionStore actions;
    TriggerStore triggers;
    TriggerInstanceStore triggerInstances;
    RuleStore rules;
    VerdictStore verdicts;
    EnforcementStore enforcements;
    RecentExecutions recentExecutions;
    ExecutionStore executions;
    OutputStore output;
    TraceStore traces;
    AliasStore aliases;
    PolicyStore policies;
};

} // namespace stormglass
