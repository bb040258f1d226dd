#pragma once

#include "engine/bus/message_bus.h"
#include "engine/pipeline/fresh_rows.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/store/stores.h"

namespace stormglass {

// Whether a payload must be as its trigger type says (events.md 3): what sensors, webhooks and
// people send is checked, what the engine itself raises is not.
enum class PayloadCheck { Checked, Trusted };

// Station 2. Takes an Event; leaves a trigger instance pending and the place its source has come
// to; rings trigger_instance.pending. Thread: engine.
class Intake
{
public:
    Intake(const Clock &clock, IdGenerator &ids, Stores &stores, const TriggerIndex &triggers,
           FreshRows &fresh, MessageBus &bus);

    // Whether what fails the check is refused, or only told of
    // (`system.validate_trigger_payload`). The engine's own kinds are always refused.
    void setRefusing(bool isRefusing) { m_isRefusing = isRefusing; }

    // NotFound for an unknown trigger, Invalid for a payload its type does not allow.
    Result<Id> take(Event event, PayloadCheck check);

    // How many since the start, those of batches that were undone included.
    std::int64_t taken() const { return m_taken; }

    // Would this payload be taken? Invalid with the reference's words if not.
    Result<> checkPayload(const Ref &triggerType, const QString &named, const Value &payload) const;

private:
    const Clock &m_clock;
    IdGenerator &m_ids;
    Stores &m_stores;
    const TriggerIndex &m_triggers;
    FreshRows &m_fresh;
    MessageBus &m_bus;
    bool m_isRefusing = true;
    std::int64_t m_taken = 0;
};

} // namespace stormglass
