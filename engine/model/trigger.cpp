#include "engine/model/trigger.h"

#include "engine/model/json_members.h"
#include "engine/model/uid.h"

namespace stormglass {

Value toJson(const TriggerType &type)
{
    return Value::map({{"id", shown(type.id)},
                       {"ref", type.ref.text()},
                       {"uid", uidOf(QStringLiteral("trigger_type"), type.ref)},
                       {"pack", type.ref.pack},
                       {"name", type.ref.name},
                       {"description", type.description},
                       {"payload_schema", type.payloadSchema},
                       {"parameters_schema", type.parametersSchema},
                       {"tags", type.tags},
                       {"metadata_file", type.metadataFile}});
}

Value toJson(const Trigger &trigger)
{
    Value json = Value::map({{"id", shown(trigger.id)},
                             {"ref", trigger.ref.text()},
                             {"uid", uidOf(trigger)},
                             {"pack", trigger.ref.pack},
                             {"name", trigger.ref.name},
                             {"type", trigger.type.text()},
                             {"parameters", trigger.parameters}});
    setIfAny(json, "description", trigger.description);
    return json;
}

QString uidOf(const Trigger &trigger)
{
    return uidOf(QStringLiteral("trigger"), trigger.ref) + QLatin1Char(':')
        + hashOf(trigger.parameters);
}

} // namespace stormglass
