#include "engine/model/rule.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"
#include "engine/model/uid.h"

namespace stormglass {

namespace {

const StatusTexts<RuleState, 3> &texts()
{
    static const StatusTexts<RuleState, 3> all({"disabled", "observe", "enabled"});
    return all;
}

} // namespace

QString toText(RuleState state)
{
    return texts().text(state);
}

std::optional<RuleState> ruleStateFromText(const QString &text)
{
    return texts().choice(text);
}

Value toJson(const Rule &rule)
{
    return Value::map(
        {{"id", shown(rule.id)},
         {"ref", rule.ref.text()},
         {"uid", uidOf(QStringLiteral("rule"), rule.ref)},
         {"pack", rule.ref.pack},
         {"name", rule.ref.name},
         {"description", rule.description},
         {"enabled", rule.state == RuleState::Enabled},
         {"state", toText(rule.state)},
         {"type", Value::map({{"ref", rule.type}, {"parameters", rule.typeParameters}})},
         {"trigger",
          Value::map({{"type", rule.triggerType.text()}, {"parameters", rule.triggerParameters}})},
         {"criteria", rule.criteria},
         {"action",
          Value::map({{"ref", rule.action.text()}, {"parameters", rule.actionParameters}})},
         {"context", rule.context},
         {"tags", rule.tags},
         {"metadata_file", rule.metadataFile}});
}

} // namespace stormglass
