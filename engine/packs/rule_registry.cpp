#include "engine/packs/rule_registry.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Is what it says of an event, or does then, another?
bool decidesOtherwise(const Rule &a, const Rule &b)
{
    return a.state != b.state || a.type != b.type || a.trigger != b.trigger
        || a.criteria != b.criteria || a.action != b.action
        || a.actionParameters != b.actionParameters;
}

} // namespace

RuleRegistry::RuleRegistry(const Clock &clock, IdGenerator &ids, RuleStore &store,
                           TriggerRegistry &triggers, ContentObserver &observer, Check check)
    : m_clock(clock)
    , m_ids(ids)
    , m_store(store)
    , m_triggers(triggers)
    , m_observer(observer)
    , m_check(std::move(check))
{
    m_triggers.whenTypeComes([this](const Ref &type) { return bindAgain(type); });
}

Result<Rule> RuleRegistry::create(Rule rule)
{
    SG_LET(const std::optional<Rule> known, m_store.find(rule.ref));
    if (known)
        return failure(
            Error{ErrorCode::Conflict,
                  u"Tried to save duplicate unique keys (there is a rule \"%1\" already)."_s.arg(
                      rule.ref.text()),
                  u"StackStormDBObjectConflictError"_s, known->id.text()});
    SG_TRY(resolve(rule));
    rule.id = m_ids.make();
    rule.changed = m_clock.now();
    SG_TRY(m_store.add(rule));
    SG_TRY(m_triggers.hold(rule.trigger));
    m_observer.ruleSaved(rule);
    return rule;
}

Result<Rule> RuleRegistry::replace(const Id &id, Rule rule)
{
    SG_LET(const Rule known, m_store.get(id));
    rule.id = id;
    rule.changed = known.changed;
    SG_TRY(resolve(rule));
    if (rule == known)
        return rule;
    if (decidesOtherwise(rule, known))
        rule.changed = m_clock.now();
    SG_TRY(m_store.update(rule));
    // In this order, so that a trigger both use does not go in between.
    SG_TRY(m_triggers.hold(rule.trigger));
    SG_TRY(m_triggers.release(known.trigger));
    m_observer.ruleSaved(rule);
    return rule;
}

Result<Rule> RuleRegistry::save(Rule rule)
{
    SG_LET(const std::optional<Rule> known, m_store.find(rule.ref));
    rule.fileState = rule.state;
    if (known && known->fileState == rule.fileState)
        rule.state = known->state;
    return known ? replace(known->id, std::move(rule)) : create(std::move(rule));
}

Result<> RuleRegistry::setState(const Id &id, RuleState state)
{
    SG_LET(Rule rule, m_store.get(id));
    if (rule.state == state)
        return {};
    rule.state = state;
    rule.changed = m_clock.now();
    SG_TRY(m_store.setState(id, state, rule.changed));
    m_observer.ruleSaved(rule);
    return {};
}

Result<> RuleRegistry::remove(const Rule &rule)
{
    SG_TRY(m_store.remove(rule.id));
    SG_TRY(m_triggers.release(rule.trigger));
    m_observer.ruleRemoved(rule);
    return {};
}

Result<> RuleRegistry::bindAgain(const Ref &triggerType)
{
    SG_LET(const std::vector<Rule> rules, m_store.ofTriggerType(triggerType));
    for (Rule rule : rules) {
        const Result<Trigger> trigger = m_triggers.triggerFor(triggerType, rule.triggerParameters);
        if (!trigger && !trigger.error().isRefusal())
            return failure(trigger.error());
        // The type may have come back with other parameters; the rule waits for nothing then.
        if (!trigger || trigger->id == rule.trigger)
            continue;
        rule.trigger = trigger->id;
        rule.changed = m_clock.now();
        SG_TRY(m_store.update(rule));
        SG_TRY(m_triggers.hold(rule.trigger));
        m_observer.ruleSaved(rule);
    }
    return {};
}

Result<> RuleRegistry::resolve(Rule &rule)
{
    SG_TRY(m_check(rule));
    SG_LET(const Trigger trigger, m_triggers.triggerFor(rule.triggerType, rule.triggerParameters));
    rule.trigger = trigger.id;
    return {};
}

} // namespace stormglass
