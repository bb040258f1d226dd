#pragma once

#include "engine/model/enforcement.h"
#include "engine/store/database.h"
#include "engine/store/slice.h"

namespace stormglass {

struct EnforcementFilter
{
    Ref rule = {};
    Id ruleId = {};
    Id execution = {};
    Id triggerInstance = {};
    std::optional<EnforcementStatus> status = {};
    TimeWindow enforcedAt = {};
};

// Rules acting on trigger instances. Thread: its database's.
class EnforcementStore
{
public:
    explicit EnforcementStore(Database &database)
        : m_database(database)
    {
    }

    Result<> add(const Enforcement &enforcement);
    Result<std::optional<Enforcement>> find(const Id &id);
    // The row if it still is pending: whoever gets none comes too late.
    Result<std::optional<Enforcement>> claim(const Id &id);
    // From pending; Conflict otherwise.
    Result<> succeed(const Enforcement &enforcement, const Id &execution);
    Result<> fail(const Enforcement &enforcement, const QString &reason);
    // Gives how often it has been tried now.
    Result<int> countTry(const Id &id);

    // Pending ones, oldest first.
    Result<std::vector<Id>> waiting(int limit);
    Result<Slice<Enforcement>> list(const EnforcementFilter &filter, const SliceRequest &request);
    Result<std::int64_t> count(const EnforcementFilter &filter);
    Result<std::vector<Enforcement>> ofTriggerInstance(const Id &triggerInstance);

    // The oldest decided before a moment; gives how many went. Call again while it is `limit`.
    Result<int> removeBefore(Timestamp moment, int limit);

private:
    Database &m_database;
};

} // namespace stormglass
