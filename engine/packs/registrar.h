#pragma once

#include "engine/packs/pack_reading.h"
#include "engine/packs/registration.h"
#include "engine/packs/rule_registry.h"
#include "engine/packs/sealed_values.h"
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

    // Where configurations and overrides are; without it there are none.
    void setFolders(ContentFolders folders) { m_folders = std::move(folders); }
    // What secrets of configurations are kept with; without it none can be kept.
    void setSeal(Encrypt encrypt, Decrypt decrypt);

    using Summary = Registration::Summary;
    // All at once. Invalid only if pack.yaml itself is at fault; that is remembered as a problem
    // too.
    Result<Summary> registerPack(const QString &folder);
    // With all its content.
    Result<> removePack(const QString &ref);

    // The same in parts, for who must not be held up: an order to be read elsewhere; what was read
    // into rows, as many as are left of `most`, until it is done (true); rules when the trigger
    // types of all packs are there; then the end.
    Result<PackOrder> orderFor(const QString &folder);
    // Orders are numbered as they are made.
    std::uint64_t lastOrder() const { return m_lastOrder; }
    // Whether the pack was registered or removed in one go since it was ordered to be read.
    bool isOvertaken(const ReadPack &read) const;
    Result<bool> takeContent(Registration &registration, std::size_t &most);
    Result<bool> takeRules(Registration &registration, std::size_t &most);
    Result<> finish(Registration &registration);

    // Values as a request gives them: checked, written to the pack's file, kept.
    Result<PackConfig> putConfig(const QString &pack, const Value &values);
    // As it was given, secrets in clear; none if the pack has no configuration.
    Result<std::optional<PackConfig>> config(const QString &pack);

    // Folders below that hold a pack.yaml, by name.
    static QStringList packFoldersIn(const QString &base);
    // Of several bases; the first that has a pack of a name wins.
    static QStringList packFoldersIn(const QStringList &bases);
    // Packs that were in one of the bases and are not among the folders any more. A base that is
    // not there at all has lost nothing.
    Result<std::vector<Pack>> gone(const QStringList &bases, const QStringList &folders);
    // With what its files described.
    Result<> removeGone(const Pack &pack);
    // Of folders that are gone and never were a pack.
    Result<> forgetProblems(const QStringList &folders);

private:
    Result<> savePack(Pack pack);
    Result<> saveConfigSchema(const Registration &registration);
    Result<> saveConfig(const Registration &registration);
    Result<> keepConfig(const QString &pack, const Value &attributes, const Value &values);
    Result<> saveSensor(SensorType sensor);
    Result<> saveAlias(Registration &registration, ActionAlias alias);
    Result<> savePolicy(Policy policy);
    enum class Which { All, FromFiles };
    Result<> removeVanished(const Registration &registration, Which which);
    template <typename Store, typename Noun>
    Result<> save(Store &store, Noun noun);
    template <typename Store>
    Result<> removeOthers(Store &store, const Registration &registration, Which which,
                          const QSet<Ref> &kept);
    void tellAll();

    IdGenerator &m_ids;
    Sinks m_sinks;
    TriggerRegistry &m_triggers;
    RuleRegistry &m_rules;
    ContentObserver &m_observer;
    ContentFolders m_folders;
    Encrypt m_encrypt;
    Decrypt m_decrypt;
    // Made once: they do not change while the engine runs.
    std::shared_ptr<const RunnerTypesByName> m_runnerTypes;
    std::uint64_t m_lastOrder = 0;
    // Pack → the last order that was overtaken.
    QHash<QString, std::uint64_t> m_overtaken;
};

} // namespace stormglass
