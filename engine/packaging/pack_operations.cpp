#include "engine/packaging/pack_operations.h"

#include "engine/base/thread_name.h"
#include "engine/packaging/packaging_log.h"

#include <QStorageInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::ptrdiff_t mostOpen = 16;
constexpr std::size_t mostSecrets = 100;

// Programs that a full disk stops do not always say so.
QString spaceHint(const QString &folder)
{
    constexpr qint64 scarce = 64LL * 1024 * 1024;
    const qint64 left = QStorageInfo(folder).bytesAvailable();
    return left < 0 || left > scarce
        ? QString()
        : u"\nThe disk that holds %1 has only %2 MiB left."_s.arg(folder).arg(left / (1024 * 1024));
}

bool isOpen(const PackOperation &operation)
{
    return !isFinished(operation.state);
}

} // namespace

PackOperations::PackOperations(Surroundings surroundings)
    : m_surroundings(std::move(surroundings))
    , m_layout{m_surroundings.settings.dataFolder}
{
}

PackOperations::~PackOperations() = default;

PackOperations::Entry *PackOperations::find(const QString &id)
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.get();
}

Result<PackOperation> PackOperations::get(const QString &id) const
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return failure(ErrorCode::NotFound, u"There is no operation on packs \"%1\"."_s.arg(id));
    return found->second->operation;
}

std::vector<PackOperation> PackOperations::all() const
{
    std::vector<PackOperation> operations;
    for (auto each = m_entries.rbegin(); each != m_entries.rend(); ++each)
        operations.push_back(each->second->operation);
    return operations;
}

Result<PackOperation> PackOperations::begin(OperationRequest request, Follow follow)
{
    SG_ON(Engine);
    const auto open = std::count_if(m_entries.begin(), m_entries.end(), [](const auto &each) {
        return isOpen(each.second->operation);
    });
    if (open >= mostOpen)
        return failure(
            ErrorCode::Unavailable,
            u"%1 operations on packs are open. Carry some out, or drop them."_s.arg(open));
    auto entry = std::make_unique<Entry>();
    PackOperation &operation = entry->operation;
    operation.id = m_surroundings.ids.make().text();
    operation.request = std::move(request);
    for (QString &pack : operation.request.packs) {
        if (const auto known = m_secrets.find(pack); known != m_secrets.end())
            pack = withSecret(known->second);
    }
    operation.started = m_surroundings.clock.now();
    entry->follow = std::move(follow);
    Entry &kept = *m_entries.emplace(operation.id, std::move(entry)).first->second;
    tell(kept);
    // Later, so that whoever asked has the id before news of it.
    m_surroundings.post([this, id = kept.operation.id] {
        if (Entry *const found = find(id))
            plan(*found);
    });
    return kept.operation;
}

QString PackOperations::withoutSecret(const QString &source)
{
    const Result<PackSource> read = packSourceOf(source);
    if (!read || (read->user.isEmpty() && read->password.isEmpty()))
        return source;
    if (m_secrets.size() >= mostSecrets)
        m_secrets.clear();
    m_secrets[read->text()] = *read;
    return read->text();
}

void PackOperations::plan(Entry &entry)
{
    if (entry.operation.state != OperationState::Planning)
        return;
    const QString id = entry.operation.id;
    entry.planner = std::make_unique<Planner>(
        Planner::Surroundings{
            m_surroundings.settings, m_surroundings.commands, m_surroundings.index,
            m_surroundings.packs, m_surroundings.rules, m_surroundings.post,
            [this, id](const QString &title, const QString &line) { progress(id, title, line); }},
        entry.operation.request, id);
    entry.planner->begin([this, &entry](Result<Plan> made) { planned(entry, std::move(made)); });
}

void PackOperations::planned(Entry &entry, Result<Plan> plan)
{
    // It still runs: it goes once it has returned.
    m_surroundings.post([planner = std::shared_ptr<Planner>(std::move(entry.planner))] {});
    if (!plan)
        return finish(entry, failure(plan.error()));
    PackOperation &operation = entry.operation;
    operation.plan = std::move(*plan);
    if (!operation.plan.conflicts.isEmpty())
        return finish(entry, failure(ErrorCode::Conflict, operation.plan.conflicts.join(u'\n')));
    operation.state = OperationState::Planned;
    operation.step.clear();
    operation.line.clear();
    if (const Result<> kept = keep(operation); !kept)
        return finish(entry, kept);
    tell(entry);
    if (operation.request.carryOut)
        wait(entry);
}

Result<PackOperation> PackOperations::carryOut(const QString &id)
{
    SG_ON(Engine);
    Entry *const entry = find(id);
    if (!entry)
        return get(id);
    if (entry->operation.state != OperationState::Planned)
        return failure(ErrorCode::Conflict,
                       u"The operation %1 is %2, so it cannot be carried out."_s.arg(
                           id, text(entry->operation.state)));
    wait(*entry);
    return entry->operation;
}

void PackOperations::wait(Entry &entry)
{
    entry.operation.state = OperationState::Waiting;
    tell(entry);
    m_surroundings.post([this] { runNext(); });
}

void PackOperations::runNext()
{
    if (!m_running.isEmpty())
        return;
    for (const auto &[id, entry] : m_entries) {
        if (entry->operation.state != OperationState::Waiting)
            continue;
        m_running = id;
        return install(*entry);
    }
}

Installation::Surroundings PackOperations::installing(Entry &entry)
{
    const QString id = entry.operation.id;
    return {m_surroundings.settings,
            m_surroundings.commands,
            m_surroundings.registrar,
            m_surroundings.clock,
            m_surroundings.attempt,
            [this, id](const QString &title, const QString &line) { progress(id, title, line); },
            [this, &entry] { return keep(entry.operation); }};
}

void PackOperations::install(Entry &entry)
{
    entry.operation.state = OperationState::Running;
    tell(entry);
    entry.installation = std::make_unique<Installation>(installing(entry), entry.operation);
    entry.installation->begin([this, &entry](const Result<> &result) {
        m_surroundings.post(
            [installation = std::shared_ptr<Installation>(std::move(entry.installation))] {});
        m_running.clear();
        finish(entry, result);
        m_surroundings.post([this] { runNext(); });
    });
}

Result<PackOperation> PackOperations::cancel(const QString &id)
{
    SG_ON(Engine);
    Entry *const entry = find(id);
    if (!entry)
        return get(id);
    const OperationState state = entry->operation.state;
    if (isFinished(state) || state == OperationState::Committing)
        return failure(ErrorCode::Conflict,
                       u"The operation %1 is %2, so it cannot be canceled."_s.arg(id, text(state)));
    if (entry->planner)
        entry->planner->cancel();
    else if (entry->installation)
        entry->installation->cancel();
    else
        finish(*entry, failure(canceledError()));
    return entry->operation;
}

void PackOperations::finish(Entry &entry, const Result<> &result)
{
    PackOperation &operation = entry.operation;
    operation.state = result         ? OperationState::Succeeded
        : isCanceled(result.error()) ? OperationState::Canceled
                                     : OperationState::Failed;
    operation.error = result ? QString() : result.error().message + spaceHint(m_layout.data);
    operation.line.clear();
    // What it was doing stays, to tell where it failed.
    if (result)
        operation.step.clear();
    if (!result && !isCanceled(result.error()))
        qCWarning(packagingLog).noquote()
            << "Operation" << operation.id << "on packs failed:" << operation.error;
    if (const Result<> kept = keep(operation); !kept)
        qCWarning(packagingLog).noquote() << "The end of operation" << operation.id
                                          << "was not written down:" << kept.error().message;
    tell(entry);
    entry.follow = {};
    operation.request.variables.clear();
    m_surroundings.post([this] {
        forgetOld();
        cleanUp();
    });
}

void PackOperations::progress(const QString &id, const QString &title, const QString &line)
{
    Entry *const entry = find(id);
    if (!entry || isFinished(entry->operation.state))
        return;
    if (line.isEmpty())
        ++entry->operation.stepsDone;
    entry->operation.step = title;
    entry->operation.line = line;
    tell(*entry);
}

void PackOperations::tell(Entry &entry)
{
    entry.operation.changed = m_surroundings.clock.now();
    m_surroundings.changed(entry.operation);
    // A copy: it may begin another.
    if (const Follow follow = entry.follow)
        follow(entry.operation);
}

} // namespace stormglass
