#include "engine/rules/trigger_rules.h"

#include "engine/rules/fixed_clock.h"

#include <algorithm>

namespace stormglass {

namespace {

// How often each value is wanted at each place, to index a rule by what is rarest.
class Popularity
{
public:
    void count(const RuleSelection &selection)
    {
        for (const Value &wanted : selection.wanted)
            ++of(selection)[wanted];
    }

    std::size_t rules(const RuleSelection &selection)
    {
        std::size_t sum = 0;
        for (const Value &wanted : selection.wanted)
            sum += of(selection)[wanted];
        return sum;
    }

private:
    struct Hash
    {
        std::size_t operator()(const Value &value) const { return value.pythonHash(); }
    };
    struct Equal
    {
        bool operator()(const Value &a, const Value &b) const { return Value::pythonEqual(a, b); }
    };
    using Counts = std::unordered_map<Value, std::size_t, Hash, Equal>;

    Counts &of(const RuleSelection &selection)
    {
        std::string place = selection.ignoresCase ? "i" : "e";
        for (const std::string &name : selection.condition->names)
            (place += '\0') += name;
        return m_counts[place];
    }

    std::unordered_map<std::string, Counts> m_counts;
};

bool isStandard(const CompiledRule &compiled)
{
    return compiled.rule.state != RuleState::Disabled && !compiled.rule.isBackstop();
}

VerdictKind kindFrom(const CriteriaOutcome &outcome, const Rule &rule)
{
    switch (outcome.kind) {
    case ConditionAnswer::Kind::Holds:
        return rule.state == RuleState::Observe ? VerdictKind::Observed : VerdictKind::Matched;
    case ConditionAnswer::Kind::Fails:
        return VerdictKind::NotMatched;
    case ConditionAnswer::Kind::Failed:
    case ConditionAnswer::Kind::Broken:
        break;
    }
    return VerdictKind::Error;
}

} // namespace

TriggerRules::TriggerRules(std::vector<CompiledRulePointer> rules)
    : m_rules(std::move(rules))
{
    index();
}

void TriggerRules::index()
{
    std::vector<std::vector<RuleSelection>> selections(m_rules.size());
    Popularity popularity;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (!isStandard(*m_rules[i]))
            continue;
        selections[i] = selectionsOf(m_rules[i]->criteria);
        for (const RuleSelection &selection : selections[i])
            popularity.count(selection);
    }
    for (std::uint32_t i = 0; i < m_rules.size(); ++i) {
        m_screen.add(m_rules[i]->criteria);
        const auto rarest = std::min_element(selections[i].begin(), selections[i].end(),
                                             [&](const RuleSelection &a, const RuleSelection &b) {
                                                 return popularity.rules(a) < popularity.rules(b);
                                             });
        if (rarest == selections[i].end())
            fileUnselected(i);
        else
            selectorFor(*rarest).add(i, *rarest);
    }
}

void TriggerRules::fileUnselected(std::uint32_t position)
{
    const CompiledRule &compiled = *m_rules[position];
    if (compiled.rule.state == RuleState::Disabled)
        return;
    if (compiled.rule.isBackstop())
        m_backstops.push_back(position);
    else if (compiled.criteria.isEmpty())
        m_unconditional.push_back(position);
    else
        m_unselected.push_back(position);
}

RuleSelector &TriggerRules::selectorFor(const RuleSelection &selection)
{
    const auto known
        = std::find_if(m_selectors.begin(), m_selectors.end(),
                       [&](const RuleSelector &candidate) { return candidate.serves(selection); });
    return known == m_selectors.end() ? m_selectors.emplace_back(selection) : *known;
}

struct TriggerRules::Session
{
    Judgement &judgement;
    const Facts &facts;
    FactSheet sheet;
    PlaceMemo memo;
};

Judgement TriggerRules::judge(const TriggerInstance &instance, const Facts &facts) const
{
    Judgement judgement;
    judgement.m_rules = shared_from_this();
    judgement.m_triggerInstance = instance.id;
    judgement.m_payload = instance.payload;
    judgement.m_time = facts.clock.now();
    // One moment for all, so that a verdict made later is the same.
    const FixedClock clock(judgement.m_time);
    const Facts fixed{facts.payload, facts.resolver, clock};
    Session session{judgement, fixed, FactSheet(fixed, "trigger"),
                    PlaceMemo(facts.payload, m_screen.places())};
    judgeStandard(session);
    judgeBackstops(session);
    std::sort(judgement.m_checked.begin(), judgement.m_checked.end(),
              [](const auto &a, const auto &b) { return a.position < b.position; });
    return judgement;
}

void TriggerRules::judgeStandard(Session &session) const
{
    std::vector<std::uint32_t> positions = m_unconditional;
    if (!isEmptyPayload(session.facts.payload)) {
        positions.insert(positions.end(), m_unselected.begin(), m_unselected.end());
        for (const RuleSelector &selector : m_selectors) {
            const std::vector<std::uint32_t> &selected = selector.selected(session.facts.payload);
            positions.insert(positions.end(), selected.begin(), selected.end());
        }
        std::sort(positions.begin(), positions.end());
    }
    for (const std::uint32_t position : positions)
        check(position, session);
}

// A rule that only observes does not act, so a backstop still has to.
void TriggerRules::judgeBackstops(Session &session) const
{
    const bool isNeeded = session.judgement.m_toEnforce.empty();
    for (const std::uint32_t position : m_backstops) {
        if (isNeeded)
            check(position, session);
        else
            session.judgement.m_checked.push_back({position, VerdictKind::NotNeeded});
    }
}

void TriggerRules::check(std::uint32_t position, Session &session) const
{
    const bool isEmpty = isEmptyPayload(session.facts.payload);
    if (isEmpty
        || m_screen.ask(position, session.memo, session.facts.clock) != Screen::Answer::Fails)
        checkClosely(position, session);
}

void TriggerRules::checkClosely(std::uint32_t position, Session &session) const
{
    Judgement &judgement = session.judgement;
    const CompiledRulePointer &compiled = m_rules[position];
    CriteriaOutcome outcome = compiled->criteria.evaluate(session.sheet);
    const VerdictKind kind = kindFrom(outcome, compiled->rule);
    if (outcome.kind == ConditionAnswer::Kind::Broken) {
        if (!judgement.m_refusal)
            judgement.m_refusal = outcome.failures.back().error;
    } else {
        for (const MatchFailure &failure : outcome.failures)
            judgement.m_failures.push_back({compiled, failure});
    }
    if (kind == VerdictKind::Matched)
        judgement.m_toEnforce.push_back(compiled);
    judgement.m_matched += outcome.matches() ? 1 : 0;
    judgement.m_checked.push_back({position, kind, std::move(outcome)});
}

} // namespace stormglass
