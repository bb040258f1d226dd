#pragma once

#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/change_sink.h"
#include "engine/pipeline/run_report.h"
#include "engine/pipeline/slots.h"
#include "engine/store/stores.h"

#include <QHash>

namespace stormglass {

// Station 8. Takes what runners report; leaves output rows, and the execution succeeded, failed,
// timeout or canceled; rings execution.completed. An action that failed is a result, not an error.
// Thread: engine.
class Recorder
{
public:
    Recorder(const Clock &clock, Stores &stores, Catalogue &catalogue, Slots &places,
             MessageBus &bus, ChangeSink &changes);

    Result<> take(const RunReport &report);

    // At start: executions that were with a runner when the program ended. They are not run again
    // by themselves.
    Result<> abandonOrphans();

private:
    Result<> take(const RunStarted &report);
    Result<> take(const RunOutput &report);
    Result<> take(const RunFinished &report);
    Result<> abandon(const Id &id, ExecutionStatus from, ExecutionStatus to, const QString &reason);
    void tell(const Execution &execution);

    const Clock &m_clock;
    Stores &m_stores;
    Catalogue &m_catalogue;
    Slots &m_slots;
    MessageBus &m_bus;
    ChangeSink &m_changes;
    // Number of the last chunk of those that run.
    QHash<Id, std::int64_t> m_chunks;
};

} // namespace stormglass
