#include "engine/api/listing.h"
#include "engine/api/write_context.h"
#include "engine/base/json.h"
#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<Id> idAt(const QString &text)
{
    const auto id = Id::fromText(text);
    if (!id)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with id \"%1\"."_s.arg(text));
    return *id;
}

Result<Execution> executionAt(WriteContext &context, const QString &text)
{
    SG_LET(const Id id, idAt(text));
    SG_LET(std::optional<Execution> execution, context.stores.executions.find(id));
    if (!execution)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with id \"%1\"."_s.arg(text));
    return std::move(*execution);
}

Value documentOf(WriteContext &context, const Execution &execution)
{
    const Result<CatalogueEntryPointer> entry = context.catalogue.find(execution.action);
    return executionDocument(execution, entry ? *entry : nullptr, Secrets::Masked);
}

// The header `st2-context` is a JSON object laid over the context.
Result<> mergeHeaderContext(const Request &request, Value &into)
{
    const QByteArray text = request.header(u"st2-context"_s).toUtf8();
    if (text.isEmpty())
        return {};
    const Result<Value> given = readJson({text.constData(), static_cast<std::size_t>(text.size())});
    if (!given || !given->isMap())
        return failure(ErrorCode::Invalid,
                       u"Unable to convert st2-context from the headers into JSON."_s);
    for (const ValueMap::Entry &entry : given->entries())
        into.set(entry.key, entry.value);
    return {};
}

// `trace_context` joins a trace by id or opens one with a tag.
Result<> applyTraceContext(WriteContext &context, const Value &traceContext,
                           ExecutionRequest &request)
{
    if (const QString id = traceContext["id_"].toQStringOr({}); !id.isEmpty()) {
        const auto trace = Id::fromText(id);
        SG_LET(const auto known,
               trace ? context.stores.traces.find(*trace)
                     : Result<std::optional<Trace>>(std::nullopt));
        if (!known)
            return failure(ErrorCode::Invalid, u"There is no trace with the id %1."_s.arg(id));
        request.trace = *trace;
    }
    request.traceTag = traceContext["trace_tag"].toQStringOr({});
    return {};
}

Result<Response> requested(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    if (!body["action"].isText())
        return failure(ErrorCode::Invalid, u"'action' is a required property"_s);
    ExecutionRequest request;
    request.action = Ref::fromText(body["action"].toQString());
    request.parameters = body["parameters"].isMap() ? body["parameters"] : Value::map();
    request.context = body["context"].isMap() ? body["context"] : Value::map();
    const QString user = body["user"].toQStringOr({});
    request.context.set("user", user.isEmpty() ? call.caller.user : user);
    SG_TRY(mergeHeaderContext(call.request, request.context));
    SG_TRY(applyTraceContext(context, request.context["trace_context"], request));
    request.notify = body["notify"].isMap() ? body["notify"] : Value::map();
    request.delay = std::chrono::milliseconds(body["delay"].toIntOr(0));
    const Result<Execution> execution = context.requester.request(request);
    if (execution)
        return documentResponse(documentOf(context, *execution), 201);
    // What could not be rendered is kept as a failed execution, and still answered as an error
    // (execution.md 3.1).
    if (execution.error().kind == u"ParamException"_s) {
        SG_LET(const Execution failed, context.requester.requestFailed(request, execution.error()));
        return Response{400,
                        Value::map({{"faultstring", execution.error().message},
                                    {"execution_id", failed.id.text()}})};
    }
    return failure(execution.error());
}

Result<Response> canceled(WriteContext &context, const Call &call)
{
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    const Result<Execution> after = context.requester.cancel(execution.id, call.caller.user);
    // StackStorm's clients expect success here (api.md 2.4, QUIRK kept).
    if (!after && after.error().code == ErrorCode::Conflict)
        return documentResponse(Value::map({{"faultstring", after.error().message}}));
    if (!after)
        return failure(after.error());
    return documentResponse(documentOf(context, *after));
}

Result<Response> changed(WriteContext &context, const Call &call)
{
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    const QString status = call.request.body["status"].toQStringOr({});
    if (isCompleted(execution.status))
        return failure(ErrorCode::Invalid, u"Execution is already in completed state."_s);
    if (status == u"canceling" || status == u"canceled")
        return canceled(context, call);
    if (status == u"pausing" || status == u"paused" || status == u"resuming")
        return failure(
            ErrorCode::Invalid,
            u"Failed updating execution. The runner \"%1\" cannot pause or resume: it is not supported."_s
                .arg(execution.runnerType));
    return failure(ErrorCode::Invalid, u"An execution cannot be set to \"%1\"."_s.arg(status));
}

Result<Response> ranAgain(WriteContext &context, const Call &call)
{
    SG_LET(const Execution old, executionAt(context, call.arguments[0]));
    const Value &body = call.request.body;
    if (!body["tasks"].itemsOrNone().empty())
        return failure(ErrorCode::Invalid,
                       u"Task option is only supported for Orquesta workflows."_s);
    ExecutionRequest request;
    request.action = old.action;
    SG_LET(const auto noMerge, flagOf(call.request, u"no_merge"_s));
    request.parameters = noMerge.value_or(false) ? Value::map() : old.parameters;
    for (const ValueMap::Entry &entry : body["parameters"].entriesOrNone())
        request.parameters.set(entry.key, entry.value);
    const QString user = body["user"].toQStringOr({});
    request.context = Value::map({{"user", user.isEmpty() ? call.caller.user : user},
                                  {"re-run", Value::map({{"ref", old.id.text()}})}});
    request.trace = old.trace;
    request.delay = std::chrono::milliseconds(body["delay"].toIntOr(0));
    SG_LET(const Execution execution, context.requester.request(request));
    return documentResponse(documentOf(context, execution), 201);
}

} // namespace

void addExecutionWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Post, u"/api/v1/executions"_s,
               [&context](const Call &call) { return requested(context, call); });
    routes.add(Verb::Put, u"/api/v1/executions/{id}"_s,
               [&context](const Call &call) { return changed(context, call); });
    routes.add(Verb::Delete, u"/api/v1/executions/{id}"_s,
               [&context](const Call &call) { return canceled(context, call); });
    routes.add(Verb::Post, u"/api/v1/executions/{id}/re_run"_s,
               [&context](const Call &call) { return ranAgain(context, call); });
}

} // namespace stormglass
