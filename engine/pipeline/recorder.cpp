#include "engine/pipeline/recorder.h"

#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

Recorder::Recorder(const Clock &clock, Stores &stores, Catalogue &catalogue, Slots &places,
                   MessageBus &bus, ChangeSink &changes)
    : m_clock(clock)
    , m_stores(stores)
    , m_catalogue(catalogue)
    , m_slots(places)
    , m_bus(bus)
    , m_changes(changes)
{
}

Result<> Recorder::take(const RunReport &report)
{
    return std::visit([this](const auto &each) { return take(each); }, report);
}

Result<> Recorder::take(const RunStarted &report)
{
    return m_stores.executions.setProcess(report.execution, report.process, report.startTicks);
}

Result<> Recorder::take(const RunOutput &report)
{
    const OutputChunk chunk{report.execution, m_chunks.value(report.execution) + 1, report.stream,
                            report.data, m_clock.now()};
    SG_TRY(m_stores.output.add(chunk));
    m_chunks[report.execution] = chunk.number;
    m_changes.tell(u"st2.execution.output__create"_s, [&] { return toJson(chunk); });
    return {};
}

Result<> Recorder::take(const RunFinished &report)
{
    m_slots.release(report.execution);
    m_chunks.remove(report.execution);
    SG_LET(const std::optional<Execution> execution, m_stores.executions.find(report.execution));
    if (!execution || isCompleted(execution->status))
        return {}; // removed meanwhile, or abandoned: what was shown stays
    ExecutionMove move{
        .to = report.outcome.status, .time = m_clock.now(), .result = report.outcome.result};
    // Whoever asked to stop sees that it stopped, however it ended.
    if (execution->status == ExecutionStatus::Canceling)
        move.to = ExecutionStatus::Canceled;
    SG_LET(const Execution ended, m_stores.executions.move(*execution, move));
    tell(ended);
    m_bus.ring(Topic::ExecutionCompleted, ended.id);
    return {};
}

Result<> Recorder::abandonOrphans()
{
    constexpr int all = 1'000'000;
    const QString reason
        = u"Stormglass ended while it was running; what became of it is not known."_s;
    SG_LET(const std::vector<Id> running,
           m_stores.executions.waiting(ExecutionStatus::Running, all));
    for (const Id &id : running)
        SG_TRY(abandon(id, ExecutionStatus::Running, ExecutionStatus::Abandoned, reason));
    SG_LET(const std::vector<Id> canceling,
           m_stores.executions.waiting(ExecutionStatus::Canceling, all));
    for (const Id &id : canceling)
        SG_TRY(abandon(id, ExecutionStatus::Canceling, ExecutionStatus::Canceled, reason));
    return {};
}

Result<> Recorder::abandon(const Id &id, ExecutionStatus from, ExecutionStatus to,
                           const QString &reason)
{
    SG_LET(const std::optional<Execution> execution, m_stores.executions.claim(id, from));
    if (!execution)
        return {};
    SG_LET(const Execution ended,
           m_stores.executions.move(*execution,
                                    {.to = to,
                                     .time = m_clock.now(),
                                     .reason = reason,
                                     .result = Value::map({{"error", reason}})}));
    tell(ended);
    m_bus.ring(Topic::ExecutionCompleted, id);
    return {};
}

void Recorder::tell(const Execution &execution)
{
    m_changes.tell(u"st2.execution__update"_s, [&] {
        const Result<CatalogueEntryPointer> entry = m_catalogue.find(execution.action);
        return executionDocument(execution, entry ? *entry : nullptr, Secrets::Masked);
    });
}

} // namespace stormglass
