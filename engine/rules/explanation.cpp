#include "engine/rules/explanation.h"

namespace stormglass {

namespace {

bool looksAtTheSame(const ConditionAnswer &real, const ConditionAnswer &shown)
{
    return real.kind == shown.kind && real.actual == shown.actual && real.expected == shown.expected
        && !real.expected.isSecret();
}

QString messageOf(const ConditionAnswer &answer)
{
    return answer.failures.empty() ? QString() : answer.failures.back().text();
}

void addAnswer(Explanation &explanation, const ConditionAnswer &answer)
{
    explanation.actual = answer.actual;
    explanation.expected = answer.expected;
    if (answer.kind == ConditionAnswer::Kind::Failed
        || answer.kind == ConditionAnswer::Kind::Broken)
        explanation.message = messageOf(answer);
}

// The condition looked at a secret: what may be shown of it, and no advice that would give it away.
void addMasked(Explanation &explanation, ConditionAnswer answer)
{
    if (answer.expected.isSecret())
        answer.expected = "********";
    addAnswer(explanation, answer);
    explanation.sentence = QStringLiteral("What the condition on %1 looked at is secret.")
                               .arg(explanation.criterion);
}

} // namespace

std::optional<Explanation> explain(const Criteria &criteria, const Facts &facts, const Value &shown)
{
    const std::optional<NearMiss> miss = nearMiss(criteria, facts);
    if (!miss)
        return std::nullopt;
    Explanation explanation;
    if (!miss->condition) {
        explanation.sentence = miss->sentence;
        return explanation;
    }
    const std::size_t position = *miss->condition;
    explanation.criterion = criteria.key(position);
    explanation.operatorName = criteria.operatorName(position);
    for (const std::size_t other : miss->alsoFailing)
        explanation.alsoFailing.append(criteria.key(other));
    const Facts shownFacts{shown, facts.resolver, facts.clock};
    const bool hasSecrets = !(shown == facts.payload);
    const ConditionAnswer real = criteria.evaluateAll(facts)[position];
    const ConditionAnswer masked = hasSecrets ? criteria.evaluateAll(shownFacts)[position] : real;
    if (!looksAtTheSame(real, masked)) {
        addMasked(explanation, masked);
        return explanation;
    }
    addAnswer(explanation, real);
    // Advice may look at the whole payload, so it is asked of what may be shown.
    const std::optional<NearMiss> advice = hasSecrets ? nearMiss(criteria, shownFacts) : miss;
    if (advice && advice->condition == miss->condition) {
        explanation.change = advice->change;
        explanation.sentence = advice->sentence;
    }
    return explanation;
}

} // namespace stormglass
