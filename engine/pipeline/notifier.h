#pragma once

#include "engine/expressions/expression.h"
#include "engine/model/trigger_instance.h"
#include "engine/pipeline/catalogue.h"
#include "engine/pipeline/station.h"
#include "engine/pipeline/trigger_index.h"
#include "engine/rules/rule_set.h"
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

    // Which ends raise the action trigger (`action_sensor.emit_when`).
    using Ends = std::vector<ExecutionStatus>;

    // `resolver` answers `st2kv` in notifications; may be null.
    Notifier(const Clock &clock, Stores &stores, Catalogue &catalogue, const TriggerIndex &triggers,
             const RuleSet &rules, const Resolver *resolver, Raise raise);

    void setRaisingEnds(Ends ends) { m_ends = std::move(ends); }

    Topic takes() const override { return Topic::ExecutionCompleted; }
    Result<> take(const Id &id) override;
    Result<> fail(const Id &id, const Error &error) override;
    Result<std::vector<Id>> waiting(int most) override;

private:
    Result<> raiseActionTrigger(const Execution &execution, const CatalogueEntryPointer &entry);
    Result<> raiseNotifications(const Execution &execution);
    Result<> raiseRoutes(const Execution &execution, const Value &section,
                         const QString &fallbackMessage);
    Value rendered(const Execution &execution, const Value &what) const;
    bool isHeard(const Ref &trigger) const;

    const Clock &m_clock;
    Stores &m_stores;
    Catalogue &m_catalogue;
    const TriggerIndex &m_triggers;
    const RuleSet &m_rules;
    const Resolver *m_resolver;
    Raise m_raise;
    Ends m_ends{ExecutionStatus::Succeeded, ExecutionStatus::Failed, ExecutionStatus::Timeout,
                ExecutionStatus::Canceled, ExecutionStatus::Abandoned};
};

} // namespace stormglass
