#pragma once

#include "engine/rules/rule_set.h"
#include "engine/rules/screen.h"
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
    // Everything one judging shares.
    struct Session;
    void index();
    void fileUnselected(std::uint32_t position);
    RuleSelector &selectorFor(const RuleSelection &selection);
    void judgeStandard(Session &session) const;
    void judgeBackstops(Session &session) const;
    void check(std::uint32_t position, Session &session) const;
    void checkClosely(std::uint32_t position, Session &session) const;

    std::vector<CompiledRulePointer> m_rules;
    std::vector<std::uint32_t> m_backstops;
    // Standard rules without conditions; with conditions, but none that a selector could decide by.
    std::vector<std::uint32_t> m_unconditional;
    std::vector<std::uint32_t> m_unselected;
    std::vector<RuleSelector> m_selectors;
    Screen m_screen;
};

} // namespace stormglass
