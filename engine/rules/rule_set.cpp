#include "engine/rules/rule_set.h"

#include "engine/rules/trigger_rules.h"

#include <algorithm>

namespace stormglass {

namespace {

auto positionOf(const std::vector<CompiledRulePointer> &rules, const Id &id)
{
    return std::find_if(rules.begin(), rules.end(),
                        [&](const CompiledRulePointer &rule) { return rule->rule.id == id; });
}

} // namespace

RuleSet::TriggerKey RuleSet::keyOf(const Id &trigger, const Ref &ref)
{
    return trigger.isNull() ? TriggerKey{{}, ref} : TriggerKey{trigger, {}};
}

bool RuleSet::isListening(const Id &trigger, const Ref &ref) const
{
    const auto group = m_groups.constFind(keyOf(trigger, ref));
    return group != m_groups.constEnd()
        && std::ranges::any_of(group->rules, [](const CompiledRulePointer &compiled) {
               return compiled->rule.state != RuleState::Disabled;
           });
}

void RuleSet::put(Rule rule)
{
    const Id id = rule.id;
    const TriggerKey key = keyOf(rule.trigger, rule.triggerType);
    if (const auto known = m_triggerOf.constFind(id);
        known != m_triggerOf.constEnd() && !(*known == key))
        remove(id);
    Criteria criteria = Criteria::compile(rule.criteria);
    auto compiled
        = std::make_shared<const CompiledRule>(CompiledRule{std::move(rule), std::move(criteria)});
    Group &group = m_groups[key];
    group.compiled.reset();
    if (m_triggerOf.contains(id)) {
        const auto at = positionOf(group.rules, id) - group.rules.cbegin();
        group.rules[static_cast<std::size_t>(at)] = std::move(compiled);
    } else {
        group.rules.push_back(std::move(compiled));
        m_triggerOf.insert(id, key);
    }
}

bool RuleSet::remove(const Id &rule)
{
    const auto known = m_triggerOf.constFind(rule);
    if (known == m_triggerOf.constEnd())
        return false;
    Group &group = m_groups[*known];
    group.compiled.reset();
    group.rules.erase(positionOf(group.rules, rule));
    if (group.rules.empty())
        m_groups.remove(*known);
    m_triggerOf.erase(known);
    return true;
}

void RuleSet::clear()
{
    m_groups.clear();
    m_triggerOf.clear();
}

CompiledRulePointer RuleSet::find(const Id &rule) const
{
    const auto known = m_triggerOf.constFind(rule);
    if (known == m_triggerOf.constEnd())
        return nullptr;
    return *positionOf(m_groups[*known].rules, rule);
}

Judgement RuleSet::judge(const TriggerInstance &instance, const Resolver *resolver,
                         const Clock &clock) const
{
    const auto group = m_groups.find(keyOf(instance.triggerId, instance.trigger));
    if (group == m_groups.end())
        return {};
    if (!group->compiled)
        group->compiled = std::make_shared<const TriggerRules>(group->rules);
    return group->compiled->judge(instance, {instance.payload, resolver, clock});
}

} // namespace stormglass
