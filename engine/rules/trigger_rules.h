#pragma once

#include "engine/rules/rule_set.h"
#include "engine/rules/selector.h"

namespace stormglass {

// The rules of one trigger, indexed by what a payload must have at a key for a rule to match.
// Immutable.
class TriggerRules : public std::enable_shared_from_this<TriggerRules>
{
public:
    explicit TriggerRules(std::vector<CompiledRulePointer> rules);

    const std::vector<CompiledRulePointer> &rules() const { return m_rules; }
    Judgement judge(const TriggerInstance &instance, const Facts &facts) const;

private:
    void index();
    void check(std::uint32_t position, FactSheet &sheet, Judgement &judgement) const;
    void judgeStandard(FactSheet &sheet, Judgement &judgement) const;
    void judgeBackstops(FactSheet &sheet, Judgement &judgement) const;
    void exclude(const QString &criterion, const Value &actual, std::size_t rules,
                 Judgement &judgement) const;

    std::vector<CompiledRulePointer> m_rules;
    std::vector<std::uint32_t> m_disabled;
    std::vector<std::uint32_t> m_backstops;
    // Standard rules without conditions; with conditions, but none that a selector could decide by.
    std::vector<std::uint32_t> m_unconditional;
    std::vector<std::uint32_t> m_unselected;
    std::vector<RuleSelector> m_selectors;
};

} // namespace stormglass
