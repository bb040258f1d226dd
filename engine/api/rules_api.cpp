#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/rule_documents.h"
#include "engine/api/write_context.h"
#include "engine/schema/masking.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<Rule> ruleAt(WriteContext &context, const QString &refOrId)
{
    const auto id = idIn(refOrId);
    SG_LET(std::optional<Rule> rule,
           id ? context.stores.rules.find(*id) : context.stores.rules.find(Ref::fromText(refOrId)));
    if (!rule)
        return notFound(refOrId);
    return std::move(*rule);
}

// Rules made through the API are in the pack `default` unless they say otherwise.
Result<Rule> ruleIn(const Call &call)
{
    if (!call.request.body.isMap())
        return failure(ErrorCode::Invalid, u"Input body needs to be an object."_s);
    Value body = call.request.body;
    if (body["pack"].toQStringOr({}).isEmpty())
        body.set("pack", "default");
    SG_LET(Rule rule, ruleFromJson(body));
    rule.context.set("user", call.caller.user);
    return rule;
}

Value documentOf(WriteContext &context, const Rule &rule)
{
    return ruleDocument(context.stores, context.catalogue, rule);
}

Result<Response> created(WriteContext &context, const Call &call)
{
    SG_LET(Rule rule, ruleIn(call));
    rule.metadataFile.clear();
    SG_LET(const Rule saved, context.rules.create(std::move(rule)));
    return documentResponse(documentOf(context, saved), 201);
}

// Clients send back what they were shown: a masked secret means the one that is stored.
void keepMaskedSecrets(const Rule &known, Rule &rule)
{
    if (rule.action != known.action)
        return;
    for (const ValueMap::Entry &entry : known.actionParameters.entriesOrNone()) {
        if (rule.actionParameters[entry.key.text()] == Value(maskedText))
            rule.actionParameters.set(entry.key, entry.value);
    }
}

Result<Response> replaced(WriteContext &context, const Call &call)
{
    SG_LET(const Rule known, ruleAt(context, call.arguments[0]));
    SG_LET(Rule rule, ruleIn(call));
    rule.metadataFile = known.metadataFile;
    rule.fileState = known.fileState;
    keepMaskedSecrets(known, rule);
    SG_LET(const Rule saved, context.rules.replace(known.id, std::move(rule)));
    return documentResponse(documentOf(context, saved));
}

} // namespace

void addRuleWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Post, u"/api/v1/rules"_s,
               [&context](const Call &call) { return created(context, call); });
    routes.add(Verb::Put, u"/api/v1/rules/{ref}"_s,
               [&context](const Call &call) { return replaced(context, call); });
    // Ours: disabled, observe or enabled, without sending the whole rule.
    routes.add(Verb::Put, u"/api/v1/rules/{ref}/state"_s,
               [&context](const Call &call) -> Result<Response> {
                   const auto state = ruleStateFromText(call.request.body["state"].toQStringOr({}));
                   if (!state)
                       return failure(ErrorCode::Invalid,
                                      u"\"state\" must be disabled, observe or enabled."_s);
                   SG_LET(const Rule rule, ruleAt(context, call.arguments[0]));
                   SG_TRY(context.rules.setState(rule.id, *state));
                   SG_LET(const Rule after, context.stores.rules.get(rule.id));
                   return documentResponse(documentOf(context, after));
               });
    routes.add(Verb::Delete, u"/api/v1/rules/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const Rule rule, ruleAt(context, call.arguments[0]));
                   SG_TRY(context.rules.remove(rule));
                   return Response{204, Value()};
               });
}

} // namespace stormglass
