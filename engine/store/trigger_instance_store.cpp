#include "engine/store/trigger_instance_store.h"

#include "engine/store/column.h"

#include <algorithm>

namespace stormglass {

namespace {

#define INSTANCES                                                                                  \
    "SELECT seq, id, trigger_id, trigger_ref, payload, occurrence, status, trace, candidates, "    \
    "matched FROM trigger_instance "
// ?1 low, ?2 high, ?3 row, ?4 status, then what a list adds.
#define NEWEST "AND occurrence >= ?1 AND occurrence <= ?2 AND (occurrence < ?2 OR seq < ?3) "
#define OLDEST "AND occurrence >= ?1 AND occurrence <= ?2 AND (occurrence > ?1 OR seq > ?3) "
#define OF_STATUS "AND (?4 IS NULL OR status = ?4) "
#define NEWEST_FIRST "ORDER BY occurrence DESC, seq DESC LIMIT ?5 OFFSET ?6"
#define OLDEST_FIRST "ORDER BY occurrence, seq LIMIT ?5 OFFSET ?6"
// Lets the index that has all but processed ones be used.
#define NOT_PROCESSED "WHERE status <> 2 AND status = ?4 "

const QString noun = QStringLiteral("trigger instance");
constexpr std::string_view total = "trigger_instance";
constexpr std::string_view byTrigger = "trigger_instance.trigger";

struct Found
{
    std::int64_t row = 0;
    TriggerInstance instance = {};
};

TriggerInstance readInstance(Row &row)
{
    row.integer();
    return {.id = row.id(),
            .triggerId = row.id(),
            .trigger = row.ref(),
            .payload = row.json(),
            .occurrence = row.time(),
            .status = row.choice(TriggerInstanceStatus::ProcessingFailed),
            .trace = row.id(),
            .candidates = row.number(),
            .matched = row.number()};
}

Found readFound(Row &row)
{
    const std::int64_t number = row.integer();
    row.rewind();
    return {.row = number, .instance = readInstance(row)};
}

Slice<TriggerInstance> toSlice(std::vector<Found> found)
{
    Slice<TriggerInstance> slice;
    if (!found.empty())
        slice.last = SliceKey{found.back().instance.occurrence, found.back().row};
    slice.rows.reserve(found.size());
    for (Found &one : found)
        slice.rows.push_back(std::move(one.instance));
    return slice;
}

bool isProcessed(const std::optional<TriggerInstanceStatus> &status)
{
    return !status || *status == TriggerInstanceStatus::Processed;
}

Result<std::vector<Found>> listOf(Database &database, const Id &trigger,
                                  const TriggerInstanceFilter &filter, const SliceRequest &request)
{
    const SliceBounds bounds(request, filter.occurrence);
    const auto select = [&](Sql sql, const auto &...more) {
        return database.rows(sql, readFound, bounds.low, bounds.high, bounds.row, filter.status,
                             request.limit, request.offset, more...);
    };
    const bool isNewest = request.order == SliceRequest::Order::NewestFirst;
    if (!trigger.isNull())
        return isNewest
            ? select(INSTANCES "WHERE trigger_id = ?7 " NEWEST OF_STATUS NEWEST_FIRST, trigger)
            : select(INSTANCES "WHERE trigger_id = ?7 " OLDEST OF_STATUS OLDEST_FIRST, trigger);
    if (!isProcessed(filter.status))
        return isNewest ? select(INSTANCES NOT_PROCESSED NEWEST NEWEST_FIRST)
                        : select(INSTANCES NOT_PROCESSED OLDEST OLDEST_FIRST);
    return isNewest ? select(INSTANCES "WHERE TRUE " NEWEST OF_STATUS NEWEST_FIRST)
                    : select(INSTANCES "WHERE TRUE " OLDEST OF_STATUS OLDEST_FIRST);
}

// Lists of several triggers, each in order, become one in that order.
Result<std::vector<Found>> mergedOf(Database &database, const TriggerInstanceFilter &filter,
                                    const SliceRequest &request)
{
    SliceRequest each = request;
    each.offset = 0;
    each.limit
        = static_cast<int>(std::min<std::int64_t>(request.limit + request.offset, 1'000'000));
    std::vector<Found> all;
    for (const Id &trigger : filter.triggers) {
        SG_LET(std::vector<Found> some, listOf(database, trigger, filter, each));
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    const bool isNewest = request.order == SliceRequest::Order::NewestFirst;
    std::sort(all.begin(), all.end(), [isNewest](const Found &a, const Found &b) {
        const auto key
            = [](const Found &one) { return std::pair(one.instance.occurrence, one.row); };
        return isNewest ? key(a) > key(b) : key(a) < key(b);
    });
    const auto count = static_cast<std::int64_t>(all.size());
    all.erase(all.begin() + std::min(count, request.offset + request.limit), all.end());
    all.erase(all.begin(), all.begin() + std::min(count, request.offset));
    return all;
}

} // namespace

Result<> TriggerInstanceStore::add(const TriggerInstance &instance)
{
    SG_TRY(m_database.run(
        "INSERT INTO trigger_instance (id, trigger_id, trigger_ref, occurrence, status, trace, "
        "candidates, matched, tries, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9)",
        instance.id, instance.triggerId, instance.trigger, instance.occurrence, instance.status,
        instance.trace, instance.candidates, instance.matched, instance.payload));
    m_database.count(total, {}, 1);
    m_database.count(byTrigger, instance.triggerId.hex(), 1);
    return {};
}

Result<std::optional<TriggerInstance>> TriggerInstanceStore::find(const Id &id)
{
    return m_database.row(INSTANCES "WHERE id = ?1", readInstance, id);
}

Result<std::optional<TriggerInstance>> TriggerInstanceStore::claim(const Id &id,
                                                                   TriggerInstanceStatus from)
{
    return m_database.row(INSTANCES "WHERE id = ?1 AND status = ?2", readInstance, id, from);
}

Result<> TriggerInstanceStore::move(const TriggerInstance &instance, TriggerInstanceStatus from)
{
    SG_LET(const std::int64_t changed,
           m_database.run("UPDATE trigger_instance SET status = ?3, candidates = ?4, matched = ?5 "
                          "WHERE id = ?1 AND status = ?2",
                          instance.id, from, instance.status, instance.candidates,
                          instance.matched));
    if (changed == 0)
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The trigger instance %1 is no longer %2.")
                           .arg(instance.id.text(), toText(from)));
    return {};
}

Result<int> TriggerInstanceStore::countTry(const Id &id)
{
    SG_LET(const std::optional<int> tries,
           m_database.row(
               "UPDATE trigger_instance SET tries = tries + 1 WHERE id = ?1 RETURNING tries",
               [](Row &row) { return row.number(); }, id));
    if (!tries)
        return noSuchRow(noun, id);
    return *tries;
}

Result<std::vector<Id>> TriggerInstanceStore::waiting(TriggerInstanceStatus status, int limit)
{
    return m_database.rows(
        "SELECT id FROM trigger_instance WHERE status <> 2 AND status = ?1 "
        "ORDER BY occurrence, seq LIMIT ?2",
        [](Row &row) { return row.id(); }, status, limit);
}

Result<Slice<TriggerInstance>> TriggerInstanceStore::list(const TriggerInstanceFilter &filter,
                                                          const SliceRequest &request)
{
    if (filter.triggers.size() > 1) {
        SG_LET(std::vector<Found> found, mergedOf(m_database, filter, request));
        return toSlice(std::move(found));
    }
    const Id trigger = filter.triggers.empty() ? Id() : filter.triggers.front();
    SG_LET(std::vector<Found> found, listOf(m_database, trigger, filter, request));
    return toSlice(std::move(found));
}

Result<std::int64_t> TriggerInstanceStore::count(const TriggerInstanceFilter &filter)
{
    const bool isByTriggerAlone = !filter.status && filter.occurrence == TimeWindow();
    if (isByTriggerAlone && filter.triggers.empty())
        return m_database.counted(total, {});
    std::int64_t sum = 0;
    const std::vector<Id> all{Id()};
    for (const Id &trigger : filter.triggers.empty() ? all : filter.triggers) {
        if (isByTriggerAlone) {
            SG_LET(const std::int64_t number, m_database.counted(byTrigger, trigger.hex()));
            sum += number;
            continue;
        }
        SG_LET(
            const auto number,
            m_database.row(
                "SELECT count(*) FROM trigger_instance WHERE occurrence >= ?1 AND occurrence <= ?2 "
                "AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR trigger_id = ?4)",
                [](Row &row) { return row.integer(); }, filter.occurrence.from,
                filter.occurrence.to, filter.status, trigger));
        sum += number.value_or(0);
    }
    return sum;
}

Result<std::optional<SliceKey>>
TriggerInstanceStore::visit(const Id &trigger, const TimeWindow &window,
                            const SliceRequest &request,
                            const std::function<void(const Recorded &)> &take)
{
    const SliceBounds bounds(request, window);
    SliceKey last;
    const auto visitRow = [&](Row &row) {
        last.row = row.integer();
        const Id id = row.id();
        last.time = row.time();
        take({id, last.time, row.view()});
        return char{};
    };
    SG_LET(const std::vector<char> seen,
           m_database.rows("SELECT seq, id, occurrence, payload FROM trigger_instance "
                           "WHERE trigger_id = ?1 AND occurrence >= ?2 AND occurrence <= ?3 "
                           "AND (occurrence < ?3 OR seq < ?4) "
                           "ORDER BY occurrence DESC, seq DESC LIMIT ?5",
                           visitRow, trigger, bounds.low, bounds.high, bounds.row, request.limit));
    return static_cast<int>(seen.size()) < request.limit ? std::nullopt : std::optional(last);
}

Result<TriggerInstanceStore::Extent> TriggerInstanceStore::extent(const Id &trigger,
                                                                  const TimeWindow &window)
{
    const auto read = [](Row &row) {
        return Extent{.oldest = row.time(), .newest = row.time(), .number = row.integer()};
    };
    SG_LET(const std::optional<Extent> found,
           m_database.row("SELECT min(occurrence), max(occurrence), count(*) FROM trigger_instance "
                          "WHERE trigger_id = ?1 AND occurrence >= ?2 AND occurrence <= ?3",
                          read, trigger, window.from, window.to));
    return found.value_or(Extent{});
}

Result<int> TriggerInstanceStore::removeBefore(Timestamp moment, int limit)
{
    struct Doomed
    {
        std::int64_t row = 0;
        Id trigger = {};
    };
    SG_LET(const std::vector<Doomed> doomed,
           m_database.rows(
               "SELECT seq, trigger_id FROM trigger_instance WHERE occurrence < ?1 "
               "AND status IN (2, 3) ORDER BY occurrence LIMIT ?2",
               [](Row &row) { return Doomed{.row = row.integer(), .trigger = row.id()}; }, moment,
               limit));
    for (const Doomed &one : doomed) {
        SG_TRY(m_database.run("DELETE FROM verdict WHERE seq = ?1", one.row));
        SG_TRY(m_database.run("DELETE FROM trigger_instance WHERE seq = ?1", one.row));
        m_database.count(total, {}, -1);
        m_database.count(byTrigger, one.trigger.hex(), -1);
    }
    return static_cast<int>(doomed.size());
}

Result<QString> TriggerInstanceStore::cursorOf(const QString &source)
{
    SG_LET(const auto cursor,
           m_database.row(
               "SELECT cursor FROM source_cursor WHERE source = ?1",
               [](Row &row) { return row.text(); }, source));
    return cursor.value_or(QString());
}

Result<> TriggerInstanceStore::setCursor(const QString &source, const QString &cursor)
{
    SG_TRY(m_database.run("INSERT INTO source_cursor (source, cursor) VALUES (?1, ?2) "
                          "ON CONFLICT (source) DO UPDATE SET cursor = excluded.cursor",
                          source, cursor));
    return {};
}

} // namespace stormglass
