#include "engine/store/enforcement_store.h"

#include "engine/store/column.h"

namespace stormglass {

namespace {

#define ENFORCEMENTS                                                                               \
    "SELECT seq, id, trigger_instance, rule, rule_ref, trace, execution, status, failure_reason, " \
    "enforced_at FROM enforcement "
#define NEWEST "AND enforced_at >= ?1 AND enforced_at <= ?2 AND (enforced_at < ?2 OR seq < ?3) "
#define OLDEST "AND enforced_at >= ?1 AND enforced_at <= ?2 AND (enforced_at > ?1 OR seq > ?3) "
#define FILTERED                                                                                   \
    "AND (?4 IS NULL OR rule = ?4) AND (?5 IS NULL OR execution = ?5) "                            \
    "AND (?6 IS NULL OR status = ?6) AND (?9 IS NULL OR rule_ref = ?9) "
#define NEWEST_FIRST "ORDER BY enforced_at DESC, seq DESC LIMIT ?7 OFFSET ?8"
#define OLDEST_FIRST "ORDER BY enforced_at, seq LIMIT ?7 OFFSET ?8"
#define BY_EXECUTION "WHERE id = (SELECT enforcement FROM execution WHERE execution.id = ?5) "

const QString noun = QStringLiteral("enforcement");
constexpr std::string_view total = "enforcement";
constexpr std::string_view byRule = "enforcement.rule";

Enforcement readEnforcement(Row &row)
{
    row.integer();
    return {.id = row.id(),
            .triggerInstance = row.id(),
            .rule = row.id(),
            .ruleRef = row.ref(),
            .trace = row.id(),
            .execution = row.id(),
            .status = row.choice(EnforcementStatus::Failed),
            .failureReason = row.text(),
            .enforcedAt = row.time()};
}

struct Found
{
    std::int64_t row = 0;
    Enforcement enforcement = {};
};

Found readFound(Row &row)
{
    const std::int64_t number = row.integer();
    row.rewind();
    return {.row = number, .enforcement = readEnforcement(row)};
}

std::optional<Ref> orNone(const Ref &ref)
{
    return ref.isEmpty() ? std::nullopt : std::optional(ref);
}

Result<std::vector<Found>> listOf(Database &database, const EnforcementFilter &filter,
                                  const SliceRequest &request)
{
    const SliceBounds bounds(request, filter.enforcedAt);
    const auto select = [&](Sql sql, const auto &...more) {
        return database.rows(sql, readFound, bounds.low, bounds.high, bounds.row, filter.ruleId,
                             filter.execution, filter.status, request.limit, request.offset,
                             orNone(filter.rule), more...);
    };
    const bool isNewest = request.order == SliceRequest::Order::NewestFirst;
    if (!filter.execution.isNull())
        return select(ENFORCEMENTS BY_EXECUTION NEWEST FILTERED NEWEST_FIRST);
    if (!filter.triggerInstance.isNull())
        return isNewest
            ? select(ENFORCEMENTS "WHERE trigger_instance = ?10 " NEWEST FILTERED NEWEST_FIRST,
                     filter.triggerInstance)
            : select(ENFORCEMENTS "WHERE trigger_instance = ?10 " OLDEST FILTERED OLDEST_FIRST,
                     filter.triggerInstance);
    if (!filter.rule.isEmpty())
        return isNewest
            ? select(ENFORCEMENTS "WHERE rule_ref = ?10 " NEWEST FILTERED NEWEST_FIRST, filter.rule)
            : select(ENFORCEMENTS "WHERE rule_ref = ?10 " OLDEST FILTERED OLDEST_FIRST,
                     filter.rule);
    return isNewest ? select(ENFORCEMENTS "WHERE TRUE " NEWEST FILTERED NEWEST_FIRST)
                    : select(ENFORCEMENTS "WHERE TRUE " OLDEST FILTERED OLDEST_FIRST);
}

Result<> settle(Database &database, const Enforcement &enforcement, EnforcementStatus status,
                const Id &execution, const QString &reason)
{
    SG_LET(const std::int64_t changed,
           database.run("UPDATE enforcement SET status = ?2, execution = ?3, failure_reason = ?4 "
                        "WHERE id = ?1 AND status = 0",
                        enforcement.id, status, execution, reason));
    if (changed == 0)
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("The enforcement %1 is no longer pending.").arg(enforcement.id.text()));
    return {};
}

} // namespace

Result<> EnforcementStore::add(const Enforcement &enforcement)
{
    SG_TRY(m_database.run(
        "INSERT INTO enforcement (id, trigger_instance, rule, rule_ref, trace, execution, status, "
        "failure_reason, enforced_at, tries) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
        enforcement.id, enforcement.triggerInstance, enforcement.rule, enforcement.ruleRef,
        enforcement.trace, enforcement.execution, enforcement.status, enforcement.failureReason,
        enforcement.enforcedAt));
    m_database.count(total, {}, 1);
    m_database.count(byRule, enforcement.ruleRef.text().toStdString(), 1);
    return {};
}

Result<std::optional<Enforcement>> EnforcementStore::find(const Id &id)
{
    return m_database.row(ENFORCEMENTS "WHERE id = ?1", readEnforcement, id);
}

Result<std::optional<Enforcement>> EnforcementStore::claim(const Id &id)
{
    return m_database.row(ENFORCEMENTS "WHERE id = ?1 AND status = 0", readEnforcement, id);
}

Result<> EnforcementStore::succeed(const Enforcement &enforcement, const Id &execution)
{
    return settle(m_database, enforcement, EnforcementStatus::Succeeded, execution, {});
}

Result<> EnforcementStore::fail(const Enforcement &enforcement, const QString &reason)
{
    return settle(m_database, enforcement, EnforcementStatus::Failed, {}, reason);
}

Result<int> EnforcementStore::countTry(const Id &id)
{
    SG_LET(const std::optional<int> tries,
           m_database.row(
               "UPDATE enforcement SET tries = tries + 1 WHERE id = ?1 RETURNING tries",
               [](Row &row) { return row.number(); }, id));
    if (!tries)
        return noSuchRow(noun, id);
    return *tries;
}

Result<std::vector<Id>> EnforcementStore::waiting(int limit)
{
    return m_database.rows(
        "SELECT id FROM enforcement WHERE status = 0 ORDER BY seq LIMIT ?1",
        [](Row &row) { return row.id(); }, limit);
}

Result<Slice<Enforcement>> EnforcementStore::list(const EnforcementFilter &filter,
                                                  const SliceRequest &request)
{
    SG_LET(std::vector<Found> found, listOf(m_database, filter, request));
    Slice<Enforcement> slice;
    if (!found.empty())
        slice.last = SliceKey{found.back().enforcement.enforcedAt, found.back().row};
    slice.rows.reserve(found.size());
    for (Found &one : found)
        slice.rows.push_back(std::move(one.enforcement));
    return slice;
}

Result<std::int64_t> EnforcementStore::count(const EnforcementFilter &filter)
{
    const bool isByRuleAlone = filter.ruleId.isNull() && filter.execution.isNull()
        && filter.triggerInstance.isNull() && !filter.status && filter.enforcedAt == TimeWindow();
    if (isByRuleAlone)
        return filter.rule.isEmpty() ? m_database.counted(total, {})
                                     : m_database.counted(byRule, filter.rule.text().toStdString());
    SG_LET(const auto number,
           m_database.row(
               "SELECT count(*) FROM enforcement WHERE enforced_at >= ?1 AND enforced_at <= ?2 "
               "AND (?3 IS NULL OR rule = ?3) AND (?4 IS NULL OR execution = ?4) "
               "AND (?5 IS NULL OR status = ?5) AND (?6 IS NULL OR trigger_instance = ?6) "
               "AND (?7 IS NULL OR rule_ref = ?7)",
               [](Row &row) { return row.integer(); }, filter.enforcedAt.from, filter.enforcedAt.to,
               filter.ruleId, filter.execution, filter.status, filter.triggerInstance,
               orNone(filter.rule)));
    return number.value_or(0);
}

Result<std::vector<Enforcement>> EnforcementStore::ofTriggerInstance(const Id &triggerInstance)
{
    return m_database.rows(ENFORCEMENTS "WHERE trigger_instance = ?1 ORDER BY seq", readEnforcement,
                           triggerInstance);
}

Result<int> EnforcementStore::removeBefore(Timestamp moment, int limit)
{
    struct Doomed
    {
        std::int64_t row = 0;
        std::string rule = {};
    };
    SG_LET(
        const std::vector<Doomed> doomed,
        m_database.rows(
            "SELECT seq, rule_ref FROM enforcement WHERE enforced_at < ?1 AND status <> 0 "
            "ORDER BY enforced_at LIMIT ?2",
            [](Row &row) { return Doomed{.row = row.integer(), .rule = std::string(row.view())}; },
            moment, limit));
    for (const Doomed &one : doomed) {
        SG_TRY(m_database.run("DELETE FROM enforcement WHERE seq = ?1", one.row));
        m_database.count(total, {}, -1);
        m_database.count(byRule, one.rule, -1);
    }
    return static_cast<int>(doomed.size());
}

} // namespace stormglass
