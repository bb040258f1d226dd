#include "engine/packaging/json_file.h"
#include "engine/packaging/package_folders.h"
#include "engine/packaging/planner.h"
#include "engine/packaging/provided_modules.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

// The rest of Planner: operations on packs that are there, and what a change would touch.

namespace stormglass {

namespace {

void addDifference(QStringList &to, const QStringList &from, const QStringList &other)
{
    for (const QString &each : from) {
        if (!other.contains(each))
            to << each;
    }
}

QStringList removedOf(const PlannedPack &pack, const QString &kind)
{
    const auto found = pack.content.find(kind);
    return found == pack.content.end() ? QStringList() : found->second.removed;
}

} // namespace

void Planner::planInstalled()
{
    for (const QString &ref : m_request.packs) {
        const Result<PlannedPack> pack = m_request.kind == OperationKind::Remove
            ? plannedRemoval(ref)
            : m_request.kind == OperationKind::RollBack ? plannedRollBack(ref)
                                                        : plannedEnvironment(ref);
        if (pack)
            m_plan.packs.push_back(*pack);
        else
            m_plan.failures.emplace_back(ref, pack.error().message);
    }
    compareNext();
}

Result<PlannedPack> Planner::plannedRemoval(const QString &ref) const
{
    if (isSystemPack(ref))
        return failure(ErrorCode::Denied,
                       u"Uninstall includes an uninstallable pack - %1."_s.arg(ref));
    const QString folder = packFolderOf(ref, m_surroundings.settings.packFolders);
    if (m_request.removeFiles && !folder.isEmpty() && folder != m_layout.pack(ref))
        return failure(
            ErrorCode::Denied,
            u"The pack \"%1\" lies in %2, which is not managed here. Remove it there."_s.arg(
                ref, folder));
    SG_LET(const std::optional<Pack> known, m_surroundings.packs.find(ref));
    PlannedPack pack;
    pack.ref = ref;
    pack.name = known ? known->name : ref;
    pack.change = PackChange::Remove;
    pack.installedFolder = folderNumber(m_layout.pack(ref));
    if (!known && folder.isEmpty() && pack.installedFolder == 0)
        return failure(ErrorCode::NotFound, u"The pack \"%1\" is not installed."_s.arg(ref));
    pack.fromVersion = known ? known->version : installedVersion(ref);
    return pack;
}

Result<PlannedPack> Planner::plannedRollBack(const QString &ref) const
{
    const QString previous = m_layout.previous(ref) + u"/pack"_s;
    if (folderNumber(previous) == 0 || folderNumber(m_layout.pack(ref)) == 0)
        return failure(
            ErrorCode::NotFound,
            u"No version of the pack \"%1\" before the installed one is kept."_s.arg(ref));
    SG_LET(const PackManifest manifest, packManifestIn(previous, ref));
    const Value record = readJsonFile(m_layout.previous(ref) + u"/record.json"_s);
    PlannedPack pack;
    pack.ref = ref;
    pack.name = manifest.name;
    pack.change = PackChange::RollBack;
    pack.fromVersion = installedVersion(ref);
    pack.toVersion = manifest.version;
    pack.source = record["origin"]["source"].toQStringOr({});
    pack.revision = record["origin"]["revision"].toQStringOr({});
    pack.staged = previous;
    pack.stagedFolder = folderNumber(previous);
    pack.installedFolder = folderNumber(m_layout.pack(ref));
    pack.environment = record["environment"].toQStringOr({});
    pack.origin = record["origin"];
    return pack;
}

Result<PlannedPack> Planner::plannedEnvironment(const QString &ref) const
{
    const QString folder = packFolderOf(ref, m_surroundings.settings.packFolders);
    if (folder.isEmpty())
        return failure(ErrorCode::NotFound,
                       u"Pack \"%1\" is not installed, so it can have no environment."_s.arg(ref));
    if (isSystemPack(ref))
        return failure(ErrorCode::Denied,
                       u"The pack \"%1\" runs without an environment of its own."_s.arg(ref));
    SG_LET(const PackManifest manifest, packManifestIn(folder, ref));
    PlannedPack pack;
    pack.ref = ref;
    pack.name = manifest.name;
    pack.change = PackChange::NewEnvironment;
    pack.fromVersion = manifest.version;
    pack.toVersion = manifest.version;
    pack.installedFolder = folderNumber(folder);
    pack.needsEnvironment = true;
    return pack;
}

void Planner::compareNext()
{
    if (m_isCanceled)
        return finish(failure(canceledError()));
    if (m_compared == m_plan.packs.size())
        return finish();
    const PlannedPack &pack = m_plan.packs[m_compared];
    const QString folder = packFolderOf(pack.ref, m_surroundings.settings.packFolders);
    m_surroundings.progress(u"Comparing the content of %1"_s.arg(pack.ref), {});
    m_before = std::make_unique<ContentReader>(folder, pack.ref);
    m_after = std::make_unique<ContentReader>(
        pack.change == PackChange::NewEnvironment ? folder : pack.staged, pack.ref);
    compareStep();
}

void Planner::compareStep()
{
    if (m_before->step() && m_after->step())
        return compared();
    later(&Planner::compareStep);
}

void Planner::compared()
{
    PlannedPack &pack = m_plan.packs[m_compared];
    const PackContent &before = m_before->content();
    const PackContent &after = m_after->content();
    pack.content = difference(before, after);
    addDifference(pack.requirements.added, after.requirements, before.requirements);
    addDifference(pack.requirements.removed, before.requirements, after.requirements);
    pack.provided = providedRequirements(after.imports, after.requirements);
    const bool isInstalled = m_request.kind == OperationKind::Install && m_request.makeEnvironments;
    pack.needsEnvironment = pack.needsEnvironment
        || (isInstalled && !(after.requirements.isEmpty() && pack.provided.isEmpty()));
    pack.affected = affectedBy(pack);
    ++m_compared;
    later(&Planner::compareNext);
}

// Rules and packs elsewhere that use what goes.
QStringList Planner::affectedBy(const PlannedPack &pack) const
{
    QStringList affected;
    const QStringList actions = removedOf(pack, u"actions"_s);
    const QStringList triggers = removedOf(pack, u"triggers"_s);
    const Result<std::vector<Rule>> rules = m_surroundings.rules.all();
    for (const Rule &rule : rules ? *rules : std::vector<Rule>()) {
        if (rule.ref.pack == pack.ref && !rule.metadataFile.isEmpty())
            continue;
        if (triggers.contains(rule.triggerType.text()))
            affected << u"rule %1 (trigger %2)"_s.arg(rule.ref.text(), rule.triggerType.text());
        if (actions.contains(rule.action.text()))
            affected << u"rule %1 (action %2)"_s.arg(rule.ref.text(), rule.action.text());
    }
    if (pack.change != PackChange::Remove)
        return affected;
    const Result<std::vector<Pack>> packs = m_surroundings.packs.all();
    for (const Pack &other : packs ? *packs : std::vector<Pack>()) {
        for (const QString &dependency : other.dependencies) {
            const QString name = packDependencyOf(dependency).name;
            if (name == pack.ref || name == u"stackstorm-"_s + pack.ref)
                affected << u"pack %1 (depends on it)"_s.arg(other.ref);
        }
    }
    return affected;
}

void Planner::finish()
{
    if (!m_plan.packs.empty() || m_plan.failures.empty())
        return finish(std::move(m_plan));
    QStringList reasons;
    for (const auto &[source, reason] : m_plan.failures)
        reasons << source + u": "_s + reason;
    finish(failure(ErrorCode::Invalid, reasons.join(u'\n')));
}

void Planner::finish(Result<Plan> plan)
{
    // A copy: it may destroy this.
    const Done done = std::move(m_done);
    done(std::move(plan));
}

} // namespace stormglass
