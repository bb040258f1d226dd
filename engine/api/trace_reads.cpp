#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/slices.h"
#include "engine/base/timestamp.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

const char *memberFor(TraceLinkKind kind)
{
    switch (kind) {
    case TraceLinkKind::TriggerInstance:
        return "trigger_instances";
    case TraceLinkKind::Enforcement:
        return "rules";
    case TraceLinkKind::Execution:
        return "action_executions";
    }
    return "action_executions";
}

Value linkDocument(const TraceLink &link)
{
    Value document = Value::map({{"object_id", link.object.text()},
                                 {"ref", link.ref},
                                 {"updated_at", toIsoText(link.time)}});
    if (!link.causedBy.isNull())
        document.set("caused_by", Value::map({{"id", link.causedBy.text()}}));
    return document;
}

Result<Value> documentOf(ReadContext &context, const Trace &trace)
{
    SG_LET(const std::vector<TraceLink> links, context.stores.traces.links(trace.id));
    // All three are always there: clients index them.
    Value document = Value::map({{"id", trace.id.text()},
                                 {"trace_tag", trace.tag},
                                 {"start_timestamp", toIsoText(trace.started)},
                                 {"action_executions", Value::list()},
                                 {"rules", Value::list()},
                                 {"trigger_instances", Value::list()}});
    for (const TraceLink &link : links) {
        Value list = document[memberFor(link.kind)];
        list.append(linkDocument(link));
        document.set(memberFor(link.kind), list);
    }
    return document;
}

Result<Response> listTraces(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    TraceFilter filter;
    filter.tag = call.request.queryValue(u"trace_tag"_s);
    for (const QString &name : {u"execution"_s, u"trigger_instance"_s}) {
        if (const auto id = Id::fromText(call.request.queryValue(name)))
            filter.object = *id;
    }
    filter.rule = Id::fromText(call.request.queryValue(u"rule"_s)).value_or(Id());
    const SliceRequest slice = sliceOf(paging, 10'000);
    SG_LET(const Slice<Trace> found, context.stores.traces.list(filter, slice));
    SG_LET(const std::int64_t total, context.stores.traces.count(filter));
    ValueList items;
    for (const Trace &trace : found.rows) {
        SG_LET(const Value document, documentOf(context, trace));
        items.push_back(document);
    }
    return listResponse(std::move(items), total, paging);
}

} // namespace

void addTraceReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/traces"_s,
               [&context](const Call &call) { return listTraces(context, call); });
    routes.add(Verb::Get, u"/api/v1/traces/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   const auto id = Id::fromText(call.arguments[0]);
                   if (!id)
                       return notFound(call.arguments[0]);
                   SG_LET(const std::optional<Trace> trace, context.stores.traces.find(*id));
                   if (!trace)
                       return notFound(call.arguments[0]);
                   SG_LET(const Value document, documentOf(context, *trace));
                   return documentResponse(document);
               });
}

} // namespace stormglass
