#include "engine/packs/registrar.h"

#include "engine/aliases/alias_book.h"
#include "engine/base/yaml_place.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int mostFilesListed = 20'000;

// YAML that cannot be read says where; for the rest the file is asked where the value stands.
int lineIn(const Error &error, const QString &path)
{
    bool isNumber = false;
    const int line = error.place.section(u':', 0, 0).toInt(&isNumber);
    if (isNumber || error.place.isEmpty())
        return line;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    return yamlLineAt({text.constData(), static_cast<std::size_t>(text.size())}, error.place);
}

QStringList filesOf(const QString &folder)
{
    QStringList files;
    QDirIterator entries(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext() && files.size() < mostFilesListed) {
        const QString path = entries.next().mid(folder.size() + 1);
        if (!path.startsWith(u".git/") && !path.endsWith(u".pyc"))
            files << path;
    }
    files.sort();
    return files;
}

// A format that no command can match, and a name that chat cannot tell from another's.
Result<QStringList> warningsOf(const ActionAlias &alias, AliasStore &aliases)
{
    QStringList warnings;
    const AliasBook book({alias});
    for (const AliasProblem &problem : book.problems())
        warnings << u"The format \"%1\" is left out. %2"_s.arg(problem.representation,
                                                               problem.reason);
    SG_LET(const std::vector<ActionAlias> sameName, aliases.named(alias.ref.name));
    for (const ActionAlias &other : sameName) {
        if (other.ref != alias.ref)
            warnings
                << u"The alias \"%1\" has the same name: executions that give a name alone get "
                   "the first pack's."_s.arg(other.ref.text());
    }
    return warnings;
}

} // namespace

// What one registration of one pack found.
struct Registrar::Run
{
    QString folder;
    // Content is keyed by the folder's name (content.md 3.1).
    QString name;
    Summary summary = {};
    QSet<Ref> triggerTypes = {};
    QSet<Ref> sensors = {};
    QSet<Ref> actions = {};
    QSet<Ref> rules = {};
    QSet<Ref> aliases = {};
    QSet<Ref> policies = {};

    // Files that are there and cannot be taken: what they described before stays as it was.
    QSet<QString> faulty = {};

    bool keeps(const QString &metadataFile) const { return faulty.contains(metadataFile); }

    void addProblem(const QString &file, const Error &error)
    {
        faulty << file;
        summary.problems.push_back(
            {name, file, lineIn(error, folder + u'/' + file), error.message, false});
    }

    void addWarnings(const QString &file, const QStringList &warnings)
    {
        for (const QString &warning : warnings)
            summary.problems.push_back({name, file, 0, warning, true});
    }
};

Registrar::Registrar(IdGenerator &ids, Sinks sinks, TriggerRegistry &triggers, RuleRegistry &rules,
                     ContentObserver &observer)
    : m_ids(ids)
    , m_sinks(sinks)
    , m_triggers(triggers)
    , m_rules(rules)
    , m_observer(observer)
{
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

Result<Registrar::Summary> Registrar::registerPack(const QString &folder)
{
    Run run{folder, QFileInfo(folder).fileName()};
    Result<Pack> pack = readPack(folder);
    if (!pack) {
        run.addProblem(u"pack.yaml"_s, pack.error());
        SG_TRY(m_sinks.packs.setProblems(run.name, run.summary.problems));
        return failure(pack.error());
    }
    SG_TRY(savePack(std::move(*pack)));
    SG_TRY(registerTriggerTypes(run));
    SG_TRY(registerSensors(run));
    SG_TRY(registerActions(run));
    SG_TRY(registerRules(run));
    SG_TRY(registerAliases(run));
    SG_TRY(registerPolicies(run));
    SG_TRY(removeVanished(run));
    SG_TRY(m_sinks.packs.setProblems(run.name, run.summary.problems));
    m_observer.actionsChanged();
    m_observer.aliasesChanged();
    m_observer.policiesChanged();
    return run.summary;
}

Result<> Registrar::removePack(const QString &ref)
{
    const Run nothing{{}, ref};
    SG_TRY(removeVanished(nothing));
    SG_TRY(m_sinks.packs.remove(ref));
    m_observer.actionsChanged();
    m_observer.aliasesChanged();
    m_observer.policiesChanged();
    return {};
}

Result<Pack> Registrar::readPack(const QString &folder)
{
    const QString directory = QFileInfo(folder).fileName();
    SG_LET(const MetadataFile file, readMapping(folder, u"pack.yaml"_s));
    SG_LET(Pack pack, packFromFile(file, directory));
    pack.files = filesOf(folder);
    pack.path = folder;
    return pack;
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

// Every file of a kind: what `take` refuses is a problem of that file, trouble ends the whole.
template <typename Take>
Result<> Registrar::eachFile(Run &run, const QString &kind, Take take)
{
    for (const QString &path : metadataFilesIn(run.folder, kind)) {
        const Result<MetadataFile> file = readMetadataFile(run.folder, path, run.name);
        if (!file) {
            run.addProblem(path, file.error());
            continue;
        }
        run.addWarnings(path, file->warnings);
        const Result<> taken = take(*file);
        if (taken)
            continue;
        if (!taken.error().isRefusal())
            return taken;
        run.addProblem(path, taken.error());
    }
    return {};
}

Result<> Registrar::registerTriggerTypes(Run &run)
{
    return eachFile(run, u"triggers"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(TriggerType type, triggerTypeFromFile(file));
        run.triggerTypes << type.ref;
        ++run.summary.triggerTypes;
        return m_triggers.saveType(std::move(type));
    });
}

Result<> Registrar::registerSensors(Run &run)
{
    return eachFile(run, u"sensors"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(SensorFile content, sensorFromFile(file, run.folder));
        run.addWarnings(file.path, content.warnings);
        for (TriggerType &type : content.triggerTypes) {
            run.triggerTypes << type.ref;
            ++run.summary.triggerTypes;
            SG_TRY(m_triggers.saveType(type));
        }
        SensorType &sensor = content.sensor;
        run.sensors << sensor.ref;
        ++run.summary.sensors;
        SG_LET(const std::optional<SensorType> known, m_sinks.sensors.find(sensor.ref));
        sensor.id = known ? known->id : m_ids.make();
        if (known && sensor == *known)
            return {};
        SG_TRY(known ? m_sinks.sensors.update(sensor) : m_sinks.sensors.add(sensor));
        m_observer.sensorSaved(sensor);
        return {};
    });
}

Result<> Registrar::registerActions(Run &run)
{
    const FindRunnerType findRunner = [this](const QString &name) -> std::optional<RunnerType> {
        Result<std::optional<RunnerType>> found = m_sinks.runnerTypes.find(name);
        return found ? *found : std::nullopt;
    };
    return eachFile(run, u"actions"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(Action action, actionFromFile(file, findRunner));
        run.actions << action.ref;
        ++run.summary.actions;
        return save(m_sinks.actions, std::move(action));
    });
}

Result<> Registrar::registerRules(Run &run)
{
    return eachFile(run, u"rules"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(RuleFile content, ruleFromFile(file));
        run.addWarnings(file.path, content.warnings);
        run.rules << content.rule.ref;
        ++run.summary.rules;
        SG_TRY(m_rules.save(std::move(content.rule)));
        return {};
    });
}

Result<> Registrar::registerAliases(Run &run)
{
    return eachFile(run, u"aliases"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(ActionAlias alias, aliasFromFile(file));
        SG_LET(const QStringList warnings, warningsOf(alias, m_sinks.aliases));
        run.addWarnings(file.path, warnings);
        run.aliases << alias.ref;
        ++run.summary.aliases;
        return save(m_sinks.aliases, std::move(alias));
    });
}

Result<> Registrar::registerPolicies(Run &run)
{
    return eachFile(run, u"policies"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(Policy policy, policyFromFile(file));
        run.policies << policy.ref;
        ++run.summary.policies;
        return save(m_sinks.policies, std::move(policy));
    });
}

// Of the pack's content in a store what no file describes any more; what was made through the API
// has no file to vanish.
template <typename Store>
Result<> Registrar::removeOthers(Store &store, const Run &run, const QSet<Ref> &kept)
{
    SG_LET(const auto stored, store.ofPack(run.name));
    for (const auto &noun : stored) {
        const bool isGone = !noun.metadataFile.isEmpty() || run.folder.isEmpty();
        if (isGone && !kept.contains(noun.ref) && !run.keeps(noun.metadataFile))
            SG_TRY(store.remove(noun.id));
    }
    return {};
}

Result<> Registrar::removeVanished(const Run &run)
{
    SG_LET(const std::vector<Rule> rules, m_sinks.rules.ofPack(run.name));
    for (const Rule &rule : rules) {
        // One made through the API has no file to vanish.
        const bool isGone = !rule.metadataFile.isEmpty() || run.folder.isEmpty();
        if (isGone && !run.rules.contains(rule.ref) && !run.keeps(rule.metadataFile))
            SG_TRY(m_rules.remove(rule));
    }
    SG_TRY(removeOthers(m_sinks.actions, run, run.actions));
    SG_TRY(removeOthers(m_sinks.aliases, run, run.aliases));
    SG_TRY(removeOthers(m_sinks.policies, run, run.policies));
    SG_LET(const std::vector<SensorType> sensors, m_sinks.sensors.ofPack(run.name));
    for (const SensorType &sensor : sensors) {
        if (run.sensors.contains(sensor.ref) || run.keeps(sensor.metadataFile))
            continue;
        SG_TRY(m_sinks.sensors.remove(sensor.id));
        m_observer.sensorRemoved(sensor);
    }
    SG_LET(const std::vector<TriggerType> types, m_sinks.triggers.typesOfPack(run.name));
    for (const TriggerType &type : types) {
        // The engine's own have no file.
        const bool isBuiltIn = type.metadataFile.isEmpty();
        if (!isBuiltIn && !run.triggerTypes.contains(type.ref) && !run.keeps(type.metadataFile))
            SG_TRY(m_triggers.removeType(type));
    }
    return {};
}

} // namespace stormglass
