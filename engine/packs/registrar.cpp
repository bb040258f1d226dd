#include "engine/packs/registrar.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int mostFilesListed = 20'000;

int lineIn(const Error &error)
{
    bool isNumber = false;
    const int line = error.place.section(u':', 0, 0).toInt(&isNumber);
    return isNumber ? line : 0;
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

Result<QStringList> textsOf(const Value &metadata, const char *name)
{
    SG_LET(const Value list, listMember(metadata, name));
    QStringList texts;
    for (const Value &item : list.items())
        texts << item.toQStringOr({});
    return texts;
}

Result<> checkPack(const Pack &pack)
{
    static const QRegularExpression refForm(u"^[a-z0-9_]+$"_s);
    static const QRegularExpression versionForm(
        u"^(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)\\.(?:0|[1-9]\\d*)(?:-[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?(?:\\+[\\da-z\\-]+(?:\\.[\\da-z\\-]+)*)?$"_s);
    if (!refForm.match(pack.ref).hasMatch())
        return failure(
            ErrorCode::Invalid,
            u"Pack ref / name can only contain valid word characters (a-z, 0-9 and _), dashes "
            "are not allowed: \"%1\"."_s.arg(pack.ref));
    if (pack.ref == u"_global"_s)
        return failure(ErrorCode::Invalid, u"The pack ref _global is reserved."_s);
    if (!versionForm.match(pack.version).hasMatch())
        return failure(
            ErrorCode::Invalid,
            u"Pack version \"%1\" doesn't follow a valid semver format. Valid versions and "
            "formats include: 0.1.0, 0.2.1, 1.1.0, etc."_s.arg(pack.version));
    return {};
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

    void addProblem(const QString &file, const Error &error)
    {
        summary.problems.push_back({name, file, lineIn(error), error.message, false});
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
    SG_TRY(removeVanished(run));
    SG_TRY(m_sinks.packs.setProblems(run.name, run.summary.problems));
    m_observer.actionsChanged();
    return run.summary;
}

Result<> Registrar::removePack(const QString &ref)
{
    const Run nothing{{}, ref};
    SG_TRY(removeVanished(nothing));
    SG_TRY(m_sinks.packs.remove(ref));
    m_observer.actionsChanged();
    return {};
}

Result<Pack> Registrar::readPack(const QString &folder)
{
    const QString directory = QFileInfo(folder).fileName();
    SG_LET(MetadataFile file, readMetadataFile(folder, u"pack.yaml"_s, directory));
    const Value &metadata = file.content;
    Pack pack;
    SG_LET(pack.name, requiredText(metadata, "name"));
    SG_LET(pack.ref, textMember(metadata, "ref", directory));
    SG_LET(pack.description, requiredText(metadata, "description"));
    const Value &version = metadata["version"];
    pack.version = version.isNumber()
        ? QString::number(version.isInt() ? double(version.toInt()) : version.toDouble())
        : version.toQStringOr({});
    SG_LET(pack.author, requiredText(metadata, "author"));
    SG_LET(pack.email, requiredText(metadata, "email"));
    SG_LET(pack.stackstormVersion, textMember(metadata, "stackstorm_version"));
    SG_LET(pack.pythonVersions, textsOf(metadata, "python_versions"));
    SG_LET(pack.keywords, textsOf(metadata, "keywords"));
    SG_LET(pack.contributors, textsOf(metadata, "contributors"));
    SG_LET(pack.dependencies, textsOf(metadata, "dependencies"));
    pack.files = filesOf(folder);
    pack.path = folder;
    pack.metadata = metadata;
    SG_TRY(checkPack(pack));
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
        for (const QString &warning : file->warnings)
            run.summary.problems.push_back({run.name, path, 0, warning, true});
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
        SG_LET(const std::optional<Action> known, m_sinks.actions.find(action.ref));
        action.id = known ? known->id : m_ids.make();
        if (known && action == *known)
            return {};
        return known ? m_sinks.actions.update(action) : m_sinks.actions.add(action);
    });
}

Result<> Registrar::registerRules(Run &run)
{
    return eachFile(run, u"rules"_s, [&](const MetadataFile &file) -> Result<> {
        SG_LET(Rule rule, ruleFromFile(file));
        run.rules << rule.ref;
        ++run.summary.rules;
        SG_TRY(m_rules.save(std::move(rule)));
        return {};
    });
}

Result<> Registrar::removeVanished(const Run &run)
{
    SG_LET(const std::vector<Rule> rules, m_sinks.rules.ofPack(run.name));
    for (const Rule &rule : rules) {
        // One made through the API has no file to vanish.
        const bool isFromFile = !rule.metadataFile.isEmpty();
        if ((isFromFile || run.folder.isEmpty()) && !run.rules.contains(rule.ref))
            SG_TRY(m_rules.remove(rule));
    }
    SG_LET(const std::vector<Action> actions, m_sinks.actions.ofPack(run.name));
    for (const Action &action : actions) {
        if (!run.actions.contains(action.ref))
            SG_TRY(m_sinks.actions.remove(action.id));
    }
    SG_LET(const std::vector<SensorType> sensors, m_sinks.sensors.ofPack(run.name));
    for (const SensorType &sensor : sensors) {
        if (run.sensors.contains(sensor.ref))
            continue;
        SG_TRY(m_sinks.sensors.remove(sensor.id));
        m_observer.sensorRemoved(sensor);
    }
    SG_LET(const std::vector<TriggerType> types, m_sinks.triggers.typesOfPack(run.name));
    for (const TriggerType &type : types) {
        // The engine's own have no file.
        const bool isBuiltIn = type.metadataFile.isEmpty();
        if (!isBuiltIn && !run.triggerTypes.contains(type.ref))
            SG_TRY(m_triggers.removeType(type));
    }
    return {};
}

} // namespace stormglass
