#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/slices.h"
#include "engine/base/timestamp.h"
#include "engine/model/uid.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

const char *memberFor(TraceLinkKind kind)
{
    switch (kind) {
    case TraceLinkKind::TriggerInstance:
        return "trigger_instances";
    case TraceLinkKind::Rule:
        return "rules";
    case TraceLinkKind::Execution:
        return "action_executions";
    }
    return "action_executions";
}

Value linkDocument(const TraceLink &link)
{
    Value cause = Value::map();
    if (!link.cause.isEmpty())
        cause = Value::map({{"type", link.causeType}, {"id", link.cause}});
    return Value::map({{"object_id", link.object.text()},
                       {"ref", link.ref},
                       {"updated_at", toIsoText(link.time)},
                       {"caused_by", cause}});
}

Result<Value> documentOf(ReadContext &context, const Trace &trace)
{
    SG_LET(const std::vector<TraceLink> links, context.stores.traces.links(trace.id));
    // All three are always there: clients index them.
    Value document = Value::map({{"id", trace.id.text()},
                                 {"uid", u"trace:"_s + hashOf(Value(trace.id.text()))},
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

// Where a filter names what cannot be, there is nothing to find.
Result<bool> readFilter(const Request &request, TraceFilter &filter)
{
    filter.tag = request.queryValue(u"trace_tag"_s);
    for (const QString &name : {u"execution"_s, u"trigger_instance"_s, u"rule"_s}) {
        const QString text = request.queryValue(name);
        if (text.isEmpty())
            continue;
        const auto id = Id::fromText(text);
        if (!id)
            return false;
        (name == u"rule" ? filter.rule : filter.object) = *id;
    }
    return true;
}

Result<std::optional<Trace>> traceAt(ReadContext &context, const Id &id)
{
    SG_LET(std::optional<Trace> trace, context.stores.traces.find(id));
    return trace ? Result<std::optional<Trace>>(std::move(trace))
                 : context.stores.traces.unwritten(id);
}

// The trace of a trigger instance that nothing followed from.
Result<std::vector<Trace>> unwrittenFor(ReadContext &context, const Request &request)
{
    const auto id = Id::fromText(request.queryValue(u"trigger_instance"_s));
    if (!id)
        return std::vector<Trace>();
    SG_LET(const auto instance, context.stores.triggerInstances.find(*id));
    if (!instance)
        return std::vector<Trace>();
    SG_LET(const std::optional<Trace> trace, context.stores.traces.unwritten(instance->trace));
    return trace ? std::vector{*trace} : std::vector<Trace>();
}

// `id=a,b,…`.
Result<std::vector<Trace>> tracesNamed(ReadContext &context, const QString &ids)
{
    std::vector<Trace> traces;
    for (const QString &text : ids.split(u',', Qt::SkipEmptyParts)) {
        const auto id = Id::fromText(text.trimmed());
        if (!id)
            return failure(ErrorCode::Invalid, u"%1 is not a valid ObjectId."_s.arg(text));
        SG_LET(const std::optional<Trace> trace, traceAt(context, *id));
        if (trace)
            traces.push_back(*trace);
    }
    return traces;
}

Result<Response> answerWith(ReadContext &context, const Request &request,
                            const std::vector<Trace> &traces, std::int64_t total,
                            const Paging &paging)
{
    SG_LET(const Attributes attributes, Attributes::of(request, {u"id"_s}));
    ValueList items;
    for (const Trace &trace : traces) {
        SG_LET(const Value document, documentOf(context, trace));
        items.push_back(attributes.applied(document));
    }
    return listResponse(std::move(items), total, paging);
}

Result<Response> listTraces(ReadContext &context, const Call &call)
{
    const Request &request = call.request;
    SG_LET(const Paging paging, pagingOf(request, 100));
    TraceFilter filter;
    SG_LET(const bool isPossible, readFilter(request, filter));
    if (!isPossible)
        return listResponse({}, 0, paging);
    if (const QString ids = request.queryValue(u"id"_s); !ids.isEmpty()) {
        SG_LET(const std::vector<Trace> named, tracesNamed(context, ids));
        return answerWith(context, request, named, static_cast<std::int64_t>(named.size()), paging);
    }
    SliceRequest slice = sliceOf(paging, 10'000);
    if (request.queryValue(u"sort_asc"_s) == u"True"
        || request.queryValue(u"sort"_s) == u"start_timestamp")
        slice.order = SliceRequest::Order::OldestFirst;
    SG_LET(Slice<Trace> found, context.stores.traces.list(filter, slice));
    SG_LET(std::int64_t total, context.stores.traces.count(filter));
    if (total == 0) {
        SG_LET(found.rows, unwrittenFor(context, request));
        total = static_cast<std::int64_t>(found.rows.size());
    }
    return answerWith(context, request, found.rows, total, paging);
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
                   SG_LET(const std::optional<Trace> trace, traceAt(context, *id));
                   if (!trace)
                       return notFound(call.arguments[0]);
                   SG_LET(const Value document, documentOf(context, *trace));
                   return documentResponse(document);
               });
}

} // namespace stormglass
