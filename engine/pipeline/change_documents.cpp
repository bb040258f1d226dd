#include "engine/pipeline/change_documents.h"

#include "engine/base/timestamp.h"
#include "engine/schema/masking.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Enough for a strip of marks; the rest is asked for.
constexpr std::size_t verdictsShown = 24;

Value parametersOf(const Execution &execution, const CatalogueEntryPointer &entry, Secrets secrets)
{
    if (secrets == Secrets::Shown || !entry || !entry->hasSecrets)
        return execution.parameters;
    return withSecretsMasked(entry->parameters, execution.parameters);
}

void setUnlessEmpty(Value &document, const char *name, const Value &value)
{
    const bool isEmpty = value.isNull() || (value.isMap() && value.entries().isEmpty());
    if (!isEmpty)
        document.set(name, value);
}

} // namespace

Value triggerInstanceDocument(const TriggerInstance &instance, const std::vector<Verdict> &verdicts)
{
    Value document = toJson(instance);
    document.set("candidates", instance.candidates);
    document.set("matched", instance.matched);
    Value marks = Value::list();
    for (std::size_t i = 0; i < verdicts.size() && i < verdictsShown; ++i)
        marks.append(Value::map(
            {{"rule", verdicts[i].ruleRef.text()}, {"verdict", toText(verdicts[i].kind)}}));
    document.set("verdicts", marks);
    return document;
}

Value executionDocument(const Execution &execution, const CatalogueEntryPointer &entry,
                        Secrets secrets)
{
    Value document = toJson(execution);
    const Value parameters = parametersOf(execution, entry, secrets);
    if (document.find("parameters"))
        document.set("parameters", parameters);
    if (entry) {
        document.set("action", entry->actionDocument);
        document.set("runner", entry->runnerDocument);
    } else {
        document.set("action",
                     Value::map({{"ref", execution.action.text()},
                                 {"name", execution.action.name},
                                 {"pack", execution.action.pack},
                                 {"runner_type", execution.runnerType}}));
        document.set("runner", Value::map({{"name", execution.runnerType}}));
    }
    Value liveAction
        = Value::map({{"id", execution.liveAction.text()}, {"action", execution.action.text()}});
    setUnlessEmpty(liveAction, "parameters", parameters);
    setUnlessEmpty(liveAction, "notify", execution.notify);
    document.set("liveaction", liveAction);
    return document;
}

Value liveActionDocument(const Execution &execution, const CatalogueEntryPointer &entry,
                         Secrets secrets)
{
    Value document
        = Value::map({{"id", execution.liveAction.text()},
                      {"status", toText(execution.status)},
                      {"action", execution.action.text()},
                      {"action_is_workflow", false},
                      {"parameters", parametersOf(execution, entry, secrets)},
                      {"result", execution.result.isNull() ? Value::map() : execution.result},
                      {"context", execution.context},
                      {"callback", Value::map()},
                      {"start_timestamp", toIsoText(execution.started)}});
    if (execution.ended)
        document.set("end_timestamp", toIsoText(*execution.ended));
    setUnlessEmpty(document, "notify", execution.notify);
    return document;
}

} // namespace stormglass
