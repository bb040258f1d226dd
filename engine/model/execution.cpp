#include "engine/model/execution.h"

#include "engine/model/json_members.h"

namespace stormglass {

namespace {

bool isWorkflow(const QString &runnerType)
{
    return runnerType == QLatin1String("orquesta") || runnerType == QLatin1String("action-chain");
}

Value liveActionOf(const Execution &execution)
{
    Value runnerInfo = Value::map();
    if (execution.process != 0)
        runnerInfo.set("pid", static_cast<std::int64_t>(execution.process));
    Value json = Value::map({{"id", shown(execution.liveAction)},
                             {"action", execution.action.text()},
                             {"action_is_workflow", isWorkflow(execution.runnerType)},
                             {"callback", Value::map()},
                             {"runner_info", runnerInfo},
                             {"parameters", execution.parameters}});
    setIfAny(json, "notify", execution.notify);
    return json;
}

void addTimes(Value &json, const Execution &execution)
{
    json.set("start_timestamp", shown(execution.started));
    if (!execution.ended)
        return;
    json.set("end_timestamp", shown(*execution.ended));
    const std::chrono::duration<double> elapsed = *execution.ended - execution.started;
    json.set("elapsed_seconds", elapsed.count());
}

// Enough to name what the API shows in full.
void addOrigin(Value &json, const Execution &execution)
{
    setIfAny(json, "parent", execution.parent);
    if (!execution.rule.isNull())
        json.set("rule",
                 Value::map({{"id", shown(execution.rule)}, {"ref", execution.ruleRef.text()}}));
    if (!execution.triggerInstance.isNull())
        json.set("trigger_instance", Value::map({{"id", shown(execution.triggerInstance)}}));
    const Value &workflow = execution.context["orquesta"];
    setIfAny(json, "workflow_execution", workflow["workflow_execution_id"]);
    setIfAny(json, "task_execution", workflow["task_execution_id"]);
}

} // namespace

Value toJson(const Execution &execution)
{
    Value json = Value::map({{"id", shown(execution.id)},
                             {"status", toText(execution.status)},
                             {"action",
                              Value::map({{"ref", execution.action.text()},
                                          {"pack", execution.action.pack},
                                          {"name", execution.action.name},
                                          {"runner_type", execution.runnerType}})},
                             {"runner", Value::map({{"name", execution.runnerType}})},
                             {"liveaction", liveActionOf(execution)}});
    setIfAny(json, "parameters", execution.parameters);
    setIfAny(json, "context", execution.context);
    setIfAny(json, "result", execution.result);
    setIfAny(json, "result_size", Value(execution.resultSize));
    addTimes(json, execution);
    setIfAny(json, "log", execution.log);
    addOrigin(json, execution);
    return json;
}

Value toJson(const OutputChunk &chunk)
{
    return Value::map({{"execution_id", shown(chunk.execution)},
                       {"number", chunk.number},
                       {"timestamp", shown(chunk.time)},
                       {"output_type", chunk.stream},
                       {"data", QString::fromUtf8(chunk.data)}});
}

} // namespace stormglass
