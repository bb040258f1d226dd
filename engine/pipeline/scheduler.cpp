#include "engine/pipeline/scheduler.h"

namespace stormglass {

Scheduler::Scheduler(const Clock &clock, Stores &stores, MessageBus &bus)
    : m_clock(clock)
    , m_stores(stores)
    , m_bus(bus)
{
}

Result<> Scheduler::take(const Id &id)
{
    SG_LET(const std::optional<Execution> execution, claim(id));
    if (!execution)
        return {}; // taken before a restart, or canceled

    const Timestamp now = m_clock.now();
    const bool isEarly = execution->notBefore && *execution->notBefore > now;
    if (isEarly && execution->status == ExecutionStatus::Delayed)
        return {};
    if (isEarly) {
        SG_TRY(m_stores.executions.move(
            *execution,
            {.to = ExecutionStatus::Delayed, .time = now, .notBefore = execution->notBefore}));
        return {};
    }
    SG_TRY(m_stores.executions.move(*execution, {.to = ExecutionStatus::Scheduled, .time = now}));
    m_bus.ring(Topic::ExecutionScheduled, id);
    return {};
}

Result<> Scheduler::fail(const Id &id, const Error &error)
{
    SG_LET(const std::optional<Execution> execution, claim(id));
    if (!execution)
        return {};
    SG_TRY(m_stores.executions.move(*execution,
                                    {.to = ExecutionStatus::Failed,
                                     .time = m_clock.now(),
                                     .reason = error.message,
                                     .result = Value::map({{"error", error.message}})}));
    m_bus.ring(Topic::ExecutionCompleted, id);
    return {};
}

Result<std::vector<Id>> Scheduler::waiting(int most)
{
    SG_LET(std::vector<Id> ids, m_stores.executions.waiting(ExecutionStatus::Requested, most));
    SG_LET(const std::vector<Id> due, m_stores.executions.due(m_clock.now(), most));
    ids.insert(ids.end(), due.begin(), due.end());
    return ids;
}

Result<std::optional<Execution>> Scheduler::claim(const Id &id)
{
    SG_LET(std::optional<Execution> execution,
           m_stores.executions.claim(id, ExecutionStatus::Requested));
    if (execution)
        return execution;
    return m_stores.executions.claim(id, ExecutionStatus::Delayed);
}

} // namespace stormglass
