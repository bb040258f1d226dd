#pragma once

#include "engine/model/trigger_instance.h"
#include "engine/store/database.h"
#include "engine/store/slice.h"

#include <functional>

namespace stormglass {

struct TriggerInstanceFilter
{
    // Any of these; empty means all.
    std::vector<Id> triggers = {};
    std::optional<TriggerInstanceStatus> status = {};
    TimeWindow occurrence = {};
};

// What happened, in the order it came in. Thread: its database's.
class TriggerInstanceStore
{
public:
    explicit TriggerInstanceStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const TriggerInstance &instance);
    Result<std::optional<TriggerInstance>> find(const Id &id);
    // The row if it still is in that state: whoever gets none comes too late.
    Result<std::optional<TriggerInstance>>
    claim(const Id &id, TriggerInstanceStatus from = TriggerInstanceStatus::Pending);
    // Keeps status, candidates and matched; Conflict if the stored status is no longer `from`.
    Result<> move(const TriggerInstance &instance, TriggerInstanceStatus from);
    // Gives how often it has been tried now.
    Result<int> countTry(const Id &id);

    // Oldest first.
    Result<std::vector<Id>> waiting(TriggerInstanceStatus status, int limit);
    Result<Slice<TriggerInstance>> list(const TriggerInstanceFilter &filter,
                                        const SliceRequest &request);
    Result<std::int64_t> count(const TriggerInstanceFilter &filter);

    // Of one trigger, newest first from `after` on, as they are stored: for those who look at very
    // many. Payloads are JSON text, borrowed for the call. Gives where to go on; none at the end.
    struct Recorded
    {
        Id id;
        Timestamp occurrence;
        std::string_view payload;
    };
    Result<std::optional<SliceKey>> visit(const Id &trigger, const TimeWindow &window,
                                          const SliceRequest &request,
                                          const std::function<void(const Recorded &)> &take);
    // When the first and the last of one trigger happened, and how many there are.
    struct Extent
    {
        Timestamp oldest;
        Timestamp newest;
        std::int64_t number = 0;
    };
    Result<Extent> extent(const Id &trigger, const TimeWindow &window);

    // The oldest that happened before a moment and that rules have seen, with their verdicts; gives
    // how many went. Call
    // again while it is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

    // How far a source has come; empty if it never said.
    Result<QString> cursorOf(const QString &source);
    Result<> setCursor(const QString &source, const QString &cursor);

private:
    Database &m_database;
};

} // namespace stormglass
