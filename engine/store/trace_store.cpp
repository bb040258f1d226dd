#include "engine/store/trace_store.h"

namespace stormglass {

namespace {

#define TRACES "SELECT seq, id, tag, started FROM trace "
// Order of insertion is order of start.
#define NEWEST "AND seq < ?1 AND (?2 IS NULL OR tag = ?2) ORDER BY seq DESC LIMIT ?3 OFFSET ?4"
#define OLDEST "AND seq > ?1 AND (?2 IS NULL OR tag = ?2) ORDER BY seq LIMIT ?3 OFFSET ?4"
#define OF_OBJECT                                                                                  \
    "WHERE id IN (SELECT trace FROM trigger_instance WHERE trigger_instance.id = ?5 "              \
    "UNION SELECT trace FROM enforcement WHERE enforcement.id = ?5 "                               \
    "UNION SELECT trace FROM execution WHERE execution.id = ?5 "                                   \
    "UNION SELECT trace FROM execution WHERE execution.live_action = ?5) "
#define OF_RULE "WHERE id IN (SELECT trace FROM enforcement WHERE rule = ?5) "
#define OF_NAME "WHERE is_named = 1 "

// Tags of traces that were not given one: what they begin with, then its id.
const QString ofTriggerInstance = QStringLiteral("trigger_instance-");
const QString ofExecution = QStringLiteral("execution-");

// The id such a tag is made of.
std::optional<Id> originOf(const QString &tag)
{
    for (const QString &prefix : {ofTriggerInstance, ofExecution}) {
        if (tag.startsWith(prefix))
            return Id::fromText(tag.mid(prefix.size()));
    }
    return std::nullopt;
}

// How many traces of executions that still run may stand in front of one that can go.
constexpr int mostInUse = 10'000;

struct Found
{
    std::int64_t row = 0;
    Trace trace = {};
};

Trace readTrace(Row &row)
{
    row.integer();
    return {.id = row.id(), .tag = row.text(), .started = row.time()};
}

Found readFound(Row &row)
{
    const std::int64_t number = row.integer();
    row.rewind();
    return {.row = number, .trace = readTrace(row)};
}

// What a link is read with: two ids that may have caused it, and a payload that may name another.
TraceLink readLink(Row &row)
{
    TraceLink link{.trace = row.id(),
                   .kind = row.choice(TraceLinkKind::Execution),
                   .object = row.id(),
                   .ref = row.text(),
                   .time = row.time()};
    const Id parent = row.id();
    const Id rule = row.id();
    const Id triggerInstance = row.id();
    const Value payload = row.json();
    if (!parent.isNull() || payload["execution_id"].isText()) {
        link.causeType = QStringLiteral("action_execution");
        link.cause = parent.isNull() ? payload["execution_id"].toQString() : parent.text();
    } else if (!rule.isNull() && !triggerInstance.isNull()) {
        link.causeType = QStringLiteral("rule");
        link.cause = rule.text() + QLatin1Char(':') + triggerInstance.text();
    } else if (!triggerInstance.isNull()) {
        link.causeType = QStringLiteral("trigger_instance");
        link.cause = triggerInstance.text();
    }
    return link;
}

std::optional<QString> orNone(const QString &text)
{
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

Result<std::vector<Found>> listOf(Database &database, const TraceFilter &filter,
                                  const SliceRequest &request)
{
    const SliceBounds bounds(request, TimeWindow());
    const auto select = [&](Sql sql, const auto &...more) {
        return database.rows(sql, readFound, bounds.row, orNone(filter.tag), request.limit,
                             request.offset, more...);
    };
    const bool isNewest = request.order == SliceRequest::Order::NewestFirst;
    if (!filter.object.isNull())
        return isNewest ? select(TRACES OF_OBJECT NEWEST, filter.object)
                        : select(TRACES OF_OBJECT OLDEST, filter.object);
    if (!filter.rule.isNull())
        return isNewest ? select(TRACES OF_RULE NEWEST, filter.rule)
                        : select(TRACES OF_RULE OLDEST, filter.rule);
    if (!filter.tag.isEmpty())
        return isNewest ? select(TRACES OF_NAME NEWEST) : select(TRACES OF_NAME OLDEST);
    return isNewest ? select(TRACES "WHERE TRUE " NEWEST) : select(TRACES "WHERE TRUE " OLDEST);
}

} // namespace

Result<> TraceStore::add(const Trace &trace)
{
    SG_TRY(m_database.run("INSERT INTO trace (id, tag, is_named, started) VALUES (?1, ?2, ?3, ?4)",
                          trace.id, trace.tag, !originOf(trace.tag), trace.started));
    m_database.count("trace", {}, 1);
    return {};
}

Result<std::optional<Trace>> TraceStore::find(const Id &id)
{
    return m_database.row(TRACES "WHERE id = ?1", readTrace, id);
}

Result<std::vector<TraceLink>> TraceStore::links(const Id &trace)
{
    // A rule that could not be answered, or has not been served yet, is not part of it.
    return m_database.rows(
        "SELECT trace, 0, id, trigger_ref, occurrence AS time, NULL, NULL, NULL, "
        "CASE WHEN trigger_ref IN ('core.st2.generic.actiontrigger', "
        "'core.st2.generic.notifytrigger') THEN payload END "
        "FROM trigger_instance WHERE trace = ?1 "
        "UNION ALL "
        "SELECT trace, 1, rule, rule_ref, enforced_at, NULL, NULL, trigger_instance, NULL "
        "FROM enforcement WHERE trace = ?1 AND status <> 0 "
        "AND failure_reason NOT LIKE 'Failed to match rule%' "
        "UNION ALL "
        "SELECT trace, 2, id, action, started, parent, rule, trigger_instance, NULL "
        "FROM execution WHERE trace = ?1 "
        "ORDER BY time, 2",
        readLink, trace);
}

Result<std::optional<Trace>> TraceStore::unwritten(const Id &trace)
{
    return m_database.row(
        "SELECT id, occurrence FROM trigger_instance WHERE trace = ?1 ORDER BY seq LIMIT 1",
        [&trace](Row &row) {
            const Id instance = row.id();
            return Trace{trace, ofTriggerInstance + instance.text(), row.time()};
        },
        trace);
}

Result<Slice<Trace>> TraceStore::list(const TraceFilter &filter, const SliceRequest &request)
{
    TraceFilter narrowed = filter;
    if (const std::optional<Id> origin = originOf(filter.tag); origin && filter.object.isNull())
        narrowed.object = *origin;
    SG_LET(std::vector<Found> found, listOf(m_database, narrowed, request));
    Slice<Trace> slice;
    if (!found.empty())
        slice.last = SliceKey{found.back().trace.started, found.back().row};
    for (Found &one : found)
        slice.rows.push_back(std::move(one.trace));
    return slice;
}

Result<std::int64_t> TraceStore::count(const TraceFilter &filter)
{
    if (filter.tag.isEmpty() && filter.object.isNull() && filter.rule.isNull())
        return m_database.counted("trace", {});
    SliceRequest all;
    all.limit = std::numeric_limits<int>::max();
    SG_LET(const Slice<Trace> found, list(filter, all));
    return static_cast<std::int64_t>(found.rows.size());
}

Result<int> TraceStore::removeBefore(Timestamp moment, int limit)
{
    SG_LET(
        const std::vector<std::int64_t> doomed,
        m_database.rows(
            "SELECT seq FROM (SELECT seq, id, started FROM trace ORDER BY seq LIMIT ?3) AS oldest "
            "WHERE started < ?1 AND NOT EXISTS (SELECT 1 FROM execution "
            "WHERE execution.trace = oldest.id AND status NOT IN (4, 5, 6, 7, 9)) LIMIT ?2",
            [](Row &row) { return row.integer(); }, moment, limit, limit + mostInUse));
    for (const std::int64_t row : doomed) {
        SG_TRY(m_database.run("DELETE FROM trace WHERE seq = ?1", row));
        m_database.count("trace", {}, -1);
    }
    return static_cast<int>(doomed.size());
}

} // namespace stormglass
