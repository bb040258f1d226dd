#include "engine/model/enforcement.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"
#include "engine/model/uid.h"

namespace stormglass {

namespace {

const StatusTexts<EnforcementStatus, 3> &texts()
{
    static const StatusTexts<EnforcementStatus, 3> all({"pending", "succeeded", "failed"});
    return all;
}

} // namespace

QString toText(EnforcementStatus status)
{
    return texts().text(status);
}

std::optional<EnforcementStatus> enforcementStatusFromText(const QString &text)
{
    return texts().choice(text);
}

Value toJson(const Enforcement &enforcement)
{
    Value json
        = Value::map({{"id", shown(enforcement.id)},
                      {"rule",
                       Value::map({{"ref", enforcement.ruleRef.text()},
                                   {"id", shown(enforcement.rule)},
                                   {"uid", uidOf(QStringLiteral("rule"), enforcement.ruleRef)}})},
                      {"trigger_instance_id", shown(enforcement.triggerInstance)}});
    setIfAny(json, "execution_id", enforcement.execution);
    setIfAny(json, "failure_reason", enforcement.failureReason);
    json.set("enforced_at", shown(enforcement.enforcedAt));
    json.set("status", toText(enforcement.status));
    return json;
}

} // namespace stormglass
