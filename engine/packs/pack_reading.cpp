#include "engine/packs/pack_reading.h"

#include "engine/aliases/alias_book.h"
#include "engine/base/yaml_place.h"
#include "engine/packs/overrides.h"
#include "engine/packs/pack_config.h"
#include "engine/packs/pack_folder.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr auto schemaFile = "config.schema.yaml";

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

// Reads one pack, kind by kind.
class Reading
{
public:
    explicit Reading(const PackOrder &order)
        : m_order(order)
        , m_overrides(Overrides::read(order.folders.overrides, nameOf(order)))
    {
        m_result.folder = order.folder;
        m_result.name = nameOf(order);
        m_result.order = order.number;
    }

    static QString nameOf(const PackOrder &order) { return QFileInfo(order.folder).fileName(); }

    ReadPack take(QString stamp)
    {
        m_result.stamp = std::move(stamp);
        warn({}, m_overrides.faults());
        readManifest();
        if (!m_result.pack)
            return std::move(m_result);
        readConfigSchema();
        readConfig();
        readTriggerTypes();
        readSensors();
        readActions();
        readRules();
        readAliases();
        readPolicies();
        return std::move(m_result);
    }

private:
    void warn(const QString &file, const QStringList &warnings) { m_result.warn(file, warnings); }

    void readManifest()
    {
        const QString file = u"pack.yaml"_s;
        Result<MetadataFile> mapping = readMapping(m_order.folder, file);
        Result<Pack> pack = mapping ? packFromFile(*mapping, m_result.name)
                                    : Result<Pack>(failure(mapping.error()));
        if (!pack)
            return m_result.refuse(file, pack.error());
        pack->files = filesOfPack(m_order.folder);
        pack->path = m_order.folder;
        warn(file, mapping->warnings);
        if (pack->ref != m_result.name)
            warn(
                file,
                {u"The pack's ref is %1, its folder's name is %2: its content goes by the folder's name."_s
                     .arg(pack->ref, m_result.name)});
        m_result.pack = std::move(*pack);
    }

    void readConfigSchema()
    {
        const QString file = QLatin1String(schemaFile);
        if (!QFileInfo::exists(m_order.folder + u'/' + file))
            return;
        Result<MetadataFile> mapping = readMapping(m_order.folder, file);
        if (mapping && mapping->content.entries().isEmpty())
            mapping = failure(ErrorCode::Invalid,
                              u"Config schema \"%1\" is empty and invalid."_s.arg(file));
        Result<ConfigSchema> schema = mapping ? configSchemaFromFile(*mapping, m_result.name)
                                              : Result<ConfigSchema>(failure(mapping.error()));
        if (!schema)
            return m_result.refuse(file, schema.error());
        m_result.configSchema = std::move(*schema);
    }

    void readConfig()
    {
        const QString path = m_order.folders.configFile(m_result.name);
        if (path.isEmpty() || !QFileInfo::exists(path))
            return;
        Result<MetadataFile> mapping
            = readMapping(m_order.folders.configs, QFileInfo(path).fileName());
        const Value attributes
            = m_result.configSchema ? m_result.configSchema->attributes : Value();
        const Result<Value> checked = mapping
            ? checkedConfig(m_result.name, attributes, mapping->content, path)
            : Result<Value>(failure(mapping.error()));
        if (!checked)
            return m_result.refuse(path, checked.error());
        m_result.config = mapping->content;
    }

    template <typename Take>
    void eachFile(const QString &kind, Take take)
    {
        for (const QString &path : metadataFilesIn(m_order.folder, kind)) {
            Result<MetadataFile> file = readMetadataFile(m_order.folder, path, m_result.name);
            if (file)
                warn(path, file->warnings);
            const Result<> taken = file ? overridden(kind, *file) : Result<>(failure(file.error()));
            const Result<> result = taken ? take(*file) : taken;
            if (!result)
                m_result.refuse(path, result.error());
        }
    }

    Result<> overridden(const QString &kind, MetadataFile &file)
    {
        static const QStringList kinds{u"actions"_s, u"aliases"_s, u"rules"_s, u"sensors"_s};
        if (!kinds.contains(kind))
            return {};
        const bool before = file.content["enabled"].toBoolOr(true);
        SG_TRY(m_overrides.apply(kind, file.content));
        if (file.content["enabled"].toBoolOr(true) != before)
            ++m_result.overridden[kind];
        return {};
    }

    void readTriggerTypes()
    {
        eachFile(u"triggers"_s, [this](const MetadataFile &file) -> Result<> {
            SG_LET(TriggerType type, triggerTypeFromFile(file));
            m_result.triggerTypes.push_back(std::move(type));
            return {};
        });
    }

    void readSensors()
    {
        eachFile(u"sensors"_s, [this](const MetadataFile &file) -> Result<> {
            SG_LET(SensorFile read, sensorFromFile(file, m_order.folder));
            warn(file.path, read.warnings);
            for (TriggerType &type : read.triggerTypes)
                m_result.triggerTypes.push_back(std::move(type));
            m_result.sensors.push_back(std::move(read.sensor));
            return {};
        });
    }

    void readActions()
    {
        const FindRunnerType find = [this](const QString &name) -> std::optional<RunnerType> {
            const auto found = m_order.runnerTypes->constFind(name);
            return found == m_order.runnerTypes->constEnd() ? std::nullopt : std::optional(*found);
        };
        eachFile(u"actions"_s, [&](const MetadataFile &file) -> Result<> {
            SG_LET(Action action, actionFromFile(file, find));
            m_result.actions.push_back(std::move(action));
            return {};
        });
    }

    void readRules()
    {
        eachFile(u"rules"_s, [this](const MetadataFile &file) -> Result<> {
            SG_LET(RuleFile read, ruleFromFile(file));
            warn(file.path, read.warnings);
            m_result.rules.push_back(std::move(read.rule));
            return {};
        });
    }

    void readAliases()
    {
        eachFile(u"aliases"_s, [this](const MetadataFile &file) -> Result<> {
            SG_LET(ActionAlias alias, aliasFromFile(file));
            const AliasBook book({alias});
            for (const AliasProblem &problem : book.problems())
                warn(file.path,
                     {u"The format \"%1\" is left out. %2"_s.arg(problem.representation,
                                                                 problem.reason)});
            m_result.aliases.push_back(std::move(alias));
            return {};
        });
    }

    void readPolicies()
    {
        eachFile(u"policies"_s, [this](const MetadataFile &file) -> Result<> {
            SG_LET(Policy policy, policyFromFile(file));
            m_result.policies.push_back(std::move(policy));
            return {};
        });
    }

    const PackOrder &m_order;
    const Overrides m_overrides;
    ReadPack m_result;
};

} // namespace

void ReadPack::refuse(const QString &file, const Error &error)
{
    faulty << file;
    const QString path = QFileInfo(file).isAbsolute() ? file : folder + u'/' + file;
    problems.push_back({name, file, lineIn(error, path), error.message, false});
}

void ReadPack::warn(const QString &file, const QStringList &warnings)
{
    for (const QString &warning : warnings)
        problems.push_back({name, file, 0, warning, true});
}

ReadPack readPack(const PackOrder &order)
{
    const QString name = Reading::nameOf(order);
    QStringList others{order.folders.configFile(name)};
    if (!order.folders.overrides.isEmpty())
        others << order.folders.overrides + u"/_global.yaml"_s
               << order.folders.overrides + u'/' + name + u".yaml"_s;
    // Taken before the files are read: what changes meanwhile makes another.
    QString stamp = stampOfPack(order.folder, others);
    if (!order.knownStamp.isEmpty() && stamp == order.knownStamp) {
        ReadPack same;
        same.folder = order.folder;
        same.name = name;
        same.stamp = std::move(stamp);
        same.order = order.number;
        same.isUnchanged = true;
        return same;
    }
    return Reading(order).take(std::move(stamp));
}

} // namespace stormglass
