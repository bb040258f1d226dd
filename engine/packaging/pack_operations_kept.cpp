#include "engine/packaging/json_file.h"
#include "engine/packaging/pack_operations.h"
#include "engine/packaging/packaging_log.h"
#include "engine/packaging/tool_commands.h"

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;

// The rest of PackOperations: what is on disk, and what of it is not needed any more.

namespace stormglass {

namespace {

constexpr int mostFinished = 50;
constexpr qsizetype removedAtOnce = 200;

QStringList foldersIn(const QString &folder)
{
    QStringList paths;
    for (const QString &name :
         QDir(folder).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name))
        paths << folder + u'/' + name;
    return paths;
}

QString journalIn(const QString &folder)
{
    return folder + u"/operation.json"_s;
}

} // namespace

Result<> PackOperations::keep(const PackOperation &operation) const
{
    return writeJsonFile(journalIn(m_layout.operation(operation.id)), toJson(operation));
}

void PackOperations::recover()
{
    for (const QString &folder : foldersIn(m_layout.operations())) {
        PackOperation operation = operationFromJson(readJsonFile(journalIn(folder)));
        // One that was never written down leaves only what it fetched.
        if (!operation.id.isEmpty() && folder == m_layout.operation(operation.id))
            recover(std::move(operation));
    }
    forgetOld();
    m_surroundings.post([this] { cleanUp(); });
}

void PackOperations::recover(PackOperation operation)
{
    auto kept = std::make_unique<Entry>();
    kept->operation = std::move(operation);
    Entry &entry = *m_entries.emplace(kept->operation.id, std::move(kept)).first->second;
    const OperationState state = entry.operation.state;
    if (isFinished(state) || state == OperationState::Planned)
        return;
    if (state != OperationState::Committing)
        return finish(entry,
                      failure(ErrorCode::Unavailable,
                              u"The engine stopped before it was done; nothing was changed."_s));
    qCInfo(packagingLog).noquote()
        << "Operation" << entry.operation.id << "on packs was interrupted and is completed.";
    Installation installation(installing(entry), entry.operation);
    finish(entry, installation.complete());
}

void PackOperations::forgetOld()
{
    int finished = 0;
    for (auto each = m_entries.rbegin(); each != m_entries.rend();) {
        if (!isFinished(each->second->operation.state) || ++finished <= mostFinished) {
            ++each;
            continue;
        }
        each = std::make_reverse_iterator(m_entries.erase(std::next(each).base()));
    }
}

// What no operation works on and no pack uses: fetched folders, replaced versions, environments.
QStringList PackOperations::leftOver() const
{
    QStringList paths;
    for (const QString &folder : foldersIn(m_layout.operations())) {
        const auto found = m_entries.find(QDir(folder).dirName());
        if (found == m_entries.end()) {
            paths << folder;
        } else if (isFinished(found->second->operation.state)) {
            paths += foldersIn(folder);
            for (const QString &name : QDir(folder).entryList(QDir::Files | QDir::Hidden)) {
                if (name != u"operation.json")
                    paths << folder + u'/' + name;
            }
        }
    }
    QSet<QString> used;
    for (const QString &link :
         QDir(m_layout.data + u"/virtualenvs"_s)
             .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot))
        used << environmentInUse(m_layout, link);
    for (const QString &folder : foldersIn(m_layout.work() + u"/previous"_s))
        used << readJsonFile(folder + u"/record.json"_s)["environment"].toQStringOr({});
    for (const QString &environment : foldersIn(m_layout.environments())) {
        if (!used.contains(environment))
            paths << environment;
    }
    return paths.mid(0, removedAtOnce);
}

// One that is carried out makes environments that nothing uses yet.
void PackOperations::cleanUp()
{
    m_cleansAgain = m_isCleaning;
    if (!m_running.isEmpty() || m_isCleaning)
        return;
    const QStringList paths = leftOver();
    if (paths.isEmpty())
        return;
    m_isCleaning = true;
    m_surroundings.commands.run(
        removeCommand(m_surroundings.settings, paths),
        {[](const QString &) {},
         [this](const Result<CommandEnd> &end) {
             m_isCleaning = false;
             if (!end || !end->succeeded())
                 qCWarning(packagingLog).noquote()
                     << "What operations on packs left could not be removed:"
                     << (end ? end->lastLines.join(u' ') : end.error().message);
             else if (m_cleansAgain)
                 cleanUp();
         }});
}

} // namespace stormglass
