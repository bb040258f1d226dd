#pragma once

#include "engine/model/execution.h"
#include "engine/store/database.h"
#include "engine/store/recent_executions.h"
#include "engine/store/slice.h"

namespace stormglass {

struct ExecutionFilter
{
    std::optional<ExecutionStatus> status = {};
    Ref action = {};
    Ref rule = {};
    QString runnerType = {};
    QString user = {};
    Id liveAction = {};
    Id parent = {};
    bool onlyTopLevel = false;
    Id triggerInstance = {};
    // Of the trigger instance it came from.
    Ref trigger = {};
    Ref triggerType = {};
    Id trace = {};
    TimeWindow started = {};

    friend bool operator==(const ExecutionFilter &, const ExecutionFilter &) = default;
};

// A step from one status to another, and what is known with it.
struct ExecutionMove
{
    ExecutionStatus to = ExecutionStatus::Requested;
    Timestamp time = {};
    QString reason = {};
    std::optional<Value> result = {};
    // The whole context, where it changes.
    std::optional<Value> context = {};
    // For delayed ones.
    std::optional<Timestamp> notBefore = {};
};

// Executions with their live actions. Thread: its database's.
class ExecutionStore
{
public:
    // `recent`, if any, is borrowed: of the one store that writes over this connection.
    explicit ExecutionStore(Database &database, RecentExecutions *recent = nullptr)
        : m_database(database)
        , m_recent(recent)
    {
    }

    // Gives it as stored: with the first entry of its log.
    Result<Execution> add(Execution execution);
    Result<std::optional<Execution>> find(const Id &id);
    // NotFound if there is none.
    Result<Execution> get(const Id &id);
    // The row if it still is in that status: whoever gets none comes too late.
    Result<std::optional<Execution>> claim(const Id &id, ExecutionStatus from);
    // Gives it as it is then. Conflict if the table of moves does not have this one, or if the
    // stored status is no longer the one given. Completing it sets `ended`; leaving a status
    // forgets what belonged to it (not before, process, tries).
    Result<Execution> move(Execution execution, const ExecutionMove &move);
    // While it runs.
    Result<> setProcess(const Id &id, qint64 process, std::uint64_t processStart);
    // Of one that has not completed: progress of a workflow, a request of an inquiry.
    Result<> setResult(const Id &id, const Value &result);
    Result<> setContext(const Id &id, const Value &context);
    // Gives how often it has been tried now.
    Result<int> countTry(const Id &id);

    // Oldest first.
    Result<std::vector<Id>> waiting(ExecutionStatus status, int limit);
    // Delayed ones whose time has come, longest due first; and when the next one is.
    Result<std::vector<Id>> due(Timestamp now, int limit);
    Result<std::optional<Timestamp>> nextDue();
    // Completed ones that notification has not seen to yet.
    Result<std::vector<Id>> unnoticed(int limit);
    Result<> setNoticed(const Id &id);
    // Completed children their workflow has not taken into account yet.
    Result<std::vector<Id>> unfollowed(int limit);
    Result<> setFollowed(const Id &id);

    // Scheduled and running ones of an action: what concurrency policies count.
    Result<std::int64_t> countActive(const Ref &action);
    Result<std::vector<Execution>> active(const Ref &action);
    // Oldest first.
    Result<std::vector<Id>> childrenOf(const Id &parent);

    // Results may be large, and a list of many need not read them.
    enum class Results { Included, LeftOut };
    Result<Slice<Execution>> list(const ExecutionFilter &filter, const SliceRequest &request,
                                  Results results = Results::Included);
    Result<std::int64_t> count(const ExecutionFilter &filter);
    // Distinct values there are executions of, with how many.
    Result<std::vector<Database::Count>> countByStatus();
    Result<std::vector<Database::Count>> countByAction();
    Result<std::vector<Database::Count>> countByRule();
    Result<std::vector<Database::Count>> countByRunnerType();
    Result<std::vector<Database::Count>> countByUser();

    // The oldest succeeded, failed, timed out or canceled ones that ended before a moment, with
    // results and output, but for those below an execution that has not ended; gives how many went. Call again while it is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

private:
    void countAll(const Execution &execution, std::int64_t difference);
    void remember(const Execution &execution);
    void forget(const Id &id);
    const Execution *remembered(const Id &id);
    // Gives its size in bytes.
    Result<std::int64_t> keepResult(const Id &id, const Value &result);

    Database &m_database;
    RecentExecutions *m_recent;
};

} // namespace stormglass
