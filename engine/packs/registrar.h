#pragma once

#include "engine/packs/content_files.h"
#include "engine/packs/rule_registry.h"
#include "engine/store/action_store.h"
#include "engine/store/alias_store.h"
#include "engine/store/pack_store.h"
#include "engine/store/policy_store.h"
#include "engine/store/runner_type_store.h"
#include "engine/store/sensor_type_store.h"

#include <QSet>

namespace stormglass {

// A pack's folder into rows: read, validated, saved; what vanished from it removed. A file that is
// at fault keeps out only itself, and is remembered as a problem of the pack. Thread: engine.
class Registrar
{
public:
    struct Sinks
    {
        PackStore &packs;
        ActionStore &actions;
        RunnerTypeStore &runnerTypes;
        SensorTypeStore &sensors;
        TriggerStore &triggers;
        RuleStore &rules;
        AliasStore &aliases;
        PolicyStore &policies;
    };

    Registrar(IdGenerator &ids, Sinks sinks, TriggerRegistry &triggers, RuleRegistry &rules,
              ContentObserver &observer);

    // How much of each kind is there now.
    struct Summary
    {
        int actions = 0;
        int rules = 0;
        int sensors = 0;
        int triggerTypes = 0;
        int aliases = 0;
        int policies = 0;
        std::vector<PackProblem> problems;
    };
    // Invalid only if pack.yaml itself is at fault; that is remembered as a problem too.
    Result<Summary> registerPack(const QString &folder);
    // With all its content.
    Result<> removePack(const QString &ref);

    // Folders below that hold a pack.yaml, by name.
    static QStringList packFoldersIn(const QString &base);

private:
    struct Run;

    Result<Pack> readPack(const QString &folder);
    Result<> savePack(Pack pack);
    Result<> registerTriggerTypes(Run &run);
    Result<> registerSensors(Run &run);
    Result<> registerActions(Run &run);
    Result<> registerRules(Run &run);
    Result<> registerAliases(Run &run);
    Result<> registerPolicies(Run &run);
    Result<> removeVanished(const Run &run);
    template <typename Take>
    Result<> eachFile(Run &run, const QString &kind, Take take);
    template <typename Store, typename Noun>
    Result<> save(Store &store, Noun noun);
    template <typename Store>
    Result<> removeOthers(Store &store, const Run &run, const QSet<Ref> &kept);

    IdGenerator &m_ids;
    Sinks m_sinks;
    TriggerRegistry &m_triggers;
    RuleRegistry &m_rules;
    ContentObserver &m_observer;
};

} // namespace stormglass
