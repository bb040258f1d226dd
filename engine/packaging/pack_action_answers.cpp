#include "engine/packaging/pack_actions.h"
#include "engine/packaging/tool_commands.h"

#include "engine/packs/pack_versions.h"

using namespace Qt::StringLiterals;

// The rest of PackActions: those that are answered at once, from what is on disk.

namespace stormglass {

namespace {

// Names in a map of name → "Success." or a reason, those of them that succeeded.
QStringList succeeded(const Value &states)
{
    QStringList refs;
    for (const ValueMap::Entry &entry : states.entriesOrNone()) {
        if (entry.value.toQStringOr({}).contains(u"success"_s, Qt::CaseInsensitive))
            refs << entry.key.toQStringOr({});
    }
    return refs;
}

// What of a list of wanted versions does not fit together.
class DependencyList
{
public:
    explicit DependencyList(const QStringList &packFolders)
        : m_packFolders(packFolders)
    {
    }

    void follow(const PackDependency &wanted, const QString &written)
    {
        const QString installed = installedVersion(wanted.name);
        if (!installed.isEmpty()) {
            if (!wanted.version.isEmpty() && !isSameVersion(installed, wanted.version))
                m_conflicts.append(written);
            return;
        }
        for (const auto &[location, version] : m_seen) {
            if (location != wanted.location)
                continue;
            if (version != wanted.version)
                m_conflicts.append(written);
            return;
        }
        m_seen.emplace_back(wanted.location, wanted.version);
        m_dependencies.append(written);
    }
    Value document(std::int64_t nested) const
    {
        return Value::map({{"dependency_list", m_dependencies},
                           {"conflict_list", m_conflicts},
                           {"nested", nested}});
    }

private:
    QString installedVersion(const QString &name) const
    {
        const QString prefix = u"stackstorm-"_s;
        for (const QString &ref :
             {name, name.startsWith(prefix) ? name.mid(prefix.size()) : name}) {
            const auto manifest = packManifestIn(packFolderOf(ref, m_packFolders), ref);
            if (manifest)
                return manifest->version;
        }
        return {};
    }

    const QStringList m_packFolders;
    std::vector<std::pair<QString, QString>> m_seen;
    Value m_dependencies = Value::list();
    Value m_conflicts = Value::list();
};

} // namespace

Result<Value> PackActions::dependencies(const Value &parameters)
{
    const std::int64_t nested = parameters["nested"].toIntOr(3);
    DependencyList list(m_surroundings.settings.packFolders);
    for (const QString &ref : succeeded(parameters["packs_status"])) {
        SG_LET(const PackManifest manifest,
               packManifestIn(packFolderOf(ref, m_surroundings.settings.packFolders), ref));
        for (const QString &written : manifest.dependencies)
            list.follow(packDependencyOf(written), written);
    }
    return list.document(nested - 1);
}

Result<Value> PackActions::warnings(const Value &parameters)
{
    Value warnings = Value::list();
    for (const QString &ref : succeeded(parameters["packs_status"])) {
        const auto manifest
            = packManifestIn(packFolderOf(ref, m_surroundings.settings.packFolders), ref);
        const QString warning = manifest ? pythonWarning(manifest->content) : QString();
        if (!warning.isEmpty())
            warnings.append(warning);
    }
    return Value::map({{"warning_list", warnings}});
}

Result<Value> PackActions::prerun(const Value &parameters)
{
    Value refs = Value::list();
    for (const Value &ref : parameters["packs_list"].itemsOrNone())
        refs.append(ref);
    for (const QString &ref : succeeded(parameters["packs_status"]))
        refs.append(ref);
    return refs;
}

Result<Value> PackActions::config(const Value &)
{
    return Value::map({{"pack_group", "st2packs"},
                       {"pack_path", PackageLayout{m_surroundings.settings.dataFolder}.packs()}});
}

Result<Value> PackActions::restartComponent(const Value &parameters)
{
    return failure(
        ErrorCode::Invalid,
        u"There is no component \"%1\" to restart: the engine is one program. A sensor is "
        "restarted by POST /api/v1/sensortypes/REF/restart."_s.arg(
            parameters["servicename"].toQStringOr({})));
}

void PackActions::get(const Order &order, const Report &report)
{
    const QString ref = order.parameters["pack"].toQStringOr({});
    const QString folder = packFolderOf(ref, m_surroundings.settings.packFolders);
    const auto manifest = packManifestIn(folder, ref);
    const auto answer = [report, content = manifest ? manifest->content : Value()](Value status) {
        report.ended(
            Ended::Succeeded,
            Value::map({{"result", Value::map({{"pack", content}, {"git_status", status}})},
                        {"stdout", ""},
                        {"stderr", ""},
                        {"exit_code", 0}}));
    };
    if (!manifest || folderNumber(folder + u"/.git"_s) == 0)
        return answer(Value());
    m_surroundings.commands.run(
        gitCommand(m_surroundings.settings, folder,
                   {u"log"_s, u"-1"_s, u"--decorate"_s, u"--format=%H%d%n%cI %s"_s}),
        {[](const QString &) {},
         [answer](const Result<CommandEnd> &end) {
             answer(end && end->succeeded() ? Value(QString::fromUtf8(end->output).trimmed())
                                            : Value());
         }});
}

} // namespace stormglass
