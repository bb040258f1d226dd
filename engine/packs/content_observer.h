#pragma once

#include "engine/model/rule.h"
#include "engine/model/sensor_type.h"
#include "engine/model/trigger.h"

namespace stormglass {

// Who keeps content in memory hears of every change of it, within the transaction that makes it.
// Thread: engine.
class ContentObserver
{
public:
    virtual ~ContentObserver() = default;
    virtual void triggerTypeSaved(const TriggerType &type) = 0;
    virtual void triggerTypeRemoved(const Ref &type) = 0;
    virtual void triggerSaved(const Trigger &trigger) = 0;
    virtual void triggerRemoved(const Trigger &trigger) = 0;
    virtual void ruleSaved(const Rule &rule) = 0;
    virtual void ruleRemoved(const Rule &rule) = 0;
    virtual void sensorSaved(const SensorType &sensor) = 0;
    virtual void sensorRemoved(const SensorType &sensor) = 0;
    virtual void actionsChanged() = 0;
    virtual void aliasesChanged() {}
    virtual void policiesChanged() {}
    // Its values or their schema.
    virtual void configChanged(const QString & /*pack*/) {}
};

} // namespace stormglass
