#pragma once

#include "engine/pipeline/station.h"
#include "engine/store/stores.h"

namespace stormglass {

// Station 5. Takes an execution requested, or delayed and due; leaves it scheduled, or delayed;
// rings execution.scheduled. Thread: engine.
class Scheduler final : public Station
{
public:
    Scheduler(const Clock &clock, Stores &stores, MessageBus &bus);

    Topic takes() const override { return Topic::ExecutionRequested; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    // Delayed ones whose time has come are among them.
    Result<std::vector<Id>> waiting(int most) override;

    // When the next delayed one is due.
    Result<std::optional<Timestamp>> nextDue() { return m_stores.executions.nextDue(); }

private:
    Result<std::optional<Execution>> claim(const Id &id);

    const Clock &m_clock;
    Stores &m_stores;
    MessageBus &m_bus;
};

} // namespace stormglass
