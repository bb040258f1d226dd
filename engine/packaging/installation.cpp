#include "engine/packaging/installation.h"

#include "engine/base/thread_name.h"
#include "engine/base/timestamp.h"
#include "engine/packaging/json_file.h"
#include "engine/packaging/pack_manifest.h"
#include "engine/packaging/packaging_log.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace stormglass {

Installation::Installation(Surroundings surroundings, PackOperation &operation)
    : m_surroundings(std::move(surroundings))
    , m_operation(operation)
    , m_layout{m_surroundings.settings.dataFolder}
    , m_build(m_surroundings.settings, m_surroundings.commands, m_surroundings.progress)
{
}

PackageFolders Installation::folders() const
{
    return {m_layout, m_operation.id};
}

void Installation::begin(Done done)
{
    SG_ON(Engine);
    m_done = std::move(done);
    buildNext();
}

void Installation::cancel()
{
    m_isCanceled = true;
    m_build.cancel();
}

void Installation::buildNext()
{
    if (m_isCanceled)
        return finish(failure(canceledError()));
    std::vector<PlannedPack> &packs = m_operation.plan.packs;
    while (m_built < packs.size() && !packs[m_built].needsEnvironment)
        ++m_built;
    if (m_built == packs.size())
        return commit();
    PlannedPack &pack = packs[m_built];
    pack.environment = m_layout.environment(pack.ref, m_operation.id);
    const QString installed = packFolderOf(pack.ref, m_surroundings.settings.packFolders);
    EnvironmentBuild::Order order{pack.ref,
                                  pack.staged.isEmpty() ? installed : pack.staged,
                                  pack.environment,
                                  pack.provided,
                                  m_operation.request.variables,
                                  m_operation.request.timeout,
                                  [&pack](const QString &warning) { pack.warnings << warning; }};
    m_build.begin(order, [this](const Result<> &built) {
        if (!built)
            return finish(built);
        ++m_built;
        buildNext();
    });
}

void Installation::commit()
{
    const Result<> committed = commitAll();
    if (!committed)
        takeBack();
    finish(committed);
}

Result<> Installation::commitAll()
{
    SG_TRY(expectUnchanged());
    for (PlannedPack &pack : m_operation.plan.packs)
        describe(pack);
    m_operation.state = OperationState::Committing;
    SG_TRY(m_surroundings.keep());
    for (const PlannedPack &pack : m_operation.plan.packs) {
        // Counted first: one that stopped in its middle is taken back too.
        ++m_moved;
        SG_TRY(moveFolders(pack));
    }
    return registerAll();
}

Result<> Installation::expectUnchanged() const
{
    for (const PlannedPack &pack : m_operation.plan.packs) {
        const bool isThere = pack.change == PackChange::NewEnvironment
            || folderNumber(m_layout.pack(pack.ref)) == pack.installedFolder;
        const bool isStaged
            = pack.staged.isEmpty() || folderNumber(pack.staged) == pack.stagedFolder;
        if (!isThere || !isStaged)
            return failure(ErrorCode::Conflict,
                           u"The pack \"%1\" is not what it was when this was planned. Plan it "
                           "again."_s.arg(pack.ref));
    }
    return {};
}

// What will be in use and what is kept, so that it can be done again after a crash.
void Installation::describe(PlannedPack &pack) const
{
    const QString inUse = environmentInUse(m_layout, pack.ref);
    Value origin = readJsonFile(m_layout.origin(pack.ref));
    if (!origin.isMap())
        origin = Value::map({{"version", pack.fromVersion}});
    pack.previous = Value::map({{"environment", inUse}, {"origin", origin}});
    const bool keepsEnvironment = !m_operation.request.makeEnvironments;
    if (keepsEnvironment && pack.change != PackChange::RollBack)
        pack.environment = inUse;
    if (pack.change == PackChange::RollBack || pack.change == PackChange::Remove)
        return;
    if (pack.change == PackChange::NewEnvironment) {
        pack.origin = origin;
    } else {
        pack.origin = Value::map({{"source", pack.source},
                                  {"revision", pack.revision},
                                  {"version", pack.toVersion},
                                  {"operation", m_operation.id},
                                  {"user", m_operation.request.user},
                                  {"installed", toIsoText(m_surroundings.clock.now())}});
    }
    pack.origin.set("environment", pack.environment);
}

Result<> Installation::moveFolders(const PlannedPack &pack) const
{
    switch (pack.change) {
    case PackChange::NewEnvironment:
        return folders().useEnvironment(pack);
    case PackChange::Remove:
        return m_operation.request.removeFiles ? folders().takeAway(pack) : Result<>();
    case PackChange::Install:
    case PackChange::Upgrade:
    case PackChange::Downgrade:
    case PackChange::Reinstall:
    case PackChange::RollBack:
        break;
    }
    return folders().putInPlace(pack);
}

Result<> Installation::registerAll()
{
    if (!m_operation.request.registerContent)
        return {};
    return m_surroundings.attempt([this]() -> Result<> {
        for (PlannedPack &pack : m_operation.plan.packs) {
            if (pack.change == PackChange::Remove) {
                SG_TRY(m_surroundings.registrar.removePack(pack.ref));
                continue;
            }
            const QString folder = packFolderOf(pack.ref, m_surroundings.settings.packFolders);
            SG_LET(const Registrar::Summary summary, m_surroundings.registrar.registerPack(folder));
            for (const PackProblem &problem : summary.problems)
                pack.warnings << u"%1: %2"_s.arg(problem.file, problem.message);
        }
        return {};
    });
}

void Installation::takeBack()
{
    for (; m_moved > 0; --m_moved) {
        const PlannedPack &pack = m_operation.plan.packs[m_moved - 1];
        // What was removed is gone; its rows still say so where they could not be removed.
        if (pack.change == PackChange::Remove)
            continue;
        PlannedPack before = pack;
        before.environment = pack.previous["environment"].toQStringOr({});
        before.origin = pack.previous["origin"];
        const Result<> taken = pack.change == PackChange::NewEnvironment
            ? folders().useEnvironment(before)
            : folders().takeBack(pack);
        if (!taken)
            qCWarning(packagingLog).noquote()
                << "Pack" << pack.ref << "is not as it was before:" << taken.error().message;
    }
}

Result<> Installation::complete()
{
    for (const PlannedPack &pack : m_operation.plan.packs)
        SG_TRY(moveFolders(pack));
    // Packs that are there are registered when the engine starts; what was removed is not noticed.
    if (m_operation.request.kind != OperationKind::Remove)
        return {};
    return registerAll();
}

void Installation::finish(Result<> result)
{
    // A copy: it may destroy this.
    const Done done = std::move(m_done);
    done(std::move(result));
}

} // namespace stormglass
