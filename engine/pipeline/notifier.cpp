#include "engine/pipeline/notifier.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "engine/expressions/template_render.h"
#include "engine/schema/masking.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(notifierLog, "stormglass.engine.pipeline")

namespace {

const Ref &actionTrigger()
{
    static const Ref ref{u"core"_s, u"st2.generic.actiontrigger"_s};
    return ref;
}

const Ref &notifyTrigger()
{
    static const Ref ref{u"core"_s, u"st2.generic.notifytrigger"_s};
    return ref;
}

// `2024-04-06T01:15:06.602758+00:00`, as notifications carry times (events.md 2.2).
std::string withOffset(Timestamp time)
{
    std::string text = toIsoText(time);
    text.pop_back();
    return text + "+00:00";
}

// The same with a space for the T, as the action trigger carries it (events.md 2.1).
std::string spaced(Timestamp time)
{
    std::string text = withOffset(time);
    text[10] = ' ';
    return text;
}

} // namespace

Notifier::Notifier(const Clock &clock, Stores &stores, Catalogue &catalogue,
                   const TriggerIndex &triggers, const RuleSet &rules, const Resolver *resolver,
                   Raise raise)
    : m_clock(clock)
    , m_stores(stores)
    , m_catalogue(catalogue)
    , m_triggers(triggers)
    , m_rules(rules)
    , m_resolver(resolver)
    , m_raise(std::move(raise))
{
}

Result<> Notifier::take(const Id &id)
{
    SG_LET(const std::optional<Execution> execution, m_stores.executions.find(id));
    if (!execution || !isCompleted(execution->status))
        return {};
    SG_TRY(m_stores.executions.setNoticed(id));
    const Result<CatalogueEntryPointer> entry = m_catalogue.find(execution->action);
    SG_TRY(raiseActionTrigger(*execution, entry ? *entry : nullptr));
    return raiseNotifications(*execution);
}

Result<> Notifier::fail(const Id &id, const Error &)
{
    return m_stores.executions.setNoticed(id);
}

Result<std::vector<Id>> Notifier::waiting(int most)
{
    return m_stores.executions.unnoticed(most);
}

Result<> Notifier::raiseActionTrigger(const Execution &execution,
                                      const CatalogueEntryPointer &entry)
{
    const bool isEndOfKind
        = std::find(m_ends.begin(), m_ends.end(), execution.status) != m_ends.end();
    if (!isEndOfKind || !isHeard(actionTrigger()))
        return {};
    const Value parameters
        = entry ? withSecretsMasked(entry->parameters, execution.parameters) : execution.parameters;
    Event event;
    event.trigger = actionTrigger();
    event.trace = execution.trace;
    event.payload = Value::map({{"execution_id", execution.id.text()},
                                {"status", toText(execution.status)},
                                {"start_timestamp", spaced(execution.started)},
                                {"action_name", execution.action.text()},
                                {"action_ref", execution.action.text()},
                                {"runner_ref", execution.runnerType},
                                {"parameters", parameters},
                                {"result", execution.result}});
    return m_raise(std::move(event));
}

Result<> Notifier::raiseNotifications(const Execution &execution)
{
    const QString ref = execution.action.text();
    const Value &notify = execution.notify;
    SG_TRY(raiseRoutes(execution, notify["on-complete"], u"Action %1 completed."_s.arg(ref)));
    if (execution.status == ExecutionStatus::Succeeded)
        return raiseRoutes(execution, notify["on-success"], u"Action %1 succeeded."_s.arg(ref));
    if (execution.status != ExecutionStatus::Canceled)
        return raiseRoutes(execution, notify["on-failure"], u"Action %1 failed."_s.arg(ref));
    return {};
}

Result<> Notifier::raiseRoutes(const Execution &execution, const Value &section,
                               const QString &fallbackMessage)
{
    const Value &routes
        = section["routes"].itemsOrNone().empty() ? section["channels"] : section["routes"];
    if (routes.itemsOrNone().empty())
        return {};
    const Value text = section["message"].isText() && section["message"] != Value("")
        ? section["message"]
        : Value(fallbackMessage);
    const Value message = rendered(execution, Value::map({{"message", text}}))["message"];
    Value data = section["data"].isMap() ? rendered(execution, section["data"]) : Value::map();
    for (const Value &route : routes.itemsOrNone()) {
        data.set("result", writeJson(execution.result, {.pythonSpacing = true}));
        Event event;
        event.trigger = notifyTrigger();
        event.trace = execution.trace;
        event.payload
            = Value::map({{"message", message},
                          {"data", data},
                          {"execution_id", execution.id.text()},
                          {"status", toText(execution.status)},
                          {"start_timestamp", withOffset(execution.started)},
                          {"end_timestamp", withOffset(execution.ended.value_or(m_clock.now()))},
                          {"action_ref", execution.action.text()},
                          {"runner_ref", execution.runnerType},
                          {"route", route},
                          {"channel", route}});
        SG_TRY(m_raise(std::move(event)));
    }
    return {};
}

// With its templates filled in; as it is where that fails, since a notification must not be lost
// for its wording.
Value Notifier::rendered(const Execution &execution, const Value &what) const
{
    EvaluationContext context;
    context.variables = Value::map({{"action_parameters", execution.parameters},
                                    {"action_context", execution.context},
                                    {"action_results", execution.result}});
    context.resolver = m_resolver;
    context.clock = &m_clock;
    context.user = execution.context["user"].toQStringOr({}).toStdString();
    const Result<Value> values = renderValues(what, context);
    if (values)
        return *values;
    qCWarning(notifierLog).noquote() << "The notification of execution" << execution.id.text()
                                     << "is sent unrendered:" << values.error().message;
    return what;
}

// An event that no rule listens to would only fill the history: one for each execution, doubling
// it.
bool Notifier::isHeard(const Ref &ref) const
{
    const TriggerPointer trigger = m_triggers.find(ref);
    return trigger && m_rules.isListening(trigger->id, ref);
}

} // namespace stormglass
