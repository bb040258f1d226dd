#include "engine/store/verdict_store.h"

#include "engine/store/verdict_codec.h"

#include <algorithm>

namespace stormglass {

namespace {

struct Found
{
    std::int64_t row = 0;
    Id triggerInstance = {};
    Timestamp occurrence = {};
    Timestamp time = {};
    QByteArray verdicts = {};
};

Found readFound(Row &row)
{
    return {.row = row.integer(),
            .triggerInstance = row.id(),
            .occurrence = row.time(),
            .time = row.time(),
            .verdicts = row.bytes()};
}

#define FOUND                                                                                      \
    "SELECT t.seq, t.id, t.occurrence, v.time, v.verdicts "                                        \
    "FROM trigger_instance t JOIN verdict v ON v.seq = t.seq "
#define NEWEST                                                                                     \
    "WHERE t.trigger_id = ?1 AND t.occurrence >= ?2 AND t.occurrence <= ?3 "                       \
    "AND (t.occurrence < ?3 OR t.seq < ?4) ORDER BY t.occurrence DESC, t.seq DESC LIMIT ?5"
#define OLDEST                                                                                     \
    "WHERE t.trigger_id = ?1 AND t.occurrence >= ?2 AND t.occurrence <= ?3 "                       \
    "AND (t.occurrence > ?2 OR t.seq > ?4) ORDER BY t.occurrence, t.seq LIMIT ?5"

Result<std::vector<Verdict>> decoded(const Found &found, VerdictWords &words)
{
    SG_LET(std::vector<Verdict> verdicts, decodeVerdicts(found.verdicts, words));
    for (Verdict &verdict : verdicts) {
        verdict.triggerInstance = found.triggerInstance;
        verdict.time = found.time;
    }
    return verdicts;
}

} // namespace

Result<> VerdictStore::add(const Id &triggerInstance, Timestamp time,
                           const std::vector<Verdict> &verdicts)
{
    SG_LET(const QByteArray bytes, encodeVerdicts(verdicts, m_words));
    SG_LET(const std::int64_t added,
           m_database.run("INSERT INTO verdict (seq, time, verdicts) "
                          "SELECT seq, ?2, ?3 FROM trigger_instance WHERE id = ?1",
                          triggerInstance, time, bytes));
    if (added == 0)
        return failure(ErrorCode::NotFound,
                       QStringLiteral("There is no trigger instance with the id %1.")
                           .arg(triggerInstance.text()));
    return {};
}

Result<std::vector<Verdict>> VerdictStore::of(const Id &triggerInstance)
{
    SG_LET(const std::optional<Found> found,
           m_database.row(FOUND "WHERE t.id = ?1", readFound, triggerInstance));
    if (!found)
        return std::vector<Verdict>();
    return decoded(*found, m_words);
}

Result<> VerdictStore::change(const Id &triggerInstance, const Id &rule, VerdictKind kind,
                              const QString &message)
{
    SG_LET(const std::optional<Found> found,
           m_database.row(FOUND "WHERE t.id = ?1", readFound, triggerInstance));
    // Retention may have been faster.
    if (!found)
        return {};
    SG_LET(std::vector<Verdict> verdicts, decoded(*found, m_words));
    const auto verdict = std::find_if(verdicts.begin(), verdicts.end(),
                                      [&rule](const Verdict &one) { return one.rule == rule; });
    if (verdict == verdicts.end())
        return {};
    verdict->kind = kind;
    verdict->message = message;
    SG_LET(const QByteArray bytes, encodeVerdicts(verdicts, m_words));
    SG_TRY(m_database.run("UPDATE verdict SET verdicts = ?2 WHERE seq = ?1", found->row, bytes));
    return {};
}

Result<Slice<Verdict>> VerdictStore::ofRule(const Id &rule, const Id &trigger,
                                            const SliceRequest &request)
{
    const SliceBounds bounds(request, TimeWindow());
    const bool isNewest = request.order == SliceRequest::Order::NewestFirst;
    SG_LET(const std::vector<Found> found,
           m_database.rows(isNewest ? Sql(FOUND NEWEST) : Sql(FOUND OLDEST), readFound, trigger,
                           bounds.low, bounds.high, bounds.row, request.limit));
    Slice<Verdict> slice;
    for (const Found &one : found) {
        SG_LET(std::vector<Verdict> verdicts, decoded(one, m_words));
        for (Verdict &verdict : verdicts) {
            if (verdict.rule == rule)
                slice.rows.push_back(std::move(verdict));
        }
        slice.last = SliceKey{one.occurrence, one.row};
    }
    return slice;
}

Result<int> VerdictStore::removeBefore(Timestamp moment, int limit)
{
    // Rows were added in the order of their time, so the oldest are the first.
    SG_LET(const std::vector<std::int64_t> doomed,
           m_database.rows(
               "SELECT seq FROM (SELECT seq, time FROM verdict ORDER BY seq LIMIT ?2) AS oldest "
               "WHERE time < ?1",
               [](Row &row) { return row.integer(); }, moment, limit));
    for (const std::int64_t row : doomed)
        SG_TRY(m_database.run("DELETE FROM verdict WHERE seq = ?1", row));
    return static_cast<int>(doomed.size());
}

} // namespace stormglass
