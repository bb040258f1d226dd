#include "engine/model/sensor_trial.h"

#include "engine/model/json_members.h"

namespace stormglass {

namespace {

Value toJson(const SensorTrial::Raised &raised)
{
    const Event &event = raised.event;
    Value json = Value::map({{"trigger", event.trigger.text()}, {"payload", event.payload}});
    if (!event.parameters.isNull())
        json.set("parameters", event.parameters);
    setIfAny(json, "trace_tag", event.traceTag);
    setIfAny(json, "refusal", raised.refusal);
    return json;
}

} // namespace

Value toJson(const SensorTrial &trial)
{
    ValueList events;
    for (const SensorTrial::Raised &raised : trial.events)
        events.push_back(toJson(raised));
    ValueList log;
    for (const SensorLogLine &line : trial.log)
        log.push_back(toJson(line));
    return Value::map({{"succeeded", !trial.hasFailed},
                       {"end", trial.end},
                       {"milliseconds", static_cast<std::int64_t>(trial.took.count())},
                       {"events", std::move(events)},
                       {"events_dropped", trial.eventsDropped},
                       {"garbage_lines", trial.garbageLines},
                       {"log", std::move(log)}});
}

} // namespace stormglass
