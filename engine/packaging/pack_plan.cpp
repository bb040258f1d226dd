#include "engine/packaging/pack_plan.h"

#include <QFile>

#include <array>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::array<std::pair<PackChange, const char *>, 7> changes{
    {{PackChange::Install, "install"},
     {PackChange::Upgrade, "upgrade"},
     {PackChange::Downgrade, "downgrade"},
     {PackChange::Reinstall, "reinstall"},
     {PackChange::RollBack, "roll_back"},
     {PackChange::Remove, "remove"},
     {PackChange::NewEnvironment, "environment"}}};

PackChange changeFrom(const QString &name)
{
    for (const auto &[change, text] : changes) {
        if (name == QLatin1String(text))
            return change;
    }
    return PackChange::Install;
}

Value listOf(const QStringList &texts)
{
    Value list = Value::list();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

QStringList textsIn(const Value &list)
{
    QStringList texts;
    for (const Value &item : list.itemsOrNone())
        texts << item.toQStringOr({});
    return texts;
}

Value toJson(const ContentChange &change)
{
    return Value::map({{"added", listOf(change.added)},
                       {"changed", listOf(change.changed)},
                       {"removed", listOf(change.removed)}});
}

ContentChange contentChangeFrom(const Value &document)
{
    return {textsIn(document["added"]), textsIn(document["changed"]), textsIn(document["removed"])};
}

PlannedPack packFromJson(const Value &document)
{
    const auto member = [&](const char *name) { return document[name].toQStringOr({}); };
    PlannedPack pack;
    pack.ref = member("ref");
    pack.name = member("name");
    pack.change = changeFrom(member("change"));
    pack.fromVersion = member("from_version");
    pack.toVersion = member("to_version");
    pack.source = member("source");
    pack.revision = member("revision");
    pack.neededBy = member("needed_by");
    for (const ValueMap::Entry &entry : document["content"].entriesOrNone())
        pack.content.emplace(entry.key.toQString(), contentChangeFrom(entry.value));
    pack.requirements = contentChangeFrom(document["requirements"]);
    pack.provided = textsIn(document["provided"]);
    pack.needsEnvironment = document["needs_environment"].toBoolOr(false);
    pack.affected = textsIn(document["affected"]);
    pack.warnings = textsIn(document["warnings"]);
    pack.system = document["system"];
    pack.staged = member("staged");
    const auto number
        = [&](const char *name) { return static_cast<std::uint64_t>(document[name].toIntOr(0)); };
    pack.stagedFolder = number("staged_folder");
    pack.installedFolder = number("installed_folder");
    pack.environment = member("environment");
    pack.origin = document["origin"];
    pack.previous = document["previous"];
    return pack;
}

} // namespace

QString text(PackChange change)
{
    for (const auto &[each, name] : changes) {
        if (each == change)
            return QLatin1String(name);
    }
    return {};
}

Value toJson(const PlannedPack &pack)
{
    Value content = Value::map();
    for (const auto &[kind, change] : pack.content)
        content.set(kind, toJson(change));
    return Value::map({{"ref", pack.ref},
                       {"name", pack.name},
                       {"change", text(pack.change)},
                       {"from_version", pack.fromVersion},
                       {"to_version", pack.toVersion},
                       {"source", pack.source},
                       {"revision", pack.revision},
                       {"needed_by", pack.neededBy},
                       {"content", content},
                       {"requirements", toJson(pack.requirements)},
                       {"provided", listOf(pack.provided)},
                       {"needs_environment", pack.needsEnvironment},
                       {"affected", listOf(pack.affected)},
                       {"warnings", listOf(pack.warnings)},
                       {"system", pack.system},
                       {"staged", pack.staged},
                       {"staged_folder", static_cast<std::int64_t>(pack.stagedFolder)},
                       {"installed_folder", static_cast<std::int64_t>(pack.installedFolder)},
                       {"environment", pack.environment},
                       {"origin", pack.origin},
                       {"previous", pack.previous}});
}

Value toJson(const Plan &plan)
{
    Value packs = Value::list();
    for (const PlannedPack &pack : plan.packs)
        packs.append(toJson(pack));
    Value failures = Value::map();
    for (const auto &[source, reason] : plan.failures)
        failures.set(source, reason);
    return Value::map(
        {{"packs", packs}, {"conflicts", listOf(plan.conflicts)}, {"failures", failures}});
}

Plan planFromJson(const Value &document)
{
    Plan plan;
    for (const Value &pack : document["packs"].itemsOrNone())
        plan.packs.push_back(packFromJson(pack));
    plan.conflicts = textsIn(document["conflicts"]);
    for (const ValueMap::Entry &entry : document["failures"].entriesOrNone())
        plan.failures.emplace_back(entry.key.toQString(), entry.value.toQStringOr({}));
    return plan;
}

std::uint64_t folderNumber(const QString &path)
{
    struct stat info = {};
    return lstat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_ino : 0;
}

} // namespace stormglass
