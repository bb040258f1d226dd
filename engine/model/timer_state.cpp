#include "engine/model/timer_state.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

namespace {

const StatusTexts<CatchUp, 3> &catchUpTexts()
{
    static const StatusTexts<CatchUp, 3> texts({"skip", "once", "all"});
    return texts;
}

} // namespace

QString toText(CatchUp catchUp)
{
    return catchUpTexts().text(catchUp);
}

std::optional<CatchUp> catchUpFromText(const QString &text)
{
    return catchUpTexts().choice(text);
}

Value toJson(const TimerState &state)
{
    Value json = Value::map(
        {{"id", shown(state.trigger)},
         {"ref", state.ref.text()},
         {"type", state.type.text()},
         {"parameters", state.parameters},
         {"catch_up", toText(state.catchUp)},
         {"misfire_grace_time", std::chrono::floor<std::chrono::seconds>(state.grace).count()},
         {"timezone", state.timezone},
         {"fired", state.fired},
         {"missed", state.missed}});
    setIfAny(json, "next", state.next);
    setIfAny(json, "last_fired", state.lastFired);
    setIfAny(json, "last_missed", state.lastMissed);
    setIfAny(json, "fault", state.fault);
    return json;
}

} // namespace stormglass
