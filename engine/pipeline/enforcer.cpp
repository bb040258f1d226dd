#include "engine/pipeline/enforcer.h"

#include "engine/pipeline/rule_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// What StackStorm calls a trace that nobody named.
QString tagOf(const Trigger *trigger, const TriggerInstance &instance)
{
    if (!trigger || trigger->type != webhookTriggerType())
        return u"trigger_instance-%1"_s.arg(instance.id.text());
    const QString url = normalisedUrl(trigger->parameters["url"].toQStringOr({}));
    return u"webhook-%1-%2"_s.arg(url, instance.trace.text());
}

ExecutionRequest requestFor(const Enforcement &enforcement, const Rule &rule,
                            const TriggerInstance &instance)
{
    ExecutionRequest request;
    request.action = rule.action;
    request.parameters = rule.actionParameters;
    request.additional = Value::map({{"trigger", instance.payload}});
    request.rule = rule.id;
    request.ruleRef = rule.ref;
    request.triggerInstance = instance.id;
    request.enforcement = enforcement.id;
    request.trace = enforcement.trace;
    return request;
}

} // namespace

Enforcer::Enforcer(const Clock &clock, Stores &stores, const RuleSet &rules,
                   const TriggerIndex &triggers, FreshRows &fresh, Requester &requester,
                   QString systemUser)
    : m_clock(clock)
    , m_stores(stores)
    , m_rules(rules)
    , m_triggers(triggers)
    , m_fresh(fresh)
    , m_requester(requester)
    , m_systemUser(std::move(systemUser))
{
}

Result<> Enforcer::take(const Id &id)
{
    SG_LET(const std::optional<FreshRows::Enforcing> work, claim(id));
    if (!work)
        return {}; // taken before a restart

    const auto &[enforcement, instance] = *work;
    SG_LET(const Rule rule, ruleOf(enforcement));
    SG_LET(const Trace trace, traceOf(enforcement, instance));
    ExecutionRequest request = requestFor(enforcement, rule, instance);
    request.context = contextOfRule(rule, instance.id, trace, m_systemUser);
    const Result<Execution> execution = m_requester.request(request);
    if (execution)
        return m_stores.enforcements.succeed(enforcement, execution->id);
    if (execution.error().isRefusal())
        return refuse(enforcement, request, execution.error());
    return failure(execution.error());
}

Result<> Enforcer::fail(const Id &id, const Error &error)
{
    SG_LET(const std::optional<Enforcement> enforcement, m_stores.enforcements.claim(id));
    if (!enforcement)
        return {};
    return m_stores.enforcements.fail(*enforcement, error.message);
}

Result<std::vector<Id>> Enforcer::waiting(int most)
{
    return m_stores.enforcements.waiting(most);
}

Result<std::optional<FreshRows::Enforcing>> Enforcer::claim(const Id &id)
{
    if (std::optional<FreshRows::Enforcing> fresh = m_fresh.takeEnforcement(id))
        return fresh;
    SG_LET(std::optional<Enforcement> enforcement, m_stores.enforcements.claim(id));
    if (!enforcement)
        return std::optional<FreshRows::Enforcing>();
    SG_LET(std::optional<TriggerInstance> instance,
           m_stores.triggerInstances.find(enforcement->triggerInstance));
    if (!instance)
        return failure(ErrorCode::NotFound,
                       u"The trigger instance %1 is no longer kept."_s.arg(
                           enforcement->triggerInstance.text()));
    return FreshRows::Enforcing{*std::move(enforcement), *std::move(instance)};
}

Result<Rule> Enforcer::ruleOf(const Enforcement &enforcement)
{
    if (const CompiledRulePointer known = m_rules.find(enforcement.rule))
        return known->rule;
    return m_stores.rules.get(enforcement.rule);
}

// The row of a trace that nobody named is written when something follows from it.
Result<Trace> Enforcer::traceOf(const Enforcement &enforcement, const TriggerInstance &instance)
{
    SG_LET(std::optional<Trace> known, m_stores.traces.find(enforcement.trace));
    if (known)
        return *std::move(known);
    const TriggerPointer trigger = m_triggers.find(instance.triggerId);
    Trace trace{enforcement.trace, tagOf(trigger.get(), instance), m_clock.now()};
    SG_TRY(m_stores.traces.add(trace));
    return trace;
}

Result<> Enforcer::refuse(const Enforcement &enforcement, const ExecutionRequest &request,
                          const Error &error)
{
    const bool isRendering = error.kind == u"ParamException"_s;
    // A person sees the failed execution and why; only where even that cannot be stored it is left
    // out.
    if (isRendering)
        (void)m_requester.requestFailed(request, error);
    SG_LET(const std::optional<Action> action, m_stores.actions.find(request.action));
    const VerdictKind kind = action ? VerdictKind::ParametersFailed : VerdictKind::ActionMissing;
    // The reference's words for a rule, which are not those for a request.
    const QString reason
        = action ? error.message : u"Action \"%1\" doesn't exist"_s.arg(request.action.text());
    SG_TRY(m_stores.verdicts.change(enforcement.triggerInstance, enforcement.rule, kind, reason));
    return m_stores.enforcements.fail(enforcement, reason);
}

} // namespace stormglass
