#include "engine/packs/registrar.h"

#include "engine/base/yaml.h"
#include "engine/packs/pack_config.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <limits>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

template <typename Noun>
QSet<Ref> refsOf(const std::vector<Noun> &nouns)
{
    QSet<Ref> refs;
    for (const Noun &noun : nouns)
        refs << noun.ref;
    return refs;
}

// Readable by its owner alone: there may be secrets in it.
Result<> writeWhole(const QString &path, const std::string &text)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    if (isWritten)
        return {};
    return failure(
        ErrorCode::Unavailable,
        u"%1 cannot be written: %2. Make its folder writable."_s.arg(path, file.errorString()));
}

} // namespace

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
    return PackOrder{folder, m_folders, m_runnerTypes, stamp};
}

Result<Registrar::Summary> Registrar::registerPack(const QString &folder)
{
    SG_LET(PackOrder order, orderFor(folder));
    order.knownStamp.clear();
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

Result<> Registrar::removePack(const QString &ref)
{
    ReadPack nothing;
    nothing.name = ref;
    SG_TRY(removeVanished(Registration(std::move(nothing)), Which::All));
    SG_TRY(m_sinks.packs.remove(ref));
    tellAll();
    return {};
}

Result<> Registrar::removeGone(const QStringList &bases, const QStringList &folders)
{
    SG_LET(const std::vector<Pack> packs, m_sinks.packs.all());
    for (const Pack &pack : packs) {
        const QFileInfo folder(pack.path);
        const QString base = folder.path();
        const bool isOurs = std::any_of(bases.begin(), bases.end(), [&](const QString &each) {
            return QFileInfo(each).absoluteFilePath() == base && QFileInfo(base).isDir();
        });
        if (!isOurs || folders.contains(pack.path))
            continue;
        ReadPack nothing;
        nothing.name = folder.fileName();
        SG_TRY(removeVanished(Registration(std::move(nothing)), Which::FromFiles));
        SG_TRY(m_sinks.packs.remove(pack.ref));
        tellAll();
    }
    return {};
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

Result<> Registrar::saveConfigSchema(const Registration &registration)
{
    const ReadPack &read = registration.read;
    if (!read.configSchema)
        return read.faulty.contains(u"config.schema.yaml"_s)
            ? Result<>()
            : m_sinks.packs.removeConfigSchema(read.name);
    SG_LET(const std::optional<ConfigSchema> known, m_sinks.packs.configSchema(read.name));
    if (known && known->attributes == read.configSchema->attributes)
        return {};
    ConfigSchema schema = *read.configSchema;
    schema.id = known ? known->id : m_ids.make();
    SG_TRY(m_sinks.packs.setConfigSchema(schema));
    m_observer.configChanged(read.name);
    return {};
}

Result<> Registrar::saveConfig(const Registration &registration)
{
    const ReadPack &read = registration.read;
    const QString file = m_folders.configFile(read.name);
    if (file.isEmpty() || read.faulty.contains(file))
        return {};
    SG_LET(const std::optional<PackConfig> known, config(read.name));
    if (!read.config) {
        if (!known)
            return {};
        m_observer.configChanged(read.name);
        return m_sinks.packs.removeConfig(read.name);
    }
    if (known && known->values == *read.config)
        return {};
    const Value attributes = read.configSchema ? read.configSchema->attributes : Value();
    return keepConfig(read.name, attributes, *read.config);
}

Result<> Registrar::keepConfig(const QString &pack, const Value &attributes, const Value &values)
{
    const Encrypt encrypt = m_encrypt ? m_encrypt : [](std::string_view) -> Result<std::string> {
        return failure(ErrorCode::Internal, u"There is no key to keep secrets with."_s);
    };
    SG_LET(Value sealed, withSecretsSealed(attributes, values, encrypt));
    SG_TRY(m_sinks.packs.setConfig({m_ids.make(), pack, std::move(sealed)}));
    m_observer.configChanged(pack);
    return {};
}

Result<std::optional<PackConfig>> Registrar::config(const QString &pack)
{
    SG_LET(std::optional<PackConfig> kept, m_sinks.packs.config(pack));
    if (!kept || !m_decrypt)
        return kept;
    SG_LET(kept->values, withSecretsOpened(kept->values, m_decrypt));
    return kept;
}

Result<PackConfig> Registrar::putConfig(const QString &pack, const Value &values)
{
    SG_LET(const std::optional<Pack> known, m_sinks.packs.find(pack));
    const QString file = m_folders.configFile(pack);
    if (!known || file.isEmpty())
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with pack_ref \"%1\"."_s.arg(pack));
    SG_LET(const std::optional<ConfigSchema> schema, m_sinks.packs.configSchema(pack));
    const Value attributes = schema ? schema->attributes : Value();
    SG_TRY(checkedConfig(pack, attributes, values, file));
    SG_TRY(writeWhole(file, writeYaml(values)));
    SG_TRY(keepConfig(pack, attributes, values));
    SG_LET(std::optional<PackConfig> kept, config(pack));
    if (!kept)
        return failure(ErrorCode::Internal, u"The configuration of %1 was not kept."_s.arg(pack));
    return std::move(*kept);
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

// Of the pack's content in a store what no file describes any more; what was made through the API
// has no file to vanish.
template <typename Store>
Result<> Registrar::removeOthers(Store &store, const Registration &registration, Which which,
                                 const QSet<Ref> &kept)
{
    SG_LET(const auto stored, store.ofPack(registration.read.name));
    for (const auto &noun : stored) {
        const bool isGone = which == Which::All || !noun.metadataFile.isEmpty();
        if (isGone && !kept.contains(noun.ref)
            && !registration.read.faulty.contains(noun.metadataFile))
            SG_TRY(store.remove(noun.id));
    }
    return {};
}

Result<> Registrar::removeVanished(const Registration &registration, Which which)
{
    const ReadPack &read = registration.read;
    const QSet<Ref> ruleRefs = refsOf(read.rules);
    SG_LET(const std::vector<Rule> rules, m_sinks.rules.ofPack(read.name));
    for (const Rule &rule : rules) {
        const bool isGone = which == Which::All || !rule.metadataFile.isEmpty();
        if (isGone && !ruleRefs.contains(rule.ref) && !read.faulty.contains(rule.metadataFile))
            SG_TRY(m_rules.remove(rule));
    }
    SG_TRY(removeOthers(m_sinks.actions, registration, which, refsOf(read.actions)));
    SG_TRY(removeOthers(m_sinks.aliases, registration, which, refsOf(read.aliases)));
    SG_TRY(removeOthers(m_sinks.policies, registration, which, refsOf(read.policies)));
    const QSet<Ref> sensorRefs = refsOf(read.sensors);
    SG_LET(const std::vector<SensorType> sensors, m_sinks.sensors.ofPack(read.name));
    for (const SensorType &sensor : sensors) {
        if (sensorRefs.contains(sensor.ref) || read.faulty.contains(sensor.metadataFile))
            continue;
        SG_TRY(m_sinks.sensors.remove(sensor.id));
        m_observer.sensorRemoved(sensor);
    }
    const QSet<Ref> typeRefs = refsOf(read.triggerTypes);
    SG_LET(const std::vector<TriggerType> types, m_sinks.triggers.typesOfPack(read.name));
    for (const TriggerType &type : types) {
        // The engine's own have no file.
        const bool isBuiltIn = type.metadataFile.isEmpty();
        if (!isBuiltIn && !typeRefs.contains(type.ref) && !read.faulty.contains(type.metadataFile))
            SG_TRY(m_triggers.removeType(type));
    }
    return {};
}

} // namespace stormglass
