#include "engine/pipeline/notifier.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "engine/schema/masking.h"

using namespace Qt::StringLiterals;

namespace stormglass {

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
                   const TriggerIndex &triggers, Raise raise)
    : m_clock(clock)
    , m_stores(stores)
    , m_catalogue(catalogue)
    , m_triggers(triggers)
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
    if (!isHeard(actionTrigger()))
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
    for (const Value &route : routes.itemsOrNone()) {
        Value data = section["data"].isMap() ? section["data"] : Value::map();
        data.set("result", writeJson(execution.result, {.pythonSpacing = true}));
        Event event;
        event.trigger = notifyTrigger();
        event.trace = execution.trace;
        event.payload = Value::map(
            {{"message", section["message"].isText() ? section["message"] : Value(fallbackMessage)},
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

// An event that no rule listens to would only fill the history: one for each execution, doubling
// it.
bool Notifier::isHeard(const Ref &ref)
{
    const TriggerPointer trigger = m_triggers.find(ref);
    if (!trigger)
        return false;
    const Result<std::vector<Rule>> rules = m_stores.rules.ofTrigger(trigger->id);
    return !rules || !rules->empty();
}

} // namespace stormglass
