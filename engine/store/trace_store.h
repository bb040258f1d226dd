#pragma once

#include "engine/model/trace.h"
#include "engine/store/database.h"
#include "engine/store/slice.h"

namespace stormglass {

struct TraceFilter
{
    QString tag = {};
    // Any of its objects, whatever kind.
    Id object = {};
    // With an enforcement of this rule.
    Id rule = {};
};

// Traces. What belongs to one is not kept twice: trigger instances, enforcements and executions
// name their trace. Thread: its database's.
class TraceStore
{
public:
    explicit TraceStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Trace &trace);
    Result<std::optional<Trace>> find(const Id &id);
    // One without a row: it has a trigger instance that nothing followed from, and nobody named it.
    Result<std::optional<Trace>> unwritten(const Id &trace);
    // Everything that belongs to it, oldest first.
    Result<std::vector<TraceLink>> links(const Id &trace);
    Result<Slice<Trace>> list(const TraceFilter &filter, const SliceRequest &request);
    Result<std::int64_t> count(const TraceFilter &filter);

    // The oldest begun before a moment, but for those of executions that have not ended; gives how
    // many went. Call again while it is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

private:
    Database &m_database;
};

} // namespace stormglass
