#include "engine/model/action.h"

#include "engine/model/json_members.h"
#include "engine/model/uid.h"

namespace stormglass {

Value toJson(const Action &action)
{
    return Value::map({{"id", shown(action.id)},
                       {"ref", action.ref.text()},
                       {"uid", uidOf(QStringLiteral("action"), action.ref)},
                       {"pack", action.ref.pack},
                       {"name", action.ref.name},
                       {"description", action.description},
                       {"enabled", action.enabled},
                       {"runner_type", action.runnerType},
                       {"entry_point", action.entryPoint},
                       {"parameters", action.parameters},
                       {"output_schema", action.outputSchema},
                       {"notify", action.notify},
                       {"tags", action.tags},
                       {"metadata_file", action.metadataFile}});
}

Value toJson(const RunnerType &runnerType)
{
    Value json = Value::map({{"id", shown(runnerType.id)},
                             {"uid", QStringLiteral("runner_type:") + runnerType.name},
                             {"name", runnerType.name},
                             {"description", runnerType.description},
                             {"enabled", runnerType.enabled},
                             {"runner_package", runnerType.package},
                             {"runner_module", runnerType.module},
                             {"runner_parameters", runnerType.parameters}});
    setIfAny(json, "output_key", runnerType.outputKey);
    json.set("output_schema", runnerType.outputSchema);
    return json;
}

} // namespace stormglass
