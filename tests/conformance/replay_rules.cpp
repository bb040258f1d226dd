#include "tests/conformance/corpus_kinds.h"

#include "engine/base/timestamp.h"
#include "engine/expressions/parameter_render.h"
#include "engine/rules/fixed_clock.h"
#include "engine/rules/rule_set.h"
#include "tests/conformance/recorded_datastore.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

Result<Timestamp> momentOf(const Value &recorded)
{
    const Value *now = recorded.find("now");
    return now ? timestampFromIso(now->text()) : Result<Timestamp>(Timestamp{});
}

Value kindsOf(const std::vector<MatchFailure> &failures)
{
    Value kinds = Value::list();
    for (const MatchFailure &failure : failures)
        kinds.append(failure.error.kind);
    return kinds;
}

Result<Value> filtered(const Value &recorded)
{
    Value answer = Value::map(
        {{"match", false}, {"failed_criterion", Value()}, {"recorded_failures", Value::list()}});
    if (!recorded["enabled"].toBoolOr(true))
        return answer;
    const Value payload = untagged(recorded["payload"]);
    const RecordedDatastore keys(recorded);
    SG_LET(const Timestamp now, momentOf(recorded));
    const FixedClock clock(now);
    const Criteria criteria = Criteria::compile(untagged(recorded["criteria"]));
    const CriteriaOutcome outcome = criteria.evaluate(Facts{payload, &keys, clock});
    if (outcome.kind == ConditionAnswer::Kind::Broken)
        return failure(outcome.failures.back().error);
    answer.set("match", outcome.matches());
    if (outcome.condition)
        answer.set("failed_criterion", criteria.key(*outcome.condition));
    answer.set("recorded_failures", kindsOf(outcome.failures));
    return answer;
}

Rule ruleFrom(const Value &recorded, std::uint8_t number)
{
    Rule rule;
    rule.id = Id({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, number});
    rule.ref = {QStringLiteral("demo"), recorded["name"].toQString()};
    rule.state = recorded["enabled"].toBoolOr(true) ? RuleState::Enabled : RuleState::Disabled;
    rule.type = recorded["type"].toQString();
    rule.criteria = untagged(recorded["criteria"]);
    return rule;
}

Result<Value> matched(const Value &recorded)
{
    RuleSet rules;
    std::uint8_t number = 0;
    for (const Value &rule : recorded["rules"].items())
        rules.put(ruleFrom(rule, ++number));
    TriggerInstance instance;
    instance.payload = untagged(recorded["payload"]);
    const RecordedDatastore keys(recorded);
    SG_LET(const Timestamp now, momentOf(recorded));
    const Judgement judgement = rules.judge(instance, &keys, FixedClock(now));
    if (judgement.refusal())
        return failure(*judgement.refusal());
    Value names = Value::list();
    for (const CompiledRulePointer &rule : judgement.toEnforce())
        names.append(rule->rule.ref.name);
    return names;
}

// As the enforcement of a rule asks for its execution (events.md 6.7).
Result<Value> rendered(const Value &recorded)
{
    const RecordedDatastore keys(recorded);
    const ParameterSchemas schemas{recorded["action_parameters"], recorded["runner_parameters"]};
    ParameterContext context;
    context.actionContext = Value::map({{"user", "stanley"}, {"pack", recorded["pack"]}});
    context.config = untagged(recorded["config"]);
    context.additional = Value::map({{"trigger", untagged(recorded["payload"])}});
    context.resolver = &keys;
    return renderLiveParameters(schemas, untagged(recorded["params"]), context);
}

Result<Value> replayed(const Value &recorded)
{
    const std::string_view mode = recorded["mode"].text();
    if (mode == "filter")
        return filtered(recorded);
    if (mode == "matcher")
        return matched(recorded);
    if (mode == "render")
        return rendered(recorded);
    return failure(ErrorCode::Invalid, QStringLiteral("unknown mode"));
}

} // namespace

CaseVerdict replayRules(const Value &recorded)
{
    return judged(recorded["expect"], replayed(recorded));
}

} // namespace stormglass
