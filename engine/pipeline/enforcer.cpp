#include "engine/pipeline/enforcer.h"

#include "engine/pipeline/rule_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

Enforcer::Enforcer(const Clock &clock, Stores &stores, Requester &requester, QString systemUser)
    : m_clock(clock)
    , m_stores(stores)
    , m_requester(requester)
    , m_systemUser(std::move(systemUser))
{
}

Result<> Enforcer::take(const Id &id)
{
    SG_LET(const std::optional<Enforcement> enforcement, m_stores.enforcements.claim(id));
    if (!enforcement)
        return {}; // taken before a restart

    SG_LET(const Rule rule, m_stores.rules.get(enforcement->rule));
    SG_LET(const Trace trace, traceOf(*enforcement));
    SG_LET(const ExecutionRequest request, requestFor(*enforcement, rule, trace));
    const Result<Execution> execution = m_requester.request(request);
    if (execution)
        return m_stores.enforcements.succeed(*enforcement, execution->id);
    if (execution.error().isRefusal())
        return refuse(*enforcement, request, execution.error());
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

Result<ExecutionRequest> Enforcer::requestFor(const Enforcement &enforcement, const Rule &rule,
                                              const Trace &trace)
{
    SG_LET(const std::optional<TriggerInstance> instance,
           m_stores.triggerInstances.find(enforcement.triggerInstance));
    if (!instance)
        return failure(ErrorCode::NotFound,
                       u"The trigger instance %1 is no longer kept."_s.arg(
                           enforcement.triggerInstance.text()));
    ExecutionRequest request;
    request.action = rule.action;
    request.parameters = rule.actionParameters;
    request.additional = Value::map({{"trigger", instance->payload}});
    request.context = contextOfRule(rule, instance->id, trace, m_systemUser);
    request.rule = rule.id;
    request.ruleRef = rule.ref;
    request.triggerInstance = instance->id;
    request.enforcement = enforcement.id;
    request.trace = enforcement.trace;
    return request;
}

// The row of a trace that nobody named is written when something follows from it.
Result<Trace> Enforcer::traceOf(const Enforcement &enforcement)
{
    SG_LET(std::optional<Trace> known, m_stores.traces.find(enforcement.trace));
    if (known)
        return *std::move(known);
    const QString tag = u"trigger_instance-%1"_s.arg(enforcement.triggerInstance.text());
    Trace trace{enforcement.trace, tag, m_clock.now()};
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
    const bool isMissing = error.message.contains(u"cannot be found"_s);
    const VerdictKind kind = isMissing ? VerdictKind::ActionMissing : VerdictKind::ParametersFailed;
    SG_TRY(m_stores.verdicts.change(enforcement.triggerInstance, enforcement.rule, kind,
                                    error.message));
    return m_stores.enforcements.fail(enforcement, error.message);
}

} // namespace stormglass
