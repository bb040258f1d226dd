#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/slices.h"
#include "engine/api/verdict_reads.h"
#include "engine/pipeline/change_documents.h"
#include "engine/schema/payload_masking.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// The triggers a list asks for; none wanted means all, an unknown one means nothing.
Result<std::optional<std::vector<Id>>> triggersAskedFor(ReadContext &context,
                                                        const Request &request)
{
    std::vector<Id> ids;
    if (const QString ref = request.queryValue(u"trigger"_s); !ref.isEmpty()) {
        SG_LET(const std::optional<Trigger> trigger,
               context.stores.triggers.find(Ref::fromText(ref)));
        if (!trigger)
            return std::nullopt;
        ids.push_back(trigger->id);
    }
    if (const QString type = request.queryValue(u"trigger_type"_s); !type.isEmpty()) {
        SG_LET(const std::vector<Trigger> triggers,
               context.stores.triggers.ofType(Ref::fromText(type)));
        if (triggers.empty())
            return std::nullopt;
        for (const Trigger &trigger : triggers)
            ids.push_back(trigger.id);
    }
    return ids;
}

// Documents of trigger instances; the schemas of their triggers are read once.
class InstanceDocuments
{
public:
    InstanceDocuments(ReadContext &context, const Call &call)
        : m_context(context)
        , m_showsSecrets(flagOf(call.request, u"show_secrets"_s).value_or(false).value_or(false)
                         && call.caller.isAdmin)
    {
    }

    Result<Value> of(const TriggerInstance &instance)
    {
        SG_LET(const std::vector<Verdict> verdicts, m_context.stores.verdicts.of(instance.id));
        Value document = triggerInstanceDocument(instance, verdicts);
        if (m_showsSecrets)
            return document;
        if (!m_schemas.contains(instance.triggerId)) {
            SG_LET(const Value schema, payloadSchemaOf(m_context, instance));
            m_schemas.insert(instance.triggerId, schema);
        }
        document.set("payload", withPayloadMasked(m_schemas[instance.triggerId], instance.payload));
        return document;
    }

private:
    ReadContext &m_context;
    bool m_showsSecrets;
    QHash<Id, Value> m_schemas;
};

Result<Response> listTriggerInstances(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s}));
    SG_LET(const auto triggers, triggersAskedFor(context, call.request));
    if (!triggers)
        return listResponse({}, 0, paging);
    TriggerInstanceFilter filter{.triggers = *triggers};
    filter.status = triggerInstanceStatusFromText(call.request.queryValue(u"status"_s));
    SG_LET(filter.occurrence, windowOf(call.request, u"timestamp"_s));
    const SliceRequest slice = sliceOf(paging);
    SG_LET(const Slice<TriggerInstance> found, context.stores.triggerInstances.list(filter, slice));
    SG_LET(const std::int64_t total, context.stores.triggerInstances.count(filter));
    ValueList items;
    InstanceDocuments documents(context, call);
    for (const TriggerInstance &instance : found.rows) {
        SG_LET(const Value document, documents.of(instance));
        items.push_back(attributes.applied(document));
    }
    return listResponse(std::move(items), total, paging);
}

Result<TriggerInstance> instanceAt(ReadContext &context, const QString &text)
{
    const auto id = Id::fromText(text);
    if (!id)
        return notFound(text);
    SG_LET(std::optional<TriggerInstance> instance, context.stores.triggerInstances.find(*id));
    if (!instance)
        return notFound(text);
    return std::move(*instance);
}

Result<Response> listEnforcements(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 50));
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s}));
    EnforcementFilter filter;
    filter.rule = Ref::fromText(call.request.queryValue(u"rule_ref"_s));
    filter.ruleId = Id::fromText(call.request.queryValue(u"rule_id"_s)).value_or(Id());
    filter.execution = Id::fromText(call.request.queryValue(u"execution"_s)).value_or(Id());
    filter.triggerInstance
        = Id::fromText(call.request.queryValue(u"trigger_instance"_s)).value_or(Id());
    SG_LET(filter.enforcedAt, windowOf(call.request, u"enforced_at"_s));
    const SliceRequest slice = sliceOf(paging);
    SG_LET(const Slice<Enforcement> found, context.stores.enforcements.list(filter, slice));
    SG_LET(const std::int64_t total, context.stores.enforcements.count(filter));
    ValueList items;
    for (const Enforcement &enforcement : found.rows)
        items.push_back(attributes.applied(toJson(enforcement)));
    return listResponse(std::move(items), total, paging);
}

} // namespace

void addEventReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/triggerinstances"_s,
               [&context](const Call &call) { return listTriggerInstances(context, call); });
    routes.add(Verb::Get, u"/api/v1/triggerinstances/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const TriggerInstance instance, instanceAt(context, call.arguments[0]));
                   SG_LET(const Value document, InstanceDocuments(context, call).of(instance));
                   return documentResponse(document);
               });
    routes.add(Verb::Get, u"/api/v1/triggerinstances/{id}/verdicts"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const TriggerInstance instance, instanceAt(context, call.arguments[0]));
                   return verdictsOf(context, instance, call.request);
               });
    routes.add(Verb::Get, u"/api/v1/ruleenforcements"_s,
               [&context](const Call &call) { return listEnforcements(context, call); });
    routes.add(Verb::Get, u"/api/v1/ruleenforcements/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   const auto id = Id::fromText(call.arguments[0]);
                   if (!id)
                       return notFound(call.arguments[0]);
                   SG_LET(const std::optional<Enforcement> enforcement,
                          context.stores.enforcements.find(*id));
                   if (!enforcement)
                       return notFound(call.arguments[0]);
                   return documentResponse(toJson(*enforcement));
               });
}

} // namespace stormglass
