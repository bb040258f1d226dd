#include "engine/api/rule_documents.h"

#include "engine/schema/masking.h"

namespace stormglass {

Value ruleDocument(Stores &stores, Catalogue &catalogue, const Rule &rule)
{
    Value document = toJson(rule);
    const Result<std::optional<Trigger>> trigger = stores.triggers.find(rule.trigger);
    if (trigger && *trigger) {
        Value shown = document["trigger"];
        shown.set("ref", (*trigger)->ref.text());
        document.set("trigger", shown);
    }
    const Result<CatalogueEntryPointer> entry = catalogue.find(rule.action);
    if (entry && (*entry)->hasSecrets) {
        Value action = document["action"];
        action.set("parameters", withSecretsMasked((*entry)->parameters, rule.actionParameters));
        document.set("action", action);
    }
    return document;
}

} // namespace stormglass
