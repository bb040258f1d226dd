#include "tests/conformance/corpus_kinds.h"

#include "engine/base/timestamp.h"
#include "engine/rules/criteria.h"
#include "engine/rules/fixed_clock.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

Result<Value> answerOf(const CriteriaOutcome &outcome)
{
    if (outcome.kind == ConditionAnswer::Kind::Failed
        || outcome.kind == ConditionAnswer::Kind::Broken)
        return failure(outcome.failures.back().error);
    return Value(outcome.matches());
}

// The operator as the only condition of a rule, on a payload that has nothing but the value.
Result<Value> asked(const Value &recorded)
{
    Value condition
        = Value::map({{"type", recorded["operator"]}, {"pattern", untagged(recorded["pattern"])}});
    if (const Value *mode = recorded.find("condition"))
        condition.set("condition", *mode);
    const Value payload = Value::map({{"value", untagged(recorded["value"])}});
    const Value *moment = recorded.find("now");
    SG_LET(const Timestamp now,
           moment ? timestampFromIso(moment->text()) : Result<Timestamp>(Timestamp()));
    const FixedClock clock(now);
    const Criteria criteria = Criteria::compile(Value::map({{"trigger.value", condition}}));
    return answerOf(criteria.evaluate(Facts{payload, nullptr, clock}));
}

} // namespace

CaseVerdict replayOperators(const Value &recorded)
{
    return judged(recorded["expect"], asked(recorded));
}

} // namespace stormglass
