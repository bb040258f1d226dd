#include "engine/store/execution_store.h"

#include "engine/base/json.h"
#include "engine/store/column.h"
#include "engine/store/execution_columns.h"

namespace stormglass {

namespace {

const QString noun = QStringLiteral("execution");

// Statements name statuses by number, so the numbers must never change.
static_assert(static_cast<int>(ExecutionStatus::Scheduled) == 1
              && static_cast<int>(ExecutionStatus::Delayed) == 2
              && static_cast<int>(ExecutionStatus::Running) == 3
              && static_cast<int>(ExecutionStatus::Succeeded) == 4
              && static_cast<int>(ExecutionStatus::Failed) == 5
              && static_cast<int>(ExecutionStatus::Timeout) == 6
              && static_cast<int>(ExecutionStatus::Abandoned) == 7
              && static_cast<int>(ExecutionStatus::Canceled) == 9
              && static_cast<int>(ExecutionStatus::Resuming) == 13);
#define COMPLETED "status IN (4, 5, 6, 7, 9) "

Id readId(Row &row)
{
    return row.id();
}

QString userOf(const Execution &execution)
{
    return execution.context["user"].toQStringOr({});
}

std::optional<Ref> orNone(const Ref &ref)
{
    return ref.isEmpty() ? std::nullopt : std::optional(ref);
}

tl::unexpected<Error> notAllowed(const Execution &execution, ExecutionStatus to)
{
    return failure(ErrorCode::Conflict,
                   QStringLiteral("The execution %1 is %2 and cannot become %3.")
                       .arg(execution.id.text(), toText(execution.status), toText(to)));
}

bool hasProcess(ExecutionStatus status)
{
    return status == ExecutionStatus::Running || status == ExecutionStatus::Canceling
        || status == ExecutionStatus::Pausing;
}

// The execution after the move, but for its log.
Execution moved(Execution execution, const ExecutionMove &move)
{
    execution.status = move.to;
    execution.tries = 0;
    execution.notBefore = move.notBefore;
    if (move.result)
        execution.result = *move.result;
    if (move.context)
        execution.context = *move.context;
    if (isCompleted(move.to))
        execution.ended = move.time;
    if (!hasProcess(move.to)) {
        execution.process = 0;
        execution.processStart = 0;
    }
    return execution;
}

} // namespace

Result<Execution> ExecutionStore::add(Execution execution)
{
    SG_TRY(m_database.run(
        "INSERT INTO execution (id, live_action, action, runner_type, status, started, ended, "
        "not_before, parent, rule, "
        "rule_ref, trigger_instance, enforcement, trace, task_name, run_as, process, "
        "process_start, tries, noticed, "
        "followed, parameters, context, notify, log) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
        "?10, ?11, ?12, ?13, "
        "?14, ?15, ?16, ?17, ?18, 0, 0, ?19, ?20, ?21, ?22, ?23)",
        execution.id, execution.liveAction, execution.action, execution.runnerType,
        execution.status, execution.started, execution.ended, execution.notBefore, execution.parent,
        execution.rule, orNone(execution.ruleRef), execution.triggerInstance, execution.enforcement,
        execution.trace, execution.taskName, userOf(execution), execution.process,
        static_cast<std::int64_t>(execution.processStart), execution.parent.isNull(),
        execution.parameters, execution.context, execution.notify,
        logEntry(execution.status, execution.started, {})));
    if (!execution.result.isNull()) {
        SG_LET(execution.resultSize, keepResult(execution.id, execution.result));
    }
    countAll(execution, 1);
    execution.log = Value::list({shownLogEntry(execution.status, execution.started, {})});
    remember(execution);
    return execution;
}

Result<std::optional<Execution>> ExecutionStore::find(const Id &id)
{
    if (const Execution *recent = remembered(id))
        return *recent;
    return m_database.row(SG_EXECUTIONS "WHERE id = ?1", readExecution, id);
}

Result<Execution> ExecutionStore::get(const Id &id)
{
    SG_LET(std::optional<Execution> execution, find(id));
    if (!execution)
        return noSuchRow(noun, id);
    return *std::move(execution);
}

Result<std::optional<Execution>> ExecutionStore::claim(const Id &id, ExecutionStatus from)
{
    if (const Execution *recent = remembered(id))
        return recent->status == from ? std::optional(*recent) : std::nullopt;
    return m_database.row(SG_EXECUTIONS "WHERE id = ?1 AND status = ?2", readExecution, id, from);
}

Result<Execution> ExecutionStore::move(Execution execution, const ExecutionMove &move)
{
    const ExecutionStatus from = execution.status;
    if (!mayMove(from, move.to))
        return notAllowed(execution, move.to);
    Execution after = moved(std::move(execution), move);
    forget(after.id);
    SG_LET(const std::int64_t changed,
           m_database.run(
               "UPDATE execution SET status = ?3, ended = ?4, not_before = ?5, process = ?6, "
               "process_start = ?7, tries = 0, context = coalesce(?8, context), log = log || ?9 "
               "WHERE id = ?1 AND status = ?2",
               after.id, from, after.status, after.ended, after.notBefore, after.process,
               static_cast<std::int64_t>(after.processStart), move.context,
               logEntry(move.to, move.time, move.reason)));
    if (changed == 0)
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("The execution %1 is no longer %2.").arg(after.id.text(), toText(from)));
    if (move.result) {
        SG_LET(after.resultSize, keepResult(after.id, *move.result));
    }
    m_database.count("execution.status", toText(from).toStdString(), -1);
    m_database.count("execution.status", toText(move.to).toStdString(), 1);
    after.log.append(shownLogEntry(move.to, move.time, move.reason));
    remember(after);
    return after;
}

void ExecutionStore::remember(const Execution &execution)
{
    if (m_recent)
        m_recent->put(execution);
}

void ExecutionStore::forget(const Id &id)
{
    if (m_recent)
        m_recent->forget(id);
}

const Execution *ExecutionStore::remembered(const Id &id)
{
    return m_recent ? m_recent->find(id) : nullptr;
}

Result<> ExecutionStore::setProcess(const Id &id, qint64 process, std::uint64_t processStart)
{
    std::optional<Execution> recent;
    if (const Execution *known = remembered(id))
        recent = *known;
    forget(id);
    SG_TRY(expectRow(m_database.run("UPDATE execution SET process = ?2, process_start = ?3 "
                                    "WHERE id = ?1 AND status IN (3, 8, 11)",
                                    id, static_cast<std::int64_t>(process),
                                    static_cast<std::int64_t>(processStart)),
                     QStringLiteral("running execution"), id));
    if (!recent)
        return {};
    recent->process = process;
    recent->processStart = processStart;
    remember(*recent);
    return {};
}

Result<> ExecutionStore::setResult(const Id &id, const Value &result)
{
    forget(id);
    SG_LET(const auto isOpen,
           m_database.row(
               "SELECT seq FROM execution WHERE id = ?1 AND NOT " COMPLETED,
               [](Row &row) { return row.integer(); }, id));
    if (!isOpen)
        return noSuchRow(QStringLiteral("execution that has not completed"), id);
    SG_TRY(keepResult(id, result));
    return {};
}

Result<> ExecutionStore::setContext(const Id &id, const Value &context)
{
    forget(id);
    return expectRow(m_database.run("UPDATE execution SET context = ?2 WHERE id = ?1", id, context),
                     noun, id);
}

Result<std::int64_t> ExecutionStore::keepResult(const Id &id, const Value &result)
{
    if (result.isNull()) {
        SG_TRY(m_database.run(
            "DELETE FROM execution_result WHERE seq = (SELECT seq FROM execution WHERE id = ?1)",
            id));
        return 0;
    }
    const std::string json = writeJson(result);
    SG_TRY(m_database.run(
        "INSERT INTO execution_result (seq, size, result) "
        "SELECT seq, ?2, ?3 FROM execution WHERE id = ?1 "
        "ON CONFLICT (seq) DO UPDATE SET size = excluded.size, result = excluded.result",
        id, json.size(), json));
    return static_cast<std::int64_t>(json.size());
}

Result<int> ExecutionStore::countTry(const Id &id)
{
    forget(id);
    SG_LET(const std::optional<int> tries,
           m_database.row(
               "UPDATE execution SET tries = tries + 1 WHERE id = ?1 RETURNING tries",
               [](Row &row) { return row.number(); }, id));
    if (!tries)
        return noSuchRow(noun, id);
    return *tries;
}

Result<std::vector<Id>> ExecutionStore::waiting(ExecutionStatus status, int limit)
{
    SG_ASSERT(status != ExecutionStatus::Succeeded);
    return m_database.rows(
        "SELECT id FROM execution WHERE status <> 4 AND status = ?1 ORDER BY started, seq LIMIT ?2",
        readId, status, limit);
}

Result<std::vector<Id>> ExecutionStore::due(Timestamp now, int limit)
{
    return m_database.rows("SELECT id FROM execution WHERE status = 2 AND not_before <= ?1 "
                           "ORDER BY not_before, seq LIMIT ?2",
                           readId, now, limit);
}

Result<std::optional<Timestamp>> ExecutionStore::nextDue()
{
    return m_database.row(
        "SELECT not_before FROM execution WHERE status = 2 AND not_before IS NOT NULL "
        "ORDER BY not_before LIMIT 1",
        [](Row &row) { return row.time(); });
}

Result<std::vector<Id>> ExecutionStore::unnoticed(int limit)
{
    return m_database.rows("SELECT id FROM execution WHERE noticed = 0 AND " COMPLETED "LIMIT ?1",
                           readId, limit);
}

// The last step of most: nobody reads it again soon.
Result<> ExecutionStore::setNoticed(const Id &id)
{
    forget(id);
    return expectRow(m_database.run("UPDATE execution SET noticed = 1 WHERE id = ?1", id), noun,
                     id);
}

Result<std::vector<Id>> ExecutionStore::unfollowed(int limit)
{
    return m_database.rows("SELECT id FROM execution WHERE followed = 0 AND " COMPLETED "LIMIT ?1",
                           readId, limit);
}

Result<> ExecutionStore::setFollowed(const Id &id)
{
    return expectRow(m_database.run("UPDATE execution SET followed = 1 WHERE id = ?1", id), noun,
                     id);
}

Result<std::int64_t> ExecutionStore::countActive(const Ref &action)
{
    SG_LET(const auto number,
           m_database.row(
               "SELECT count(*) FROM execution WHERE status IN (1, 3) AND action = ?1",
               [](Row &row) { return row.integer(); }, action));
    return number.value_or(0);
}

Result<std::vector<Execution>> ExecutionStore::active(const Ref &action)
{
    return m_database.rows(SG_EXECUTIONS
                           "WHERE status IN (1, 3) AND action = ?1 ORDER BY execution.seq",
                           readExecution, action);
}

Result<std::vector<Id>> ExecutionStore::childrenOf(const Id &parent)
{
    return m_database.rows("SELECT id FROM execution WHERE parent = ?1 ORDER BY seq", readId,
                           parent);
}

} // namespace stormglass
