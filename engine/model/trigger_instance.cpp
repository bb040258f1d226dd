#include "engine/model/trigger_instance.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

namespace {

const StatusTexts<TriggerInstanceStatus, 4> &texts()
{
    static const StatusTexts<TriggerInstanceStatus, 4> all(
        {"pending", "processing", "processed", "processing_failed"});
    return all;
}

} // namespace

QString toText(TriggerInstanceStatus status)
{
    return texts().text(status);
}

std::optional<TriggerInstanceStatus> triggerInstanceStatusFromText(const QString &text)
{
    return texts().choice(text);
}

Value toJson(const TriggerInstance &instance)
{
    Value json = Value::map({{"id", shown(instance.id)},
                             {"trigger", instance.trigger.text()},
                             {"payload", instance.payload},
                             {"occurrence_time", shown(instance.occurrence)},
                             {"status", toText(instance.status)}});
    // Ours: what the rules made of it, and where its trace is.
    json.set("candidates", instance.candidates);
    json.set("matched", instance.matched);
    setIfAny(json, "trace", instance.trace);
    return json;
}

} // namespace stormglass
