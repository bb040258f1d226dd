#include "engine/packs/registrar.h"

#include <QDir>
#include <QFileInfo>

#include <limits>

using namespace Qt::StringLiterals;

namespace stormglass {

Registrar::Registrar(IdGenerator &ids, Sinks sinks, TriggerRegistry &triggers, RuleRegistry &rules,
                     ContentObserver &observer)
    : m_ids(ids)
    , m_sinks(sinks)
    , m_triggers(triggers)
    , m_rules(rules)
    , m_observer(observer)
{
}

void Registrar::setSeal(Encrypt encrypt, Decrypt decrypt)
{
    m_encrypt = std::move(encrypt);
    m_decrypt = std::move(decrypt);
}

QStringList Registrar::packFoldersIn(const QString &base)
{
    QStringList folders;
    for (const QFileInfo &entry :
         QDir(base).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (entry.fileName() != u"__pycache__"_s
            && QFileInfo::exists(entry.filePath() + u"/pack.yaml"_s))
            folders << entry.absoluteFilePath();
    }
    return folders;
}

QStringList Registrar::packFoldersIn(const QStringList &bases)
{
    QStringList folders;
    QSet<QString> names;
    for (const QString &base : bases) {
        for (const QString &folder : packFoldersIn(base)) {
            const QString name = QFileInfo(folder).fileName();
            if (names.contains(name))
                continue;
            names << name;
            folders << folder;
        }
    }
    return folders;
}

Result<PackOrder> Registrar::orderFor(const QString &folder)
{
    if (!m_runnerTypes) {
        SG_LET(const std::vector<RunnerType> types, m_sinks.runnerTypes.all());
        auto byName = std::make_shared<RunnerTypesByName>();
        for (const RunnerType &type : types)
            byName->insert(type.name, type);
        m_runnerTypes = std::move(byName);
    }
    SG_LET(const QString stamp, m_sinks.packs.stamp(QFileInfo(folder).fileName()));
    return PackOrder{folder, m_folders, m_runnerTypes, stamp, ++m_lastOrder};
}

bool Registrar::isOvertaken(const ReadPack &read) const
{
    return read.order <= m_overtaken.value(read.name, 0);
}

Result<Registrar::Summary> Registrar::registerPack(const QString &folder)
{
    SG_LET(PackOrder order, orderFor(folder));
    order.knownStamp.clear();
    m_overtaken.insert(QFileInfo(folder).fileName(), order.number);
    Registration registration(readPack(order));
    std::size_t all = std::numeric_limits<std::size_t>::max();
    SG_TRY(takeContent(registration, all));
    SG_TRY(takeRules(registration, all));
    SG_TRY(finish(registration));
    if (registration.read.pack)
        return registration.summary();
    const PackProblem &problem = registration.read.problems.back();
    return failure(ErrorCode::Invalid, problem.message);
}

Result<bool> Registrar::takeContent(Registration &registration, std::size_t &most)
{
    ReadPack &read = registration.read;
    if (!read.pack)
        return true;
    if (!registration.hasBegun) {
        registration.hasBegun = true;
        // Until the last of it is there, its rows are not what its files say.
        SG_TRY(m_sinks.packs.setStamp(read.name, {}));
        SG_TRY(savePack(*read.pack));
        SG_TRY(saveConfigSchema(registration));
        SG_TRY(saveConfig(registration));
    }
    auto &next = registration.next;
    SG_LET(const bool hasTypes,
           registration.drain(read.triggerTypes, next.triggerTypes, most,
                              [&](TriggerType &type) { return m_triggers.saveType(type); }));
    SG_LET(const bool hasSensors,
           registration.drain(read.sensors, next.sensors, most,
                              [&](SensorType &sensor) { return saveSensor(sensor); }));
    SG_LET(const bool hasActions,
           registration.drain(read.actions, next.actions, most,
                              [&](Action &action) { return save(m_sinks.actions, action); }));
    SG_LET(const bool hasAliases,
           registration.drain(read.aliases, next.aliases, most,
                              [&](ActionAlias &alias) { return saveAlias(registration, alias); }));
    SG_LET(const bool hasPolicies,
           registration.drain(read.policies, next.policies, most,
                              [&](Policy &policy) { return savePolicy(policy); }));
    return hasTypes && hasSensors && hasActions && hasAliases && hasPolicies;
}

Result<bool> Registrar::takeRules(Registration &registration, std::size_t &most)
{
    const qsizetype faulty = registration.read.faulty.size();
    SG_LET(const bool isDone,
           registration.drain(registration.read.rules, registration.next.rules, most,
                              [&](const Rule &rule) -> Result<> {
                                  SG_TRY(m_rules.save(rule));
                                  return {};
                              }));
    registration.hasRefusedRules
        = registration.hasRefusedRules || registration.read.faulty.size() > faulty;
    return isDone;
}

Result<> Registrar::finish(Registration &registration)
{
    const ReadPack &read = registration.read;
    if (read.pack)
        SG_TRY(removeVanished(registration, Which::FromFiles));
    SG_TRY(m_sinks.packs.setProblems(read.name, read.problems));
    const bool isSettled = read.pack && !registration.hasRefusedRules;
    SG_TRY(m_sinks.packs.setStamp(read.name, isSettled ? read.stamp : QString()));
    tellAll();
    return {};
}

void Registrar::tellAll()
{
    m_observer.actionsChanged();
    m_observer.aliasesChanged();
    m_observer.policiesChanged();
}

Result<> Registrar::savePack(Pack pack)
{
    SG_LET(const std::optional<Pack> known, m_sinks.packs.find(pack.ref));
    if (!known) {
        pack.id = m_ids.make();
        return m_sinks.packs.add(pack);
    }
    pack.id = known->id;
    return pack == *known ? Result<>() : m_sinks.packs.update(pack);
}

Result<> Registrar::saveSensor(SensorType sensor)
{
    SG_LET(const std::optional<SensorType> known, m_sinks.sensors.find(sensor.ref));
    sensor.id = known ? known->id : m_ids.make();
    if (known && sensor == *known)
        return {};
    SG_TRY(known ? m_sinks.sensors.update(sensor) : m_sinks.sensors.add(sensor));
    m_observer.sensorSaved(sensor);
    return {};
}

// Chat cannot tell an alias from another of its name.
Result<> Registrar::saveAlias(Registration &registration, ActionAlias alias)
{
    SG_LET(const std::vector<ActionAlias> sameName, m_sinks.aliases.named(alias.ref.name));
    for (const ActionAlias &other : sameName) {
        if (other.ref != alias.ref)
            registration.read.warn(
                alias.metadataFile,
                {u"The alias \"%1\" has the same name: executions that give a name alone get "
                 "the first pack's."_s.arg(other.ref.text())});
    }
    return save(m_sinks.aliases, std::move(alias));
}

// One policy of a type an action: two would not know of each other.
Result<> Registrar::savePolicy(Policy policy)
{
    SG_LET(const std::vector<Policy> others, m_sinks.policies.ofResource(policy.resource));
    for (const Policy &other : others) {
        if (other.policyType == policy.policyType && other.ref != policy.ref)
            return failure(Error{ErrorCode::Conflict,
                                 u"The policy %1 is of type %2 and about %3 already."_s.arg(
                                     other.ref.text(), other.policyType, other.resource.text()),
                                 u"StackStormDBObjectConflictError"_s, u"policy_type"_s});
    }
    return save(m_sinks.policies, std::move(policy));
}

// Adds it, or replaces the one of the same ref, unless nothing changed.
template <typename Store, typename Noun>
Result<> Registrar::save(Store &store, Noun noun)
{
    SG_LET(const std::optional<Noun> known, store.find(noun.ref));
    noun.id = known ? known->id : m_ids.make();
    if (known && noun == *known)
        return {};
    return known ? store.update(noun) : store.add(noun);
}

} // namespace stormglass
