#include "engine/packaging/planner.h"

#include "engine/base/thread_name.h"
#include "engine/packs/pack_versions.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int mostDepth = 10;
constexpr int mostFetches = 200;

QString mirrored(const PackagingSettings &settings, const QString &location)
{
    for (const auto &[from, to] : settings.mirrors) {
        if (location.startsWith(from))
            return to + location.mid(from.size());
    }
    return location;
}

PackChange changeBetween(const QString &from, const QString &to)
{
    const int order = compareVersions(to, from).value_or(0);
    return order > 0 ? PackChange::Upgrade
        : order < 0  ? PackChange::Downgrade
                     : PackChange::Reinstall;
}

} // namespace

Planner::Planner(Surroundings surroundings, OperationRequest request, QString operation)
    : m_surroundings(std::move(surroundings))
    , m_request(std::move(request))
    , m_layout{m_surroundings.settings.dataFolder}
    , m_operation(std::move(operation))
    , m_fetch(m_surroundings.settings, m_surroundings.commands, m_surroundings.progress)
{
}

Planner::~Planner()
{
    *m_self = nullptr;
}

void Planner::begin(Done done)
{
    SG_ON(Engine);
    m_done = std::move(done);
    if (m_request.packs.isEmpty())
        return finish(failure(ErrorCode::Invalid, u"No pack is named."_s));
    if (m_request.kind == OperationKind::Install)
        return beginInstall();
    planInstalled();
}

void Planner::cancel()
{
    m_isCanceled = true;
    m_fetch.cancel();
}

void Planner::later(void (Planner::*step)())
{
    m_surroundings.post([self = m_self, step] {
        if (*self)
            ((*self)->*step)();
    });
}

void Planner::beginInstall()
{
    QDir().mkpath(m_layout.operation(m_operation) + u"/packs"_s);
    for (const QString &written : m_request.packs) {
        Result<PackSource> source = packSourceOf(written);
        if (!source)
            m_plan.failures.emplace_back(written.contains(u"://") ? u"********"_s : written,
                                         source.error().message);
        else
            want({*source, source->text(), {}, mostDepth});
    }
    next();
}

void Planner::want(const Wanted &wanted)
{
    const bool isWanted = std::any_of(m_queue.begin(), m_queue.end(), [&](const Wanted &each) {
        return each.source == wanted.source;
    });
    if (!isWanted)
        m_queue.push_back(wanted);
}

void Planner::next()
{
    if (m_isCanceled)
        return finish(failure(canceledError()));
    if (m_queue.empty()) {
        // Found after those that need them, done before.
        std::reverse(m_plan.packs.begin(), m_plan.packs.end());
        return compareNext();
    }
    const Wanted wanted = m_queue.front();
    m_queue.pop_front();
    if (wanted.source.kind != PackSource::Kind::Index)
        return fetch(wanted, wanted.source);
    m_surroundings.progress(u"Looking for %1 in the catalogue"_s.arg(wanted.source.location), {});
    m_surroundings.index.want([self = m_self, wanted](const PackIndex &index) {
        if (*self)
            (*self)->resolve(wanted, index);
    });
}

void Planner::resolve(Wanted wanted, const PackIndex &index)
{
    Result<PackSource> source = indexed(wanted, index);
    if (source)
        return fetch(wanted, std::move(*source));
    fail(wanted, source.error());
    later(&Planner::next);
}

// Of several packs the others are still installed; without what it depends on, none is.
void Planner::fail(const Wanted &wanted, const Error &error)
{
    if (wanted.neededBy.isEmpty())
        m_plan.failures.emplace_back(wanted.written, error.message);
    else
        m_plan.conflicts << u"%1 needs %2, which cannot be had: %3"_s.arg(
            wanted.neededBy, wanted.written, error.message);
}

// Where the catalogue says that a pack is.
Result<PackSource> Planner::indexed(const Wanted &wanted, const PackIndex &index) const
{
    const QString &name = wanted.source.location;
    const std::optional<Value> entry = index.show(name);
    if (!entry && index.isEmpty())
        return failure(index.nothingFound());
    if (!entry)
        return failure(ErrorCode::NotFound,
                       u"No record of the \"%1\" pack in the index."_s.arg(name));
    const QString address = (*entry)["repo_url"].toQString();
    SG_LET(PackSource source, packSourceAt(mirrored(m_surroundings.settings, address), {}));
    if ((address.startsWith(u'/') || address.startsWith(u"file:")) && !index.isLocal(name))
        return failure(ErrorCode::Denied,
                       u"The catalogue names a folder of this machine for \"%1\"; only a local "
                       "catalogue may."_s.arg(name));
    if (source.kind == PackSource::Kind::Index)
        return failure(ErrorCode::Invalid, u"The catalogue has no address for \"%1\"."_s.arg(name));
    source.version
        = wanted.source.version.isEmpty() ? (*entry)["version"].toQString() : wanted.source.version;
    return source;
}

void Planner::fetch(const Wanted &wanted, PackSource source)
{
    if (++m_fetches > mostFetches) {
        fail(wanted,
             {ErrorCode::Invalid,
              u"More than %1 packs are too many at once."_s.arg(mostFetches),
              {},
              {}});
        return later(&Planner::next);
    }
    const QString folder
        = m_layout.operation(m_operation) + u"/packs/"_s + QString::number(m_fetches);
    m_fetch.begin(source, folder, [this, wanted, folder](const Result<QString> &revision) {
        fetched(wanted, folder, revision);
    });
}

void Planner::fetched(const Wanted &wanted, const QString &folder, const Result<QString> &revision)
{
    if (m_isCanceled)
        return finish(failure(canceledError()));
    const Result<> taken
        = revision ? take(wanted, folder, *revision) : Result<>(failure(revision.error()));
    if (!taken)
        fail(wanted, taken.error());
    later(&Planner::next);
}

Result<> Planner::take(const Wanted &wanted, const QString &folder, const QString &revision)
{
    SG_LET(const PackManifest manifest, packManifestIn(folder, {}));
    SG_TRY(expectAcceptable(wanted, manifest));
    PlannedPack pack;
    pack.ref = manifest.ref;
    pack.name = manifest.name;
    pack.toVersion = manifest.version;
    pack.source = wanted.written;
    pack.revision = revision;
    pack.neededBy = wanted.neededBy;
    pack.staged = folder;
    pack.stagedFolder = folderNumber(folder);
    pack.installedFolder = folderNumber(m_layout.pack(pack.ref));
    if (pack.installedFolder != 0) {
        pack.fromVersion = installedVersion(pack.ref);
        pack.change = changeBetween(pack.fromVersion, pack.toVersion);
    }
    pack.system = manifest.content["system"];
    if (const QString warning = pythonWarning(manifest.content); !warning.isEmpty())
        pack.warnings << warning;
    m_plan.packs.push_back(pack);
    if (!m_request.skipDependencies)
        followDependencies(manifest, wanted);
    return {};
}

Result<> Planner::expectAcceptable(const Wanted &wanted, const PackManifest &manifest) const
{
    if (wanted.source.kind == PackSource::Kind::Index && wanted.source.location != manifest.ref)
        return failure(
            ErrorCode::Invalid,
            u"The catalogue calls it \"%1\", but its pack.yaml says \"%2\". Install it by "
            "its address if that is right."_s.arg(wanted.source.location, manifest.ref));
    const QString elsewhere = packFolderOf(manifest.ref, m_surroundings.settings.packFolders);
    if (isSystemPack(manifest.ref)
        || (!elsewhere.isEmpty() && elsewhere != m_layout.pack(manifest.ref)))
        return failure(ErrorCode::Denied,
                       u"The pack \"%1\" is the one in %2, which is not managed here."_s.arg(
                           manifest.ref, elsewhere.isEmpty() ? u"this program"_s : elsewhere));
    if (!plannedVersion(manifest.ref).isEmpty())
        return failure(ErrorCode::Conflict,
                       u"The pack \"%1\" is asked for twice."_s.arg(manifest.ref));
    return m_request.force
        ? Result<>()
        : expectSupported(manifest.content, QString::fromLatin1(supportedStackStorm));
}

void Planner::followDependencies(const PackManifest &manifest, const Wanted &wanted)
{
    for (const QString &written : manifest.dependencies)
        follow(packDependencyOf(written), manifest.ref, wanted.depth - 1);
}

void Planner::follow(const PackDependency &dependency, const QString &pack, int depth)
{
    QString have = plannedVersion(dependency.name);
    if (have.isEmpty())
        have = installedVersion(dependency.name);
    if (!have.isEmpty()) {
        if (!dependency.version.isEmpty() && !isSameVersion(have, dependency.version))
            m_plan.conflicts << u"%1 needs %2=%3, but it is %4"_s.arg(pack, dependency.name,
                                                                      dependency.version, have);
        return;
    }
    const auto asked = std::find_if(m_queue.begin(), m_queue.end(), [&](const Wanted &each) {
        return lastName(each.source.location) == dependency.name;
    });
    if (asked != m_queue.end()) {
        if (!dependency.version.isEmpty()
            && !isSameVersion(asked->source.version, dependency.version))
            m_plan.conflicts << u"%1 needs %2=%3, but %4 is asked for too"_s.arg(
                pack, dependency.name, dependency.version, asked->written);
        return;
    }
    Result<PackSource> source = packSourceAt(dependency.location, dependency.version);
    if (depth <= 0)
        source
            = failure(ErrorCode::Invalid, u"Dependencies are more than %1 deep."_s.arg(mostDepth));
    if (source)
        want({*source, source->text(), pack, depth});
    else
        fail({{}, dependency.name, pack, depth}, source.error());
}

QString Planner::plannedVersion(const QString &name) const
{
    const QString prefix = u"stackstorm-"_s;
    for (const PlannedPack &pack : m_plan.packs) {
        if (pack.ref == name || prefix + pack.ref == name)
            return pack.toVersion;
    }
    return {};
}

QString Planner::installedVersion(const QString &name) const
{
    QStringList names{name};
    if (name.contains(u"stackstorm-"))
        names << name.section(u"stackstorm-"_s, 1);
    for (const QString &ref : names) {
        const QString folder = packFolderOf(ref, m_surroundings.settings.packFolders);
        const Result<PackManifest> manifest = packManifestIn(folder, ref);
        if (manifest)
            return manifest->version;
    }
    return {};
}

} // namespace stormglass
