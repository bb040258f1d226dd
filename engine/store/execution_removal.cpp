#include "engine/store/column.h"
#include "engine/store/execution_store.h"

namespace stormglass {

namespace {

// What removing needs to know of an execution: many at once must not fill memory with parameters
// and results.
struct Doomed
{
    std::int64_t row = 0;
    Id id = {};
    Execution counted = {};
};

Doomed readDoomed(Row &row)
{
    Doomed doomed;
    doomed.row = row.integer();
    doomed.id = row.id();
    doomed.counted.status = row.choice(ExecutionStatus::Resuming);
    doomed.counted.action = row.ref();
    doomed.counted.ruleRef = row.ref();
    doomed.counted.runnerType = row.text();
    doomed.counted.context = Value::map({{"user", row.text()}});
    return doomed;
}

} // namespace

void ExecutionStore::countAll(const Execution &execution, std::int64_t difference)
{
    const auto count = [&](std::string_view kind, const QString &key) {
        if (!key.isEmpty())
            m_database.count(kind, key.toStdString(), difference);
    };
    m_database.count("execution", {}, difference);
    count("execution.status", toText(execution.status));
    count("execution.action", execution.action.text());
    count("execution.rule", execution.ruleRef.text());
    count("execution.runner_type", execution.runnerType);
    count("execution.user", execution.context["user"].toQStringOr({}));
}

Result<int> ExecutionStore::removeBefore(Timestamp moment, int limit)
{
    // Abandoned ones stay: somebody should look at them. So does what a workflow that has not
    // ended, however far above, may still ask for.
    SG_LET(
        const std::vector<Doomed> doomed,
        m_database.rows(
            "SELECT seq, id, status, action, rule_ref, runner_type, run_as FROM execution "
            "WHERE started < ?1 AND ended < ?1 AND status IN (4, 5, 6, 9) AND noticed = 1 "
            "AND followed = 1 AND (parent IS NULL OR NOT EXISTS ("
            "WITH RECURSIVE above(id) AS (SELECT execution.parent UNION "
            "SELECT child.parent FROM execution AS child INNER JOIN above ON child.id = above.id) "
            "SELECT 1 FROM execution AS root INNER JOIN above ON root.id = above.id "
            "WHERE root.status NOT IN (4, 5, 6, 7, 9))) ORDER BY started LIMIT ?2",
            readDoomed, moment, limit));
    for (const Doomed &one : doomed) {
        SG_TRY(m_database.run("DELETE FROM execution_result WHERE seq = ?1", one.row));
        SG_TRY(m_database.run("DELETE FROM output WHERE execution = ?1", one.id));
        forget(one.id);
        SG_TRY(m_database.run("DELETE FROM execution WHERE seq = ?1", one.row));
        countAll(one.counted, -1);
    }
    return static_cast<int>(doomed.size());
}

} // namespace stormglass
