#include "engine/store/execution_columns.h"
#include "engine/store/execution_store.h"

namespace stormglass {

namespace {

// ?1 low, ?2 high, ?3 row, ?4 limit, ?5 offset, then what is asked for; ?15 is what the chosen
// index is asked with.
#define NEWEST "AND started >= ?1 AND started <= ?2 AND (started < ?2 OR execution.seq < ?3) "
#define OLDEST "AND started >= ?1 AND started <= ?2 AND (started > ?1 OR execution.seq > ?3) "
#define FILTERED                                                                                   \
    "AND (?6 IS NULL OR status = ?6) AND (?7 IS NULL OR action = ?7) "                             \
    "AND (?8 IS NULL OR rule_ref = ?8) AND (?9 IS NULL OR runner_type = ?9) "                      \
    "AND (?10 IS NULL OR run_as = ?10) AND (?11 IS NULL OR trace = ?11) "                          \
    "AND (?12 = 0 OR parent IS NULL) "                                                             \
    "AND (?13 IS NULL OR EXISTS (SELECT 1 FROM trigger_instance t "                                \
    "WHERE t.id = execution.trigger_instance AND t.trigger_ref = ?13)) "                           \
    "AND (?14 IS NULL OR EXISTS (SELECT 1 FROM trigger_instance t JOIN trigger ON trigger.id = "   \
    "t.trigger_id "                                                                                \
    "WHERE t.id = execution.trigger_instance AND trigger.trigger_type = ?14)) "
#define NEWEST_FIRST "ORDER BY started DESC, execution.seq DESC LIMIT ?4 OFFSET ?5"
#define OLDEST_FIRST "ORDER BY started, execution.seq LIMIT ?4 OFFSET ?5"

// The index that leaves least to look at.
#define BY_PARENT "WHERE parent = ?15 "
#define BY_TRIGGER_INSTANCE                                                                        \
    "WHERE id IN (SELECT execution FROM enforcement WHERE enforcement.trigger_instance = ?15) "
#define BY_LIVE_ACTION "WHERE live_action = ?15 "
#define BY_TRACE "WHERE trace = ?15 "
#define BY_STATUS "WHERE status <> 4 AND status = ?15 "
#define BY_RULE "WHERE rule_ref = ?15 "
#define BY_ACTION "WHERE action = ?15 "
#define BY_TIME "WHERE (?15 IS NULL OR TRUE) "

struct Found
{
    std::int64_t row = 0;
    Execution execution = {};
};

Found readFound(Row &row)
{
    const std::int64_t number = row.integer();
    row.rewind();
    return {.row = number, .execution = readExecution(row)};
}

std::optional<Ref> orNone(const Ref &ref)
{
    return ref.isEmpty() ? std::nullopt : std::optional(ref);
}

std::optional<QString> orNone(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

struct Choice
{
    Sql newest;
    Sql oldest;
    Sql newestBare;
    Sql oldestBare;
    Sql count;
};

#define CHOICE(by)                                                                                 \
    Choice                                                                                         \
    {                                                                                              \
        SG_EXECUTIONS by NEWEST FILTERED NEWEST_FIRST,                                             \
            SG_EXECUTIONS by OLDEST FILTERED OLDEST_FIRST,                                         \
            SG_EXECUTIONS_BARE by NEWEST FILTERED NEWEST_FIRST,                                    \
            SG_EXECUTIONS_BARE by OLDEST FILTERED OLDEST_FIRST,                                    \
            "SELECT count(*) FROM execution " by NEWEST FILTERED "AND ?4 <> ?5"                    \
    }

Sql listing(const Choice &choice, SliceRequest::Order order, ExecutionStore::Results results)
{
    const bool isNewest = order == SliceRequest::Order::NewestFirst;
    if (results == ExecutionStore::Results::Included)
        return isNewest ? choice.newest : choice.oldest;
    return isNewest ? choice.newestBare : choice.oldestBare;
}

// Calls `use(choice, what its index is asked with)`.
template <typename Use>
auto withChoice(const ExecutionFilter &filter, Use use)
{
    if (!filter.liveAction.isNull())
        return use(CHOICE(BY_LIVE_ACTION), filter.liveAction);
    if (!filter.parent.isNull())
        return use(CHOICE(BY_PARENT), filter.parent);
    if (!filter.triggerInstance.isNull())
        return use(CHOICE(BY_TRIGGER_INSTANCE), filter.triggerInstance);
    if (!filter.trace.isNull())
        return use(CHOICE(BY_TRACE), filter.trace);
    if (filter.status && *filter.status != ExecutionStatus::Succeeded)
        return use(CHOICE(BY_STATUS), *filter.status);
    if (!filter.rule.isEmpty())
        return use(CHOICE(BY_RULE), filter.rule);
    if (!filter.action.isEmpty())
        return use(CHOICE(BY_ACTION), filter.action);
    return use(CHOICE(BY_TIME), std::optional<Id>());
}

// What a kept counter answers: nothing but one of these.
std::optional<std::pair<std::string_view, QString>> counterFor(const ExecutionFilter &filter)
{
    const auto isOnly = [&filter](ExecutionFilter only) {
        only.started = filter.started;
        return filter.started == TimeWindow() && only == filter;
    };
    if (isOnly({}))
        return std::pair(std::string_view("execution"), QString());
    if (isOnly({.status = filter.status}))
        return std::pair(std::string_view("execution.status"), toText(*filter.status));
    if (isOnly({.action = filter.action}))
        return std::pair(std::string_view("execution.action"), filter.action.text());
    if (isOnly({.rule = filter.rule}))
        return std::pair(std::string_view("execution.rule"), filter.rule.text());
    if (isOnly({.runnerType = filter.runnerType}))
        return std::pair(std::string_view("execution.runner_type"), filter.runnerType);
    if (isOnly({.user = filter.user}))
        return std::pair(std::string_view("execution.user"), filter.user);
    return std::nullopt;
}

} // namespace

Result<Slice<Execution>> ExecutionStore::list(const ExecutionFilter &filter,
                                              const SliceRequest &request, Results results)
{
    const SliceBounds bounds(request, filter.started);
    SG_LET(std::vector<Found> found, withChoice(filter, [&](const Choice &choice, const auto &key) {
               return m_database.rows(listing(choice, request.order, results), readFound,
                                      bounds.low, bounds.high, bounds.row, request.limit,
                                      request.offset, filter.status, orNone(filter.action),
                                      orNone(filter.rule), orNone(filter.runnerType),
                                      orNone(filter.user), filter.trace, filter.onlyTopLevel,
                                      orNone(filter.trigger), orNone(filter.triggerType), key);
           }));
    Slice<Execution> slice;
    if (!found.empty())
        slice.last = SliceKey{found.back().execution.started, found.back().row};
    slice.rows.reserve(found.size());
    for (Found &one : found)
        slice.rows.push_back(std::move(one.execution));
    return slice;
}

Result<std::int64_t> ExecutionStore::count(const ExecutionFilter &filter)
{
    if (const auto counter = counterFor(filter))
        return m_database.counted(counter->first, counter->second.toStdString());
    const SliceBounds bounds({}, filter.started);
    SG_LET(const auto number, withChoice(filter, [&](const Choice &choice, const auto &key) {
               return m_database.row(
                   choice.count, [](Row &row) { return row.integer(); }, bounds.low, bounds.high,
                   bounds.row, 0, 1, filter.status, orNone(filter.action), orNone(filter.rule),
                   orNone(filter.runnerType), orNone(filter.user), filter.trace,
                   filter.onlyTopLevel, orNone(filter.trigger), orNone(filter.triggerType), key);
           }));
    return number.value_or(0);
}

Result<std::vector<Database::Count>> ExecutionStore::countByStatus()
{
    return m_database.countedByKey("execution.status");
}

Result<std::vector<Database::Count>> ExecutionStore::countByAction()
{
    return m_database.countedByKey("execution.action");
}

Result<std::vector<Database::Count>> ExecutionStore::countByRule()
{
    return m_database.countedByKey("execution.rule");
}

Result<std::vector<Database::Count>> ExecutionStore::countByRunnerType()
{
    return m_database.countedByKey("execution.runner_type");
}

Result<std::vector<Database::Count>> ExecutionStore::countByUser()
{
    return m_database.countedByKey("execution.user");
}

} // namespace stormglass
