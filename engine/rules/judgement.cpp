#include "engine/rules/fixed_clock.h"
#include "engine/rules/trigger_rules.h"

#include <algorithm>

namespace stormglass {

namespace {

QString messageFrom(const CriteriaOutcome &outcome)
{
    if (outcome.kind == ConditionAnswer::Kind::Fails && !outcome.condition)
        return QStringLiteral("The payload is empty, and the rule has criteria.");
    if (outcome.kind == ConditionAnswer::Kind::Holds
        || outcome.kind == ConditionAnswer::Kind::Fails)
        return {};
    return outcome.failures.back().text();
}

} // namespace

std::size_t Judgement::candidates() const
{
    return m_rules ? m_rules->rules().size() : 0;
}

Verdict Judgement::verdictFrom(const Checked &checked) const
{
    const CompiledRule &compiled = *m_rules->rules()[checked.position];
    Verdict verdict;
    verdict.triggerInstance = m_triggerInstance;
    verdict.rule = compiled.rule.id;
    verdict.ruleRef = compiled.rule.ref;
    verdict.kind = checked.kind;
    verdict.time = m_time;
    if (const auto condition = checked.outcome.condition) {
        verdict.criterion = compiled.criteria.key(*condition);
        verdict.operatorName = compiled.criteria.operatorName(*condition);
        verdict.actual = checked.outcome.actual;
        verdict.expected = checked.outcome.expected;
    }
    verdict.message = messageFrom(checked.outcome);
    return verdict;
}

// Of a rule that was passed over: disabled, or it failed by the payload alone and at a moment that
// is kept, so asking now says what asking then would have.
Verdict Judgement::verdictOfFailed(std::uint32_t position) const
{
    if (m_rules->rules()[position]->rule.state == RuleState::Disabled)
        return verdictFrom({position, VerdictKind::Disabled});
    const FixedClock clock(m_time);
    CriteriaOutcome outcome
        = m_rules->rules()[position]->criteria.evaluate(Facts{m_payload, nullptr, clock});
    return verdictFrom({position, VerdictKind::NotMatched, std::move(outcome)});
}

std::vector<Verdict> Judgement::verdicts() const
{
    std::vector<Verdict> all;
    all.reserve(candidates());
    auto checked = m_checked.begin();
    for (std::uint32_t position = 0; position < candidates(); ++position) {
        const bool isChecked = checked != m_checked.end() && checked->position == position;
        all.push_back(isChecked ? verdictFrom(*checked++) : verdictOfFailed(position));
    }
    return all;
}

std::vector<Verdict> Judgement::notableVerdicts() const
{
    std::vector<Verdict> all;
    all.reserve(m_checked.size());
    for (const Checked &checked : m_checked)
        all.push_back(verdictFrom(checked));
    return all;
}

std::optional<Verdict> Judgement::verdictOf(const Id &rule) const
{
    for (std::uint32_t position = 0; position < candidates(); ++position) {
        if (m_rules->rules()[position]->rule.id != rule)
            continue;
        const auto checked
            = std::lower_bound(m_checked.begin(), m_checked.end(), position,
                               [](const Checked &a, std::uint32_t at) { return a.position < at; });
        const bool isChecked = checked != m_checked.end() && checked->position == position;
        return isChecked ? verdictFrom(*checked) : verdictOfFailed(position);
    }
    return std::nullopt;
}

} // namespace stormglass
