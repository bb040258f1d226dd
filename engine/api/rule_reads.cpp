#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/rule_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool isWanted(const Request &request, const Rule &rule, std::optional<bool> enabled)
{
    const auto asks = [&](const char *name, const QString &value) {
        const QString wanted = request.queryValue(QLatin1String(name));
        return wanted.isEmpty() || wanted == value;
    };
    return asks("name", rule.ref.name) && asks("pack", rule.ref.pack)
        && asks("action", rule.action.text()) && asks("trigger_type", rule.triggerType.text())
        && (!enabled || *enabled == (rule.state == RuleState::Enabled));
}

Result<Response> listRules(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, std::nullopt));
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s, u"ref"_s}));
    SG_LET(const auto enabled, flagOf(call.request, u"enabled"_s));
    SG_LET(const std::vector<Rule> rules, context.stores.rules.all());
    ValueList items;
    std::int64_t total = 0;
    for (const Rule &rule : rules) {
        if (!isWanted(call.request, rule, enabled))
            continue;
        const Value document = ruleDocument(context.stores, context.catalogue, rule);
        const QString trigger = call.request.queryValue(u"trigger"_s);
        if (!trigger.isEmpty() && document["trigger"]["ref"].toQStringOr({}) != trigger)
            continue;
        if (total++ >= paging.offset
            && (!paging.limit || static_cast<std::int64_t>(items.size()) < *paging.limit))
            items.push_back(attributes.applied(document));
    }
    return listResponse(std::move(items), total, paging);
}

Result<Response> oneRule(ReadContext &context, const Call &call)
{
    const auto id = idIn(call.arguments[0]);
    SG_LET(const std::optional<Rule> rule,
           id ? context.stores.rules.find(*id)
              : context.stores.rules.find(Ref::fromText(call.arguments[0])));
    if (!rule)
        return notFound(call.arguments[0]);
    return documentResponse(ruleDocument(context.stores, context.catalogue, *rule));
}

Value ruleType(const char *name, const char *description)
{
    return Value::map({{"id", name},
                       {"name", name},
                       {"description", description},
                       {"enabled", true},
                       {"parameters", Value::map()}});
}

} // namespace

void addRuleReads(Routes &routes, ReadContext &context)
{
    for (const QString &path : {u"/api/v1/rules"_s, u"/api/v1/rules/views"_s}) {
        routes.add(Verb::Get, path,
                   [&context](const Call &call) { return listRules(context, call); });
        routes.add(Verb::Get, path + u"/{ref}"_s,
                   [&context](const Call &call) { return oneRule(context, call); });
    }
    routes.add(Verb::Get, u"/api/v1/ruletypes"_s, [](const Call &) -> Result<Response> {
        return documentResponse(
            Value::list({ruleType("standard", "Acts whenever its criteria hold."),
                         ruleType("backstop", "Acts when no other rule matched.")}));
    });
}

} // namespace stormglass
