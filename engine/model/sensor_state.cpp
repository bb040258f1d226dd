#include "engine/model/sensor_state.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

namespace {

Value toJson(const SensorState::Death &death)
{
    return Value::map({{"time", shown(death.time)},
                       {"reason", death.reason},
                       {"age", static_cast<std::int64_t>(death.age.count())}});
}

Value eventsJson(const SensorState &state)
{
    Value json = Value::map({{"total", state.events},
                             {"refused", state.refusedEvents},
                             {"pending", state.pendingEvents},
                             {"held", state.isHeld},
                             {"garbage_lines", state.garbageLines}});
    setIfAny(json, "last_refusal", state.lastRefusal);
    return json;
}

} // namespace

QString toText(SensorState::Kind kind)
{
    static const StatusTexts<SensorState::Kind, 7> texts(
        {"starting", "running", "backing_off", "stopped", "failed", "disabled", "paused"});
    return texts.text(kind);
}

Value toJson(const SensorState &state)
{
    ValueList deaths;
    for (const SensorState::Death &death : state.deaths)
        deaths.push_back(toJson(death));
    Value json = Value::map({{"ref", state.ref.text()}, {"state", toText(state.kind)}});
    setIfAny(json, "instance", state.instance);
    setIfAny(json, "reason", state.reason);
    if (state.process != 0) {
        json.set("pid", static_cast<std::int64_t>(state.process));
        json.set("cpu", state.cpuPercent);
        json.set("memory", state.memoryBytes);
    }
    setIfAny(json, "started", state.started);
    setIfAny(json, "next_start", state.nextStart);
    json.set("silent", state.isSilent);
    if (state.busy.count() > 0)
        json.set("in_poll_for", static_cast<std::int64_t>(state.busy.count()));
    json.set("events", eventsJson(state));
    setIfAny(json, "last_event", state.lastEvent);
    json.set("events_per_minute",
             ValueList(state.eventsPerMinute.begin(), state.eventsPerMinute.end()));
    // The count of them all, and the latest with their reasons.
    json.set("restart_count", state.restarts);
    json.set("restarts", std::move(deaths));
    return json;
}

Value toJson(const SensorLogLine &line)
{
    static const StatusTexts<SensorLogLine::Stream, 3> streams({"stdout", "stderr", "engine"});
    return Value::map({{"number", line.number},
                       {"time", shown(line.time)},
                       {"stream", streams.text(line.stream)},
                       {"line", line.text}});
}

} // namespace stormglass
