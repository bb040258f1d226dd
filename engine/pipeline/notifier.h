#pragma once

#include "engine/model/trigger_instance.h"
#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/station.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/store/stores.h"

#include <functional>

namespace stormglass {

// Station 9. Takes an execution completed that was not noticed; leaves it noticed, with the events
// of its end gone to station 2: core.st2.generic.actiontrigger, and core.st2.generic.notifytrigger
// for each route of its `notify`. Thread: engine.
class Notifier final : public Station
{
public:
    // Where events go.
    using Raise = std::function<Result<>(Event)>;

    Notifier(const Clock &clock, Stores &stores, Catalogue &catalogue, const TriggerIndex &triggers,
             Raise raise);

    Topic takes() const override { return Topic::ExecutionCompleted; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    Result<std::vector<Id>> waiting(int most) override;

private:
    Result<> raiseActionTrigger(const Execution &execution, const CatalogueEntryPointer &entry);
    Result<> raiseNotifications(const Execution &execution);
    Result<> raiseRoutes(const Execution &execution, const Value &section,
                         const QString &fallbackMessage);
    bool isHeard(const Ref &trigger);

    const Clock &m_clock;
    Stores &m_stores;
    Catalogue &m_catalogue;
    const TriggerIndex &m_triggers;
    Raise m_raise;
};

} // namespace stormglass
