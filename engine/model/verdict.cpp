#include "engine/model/verdict.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

namespace {

const StatusTexts<VerdictKind, 9> &texts()
{
    static const StatusTexts<VerdictKind, 9> all({"matched", "not_matched", "error", "disabled",
                                                  "observed", "held", "action_missing",
                                                  "parameters_failed", "not_needed"});
    return all;
}

} // namespace

QString toText(VerdictKind kind)
{
    return texts().text(kind);
}

std::optional<VerdictKind> verdictKindFromText(const QString &text)
{
    return texts().choice(text);
}

Value toJson(const Verdict &verdict)
{
    Value json = Value::map(
        {{"trigger_instance_id", shown(verdict.triggerInstance)},
         {"rule", Value::map({{"ref", verdict.ruleRef.text()}, {"id", shown(verdict.rule)}})},
         {"verdict", toText(verdict.kind)}});
    // A null payload value is worth telling, so all four come together.
    if (!verdict.criterion.isEmpty()) {
        json.set("criterion", verdict.criterion);
        json.set("operator", verdict.operatorName);
        json.set("actual", verdict.actual);
        json.set("expected", verdict.expected);
    }
    setIfAny(json, "message", verdict.message);
    setIfAny(json, "enforcement_id", verdict.enforcement);
    json.set("timestamp", shown(verdict.time));
    return json;
}

} // namespace stormglass
