#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/slices.h"
#include "engine/base/json.h"
#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int chunksRead = 500;

Secrets secretsFor(const Call &call)
{
    const Result<std::optional<bool>> shown = flagOf(call.request, u"show_secrets"_s);
    return call.caller.isAdmin && shown && shown->value_or(false) ? Secrets::Shown
                                                                  : Secrets::Masked;
}

Result<Execution> executionAt(ReadContext &context, const QString &text)
{
    if (text == u"last"_s) {
        SG_LET(const Slice<Execution> newest, context.stores.executions.list({}, {.limit = 1}));
        if (newest.rows.empty())
            return failure(ErrorCode::Invalid, u"No executions found in the database"_s);
        return newest.rows.front();
    }
    const auto id = Id::fromText(text);
    if (id) {
        SG_LET(std::optional<Execution> execution, context.stores.executions.find(*id));
        if (execution)
            return std::move(*execution);
    }
    return failure(ErrorCode::NotFound, u"Unable to identify resource with id \"%1\"."_s.arg(text));
}

// With what it came from and what came of it beside it.
Result<Value> documentOf(ReadContext &context, const Execution &execution, Secrets secrets)
{
    const Result<CatalogueEntryPointer> entry = context.catalogue.find(execution.action);
    Value document = executionDocument(execution, entry ? *entry : nullptr, secrets);
    SG_LET(const std::vector<Id> children, context.stores.executions.childrenOf(execution.id));
    Value list = Value::list();
    for (const Id &child : children)
        list.append(child.text());
    if (!children.empty())
        document.set("children", list);
    if (!execution.rule.isNull())
        document.set("rule",
                     Value::map({{"id", execution.rule.text()},
                                 {"ref", execution.ruleRef.text()},
                                 {"name", execution.ruleRef.name},
                                 {"pack", execution.ruleRef.pack}}));
    document.set("web_url", u"/#/history/%1/general"_s.arg(execution.id.text()));
    return document;
}

Result<> addCause(ReadContext &context, const Execution &execution, Value &document)
{
    if (execution.triggerInstance.isNull())
        return {};
    SG_LET(const auto instance, context.stores.triggerInstances.find(execution.triggerInstance));
    if (!instance)
        return {};
    document.set("trigger_instance", toJson(*instance));
    SG_LET(const auto trigger, context.stores.triggers.find(instance->triggerId));
    if (!trigger)
        return {};
    document.set("trigger", toJson(*trigger));
    SG_LET(const auto type, context.stores.triggers.type(trigger->type));
    if (type)
        document.set("trigger_type", toJson(*type));
    SG_LET(const auto rule, context.stores.rules.find(execution.rule));
    if (rule)
        document.set("rule", toJson(*rule));
    return {};
}

Result<ExecutionFilter> filterOf(const Request &request)
{
    ExecutionFilter filter;
    if (const QString status = request.queryValue(u"status"_s); !status.isEmpty()) {
        filter.status = executionStatusFromText(status);
        if (!filter.status)
            return failure(ErrorCode::Invalid,
                           u"'%1' is not a status of executions."_s.arg(status));
    }
    filter.action = Ref::fromText(request.queryValue(u"action"_s));
    filter.rule = Ref::fromText(request.queryValue(u"rule"_s));
    filter.runnerType = request.queryValue(u"runner"_s);
    filter.user = request.queryValue(u"user"_s);
    filter.liveAction = Id::fromText(request.queryValue(u"liveaction"_s)).value_or(Id());
    const QString parent = request.queryValue(u"parent"_s);
    filter.onlyTopLevel = parent.compare(u"null"_s, Qt::CaseInsensitive) == 0;
    filter.parent = Id::fromText(parent).value_or(Id());
    filter.triggerInstance = Id::fromText(request.queryValue(u"trigger_instance"_s)).value_or(Id());
    filter.trigger = Ref::fromText(request.queryValue(u"trigger"_s));
    filter.triggerType = Ref::fromText(request.queryValue(u"trigger_type"_s));
    filter.trace = Id::fromText(request.queryValue(u"trace"_s)).value_or(Id());
    SG_LET(filter.started, windowOf(request, u"timestamp"_s));
    return filter;
}

// `?id=a,b`: up to a hundred, in that order.
Result<Response> executionsById(ReadContext &context, const Call &call,
                                const Attributes &attributes)
{
    constexpr qsizetype most = 100;
    const QStringList texts = call.request.queryValue(u"id"_s).split(u',', Qt::SkipEmptyParts);
    if (texts.size() > most)
        return failure(ErrorCode::Invalid, u"At most %1 ids can be asked for at once."_s.arg(most));
    ValueList items;
    for (const QString &text : texts) {
        const auto id = Id::fromText(text);
        if (!id)
            return failure(ErrorCode::Invalid, u"'%1' is not a valid ObjectId"_s.arg(text));
        SG_LET(const std::optional<Execution> execution, context.stores.executions.find(*id));
        if (!execution)
            continue;
        SG_LET(const Value document, documentOf(context, *execution, secretsFor(call)));
        items.push_back(attributes.applied(document));
    }
    const auto total = static_cast<std::int64_t>(items.size());
    return listResponse(std::move(items), total, {most, 0});
}

Result<Response> listExecutions(ReadContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s}));
    if (!call.request.queryValue(u"id"_s).isEmpty())
        return executionsById(context, call, attributes);
    SG_LET(const ExecutionFilter filter, filterOf(call.request));
    SliceRequest slice = sliceOf(paging);
    const bool isAscending = !call.request.queryValue(u"sort_asc"_s).isEmpty();
    slice.order = isAscending ? SliceRequest::Order::OldestFirst : SliceRequest::Order::NewestFirst;
    SG_LET(const Slice<Execution> found, context.stores.executions.list(filter, slice));
    SG_LET(const std::int64_t total, context.stores.executions.count(filter));
    ValueList items;
    for (const Execution &execution : found.rows) {
        SG_LET(const Value document, documentOf(context, execution, secretsFor(call)));
        items.push_back(attributes.applied(document));
    }
    return listResponse(std::move(items), total, paging);
}

Result<Response> oneExecution(ReadContext &context, const Call &call)
{
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s}));
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    SG_LET(Value document, documentOf(context, execution, secretsFor(call)));
    SG_TRY(addCause(context, execution, document));
    SG_LET(const auto most, integerOf(call.request, u"max_result_size"_s));
    if (most && document["result_size"].toIntOr(0) > *most) {
        Value shortened = document;
        shortened.editEntries().remove("result");
        document = shortened;
    }
    return documentResponse(attributes.applied(document));
}

Result<> addDescendants(ReadContext &context, const Id &parent, std::int64_t depth,
                        const Call &call, ValueList &items)
{
    if (depth == 0)
        return {};
    SG_LET(const std::vector<Id> children, context.stores.executions.childrenOf(parent));
    for (const Id &id : children) {
        SG_LET(const std::optional<Execution> child, context.stores.executions.find(id));
        if (!child)
            continue;
        SG_LET(const Value document, documentOf(context, *child, secretsFor(call)));
        items.push_back(document);
        SG_TRY(addDescendants(context, id, depth - 1, call, items));
    }
    return {};
}

Result<Response> childrenOf(ReadContext &context, const Call &call)
{
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    SG_LET(const auto depth, integerOf(call.request, u"depth"_s));
    ValueList items;
    SG_TRY(addDescendants(context, execution.id, depth.value_or(-1), call, items));
    return documentResponse(Value(std::move(items)));
}

Result<Response> outputOf(ReadContext &context, const Call &call)
{
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    const QString type = call.request.queryValue(u"output_type"_s, u"all"_s);
    Response response;
    response.contentType = u"text/plain"_s;
    for (std::int64_t after = 0;;) {
        SG_LET(const std::vector<OutputChunk> chunks,
               context.stores.output.of(execution.id, after, chunksRead,
                                        type == u"all"_s ? QString() : type));
        for (const OutputChunk &chunk : chunks)
            response.raw += chunk.data;
        if (chunks.size() < chunksRead)
            return response;
        after = chunks.back().number;
    }
}

Result<Response> attributeOf(ReadContext &context, const Call &call)
{
    const QString &name = call.arguments[1];
    if (name != u"result" && name != u"status" && name != u"trigger_instance")
        return failure(ErrorCode::Invalid,
                       u"Invalid attribute \"%1\" specified. Valid attributes are: result, "
                       "trigger_instance, status."_s.arg(name));
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    SG_LET(Value document, documentOf(context, execution, Secrets::Masked));
    SG_TRY(addCause(context, execution, document));
    return documentResponse(document[name.toStdString()]);
}

Result<Response> resultOf(ReadContext &context, const Call &call)
{
    SG_LET(const Execution execution, executionAt(context, call.arguments[0]));
    SG_LET(const auto pretty, flagOf(call.request, u"pretty_format"_s));
    Response response;
    response.contentType = u"text/json"_s;
    response.raw = QByteArray::fromStdString(
        writeJson(execution.result.isNull() ? Value::map() : execution.result,
                  {.indent = pretty.value_or(false) ? 2 : -1}));
    SG_LET(const auto download, flagOf(call.request, u"download"_s));
    if (download.value_or(false))
        response.headers.emplace_back(
            u"Content-Disposition"_s,
            u"attachment; filename=execution_%1_result.json"_s.arg(execution.id.text()));
    return response;
}

Value namesOf(const std::vector<Database::Count> &counts)
{
    Value names = Value::list();
    for (const Database::Count &count : counts)
        names.append(count.key.isEmpty() ? Value() : Value(count.key));
    return names;
}

Result<Response> filterValues(ReadContext &context)
{
    ExecutionStore &store = context.stores.executions;
    SG_LET(const auto actions, store.countByAction());
    SG_LET(const auto statuses, store.countByStatus());
    SG_LET(const auto rules, store.countByRule());
    SG_LET(const auto runners, store.countByRunnerType());
    SG_LET(const auto users, store.countByUser());
    return documentResponse(Value::map({{"action", namesOf(actions)},
                                        {"status", namesOf(statuses)},
                                        {"rule", namesOf(rules)},
                                        {"runner", namesOf(runners)},
                                        {"user", namesOf(users)},
                                        {"trigger", Value::list()},
                                        {"trigger_type", Value::list()}}));
}

} // namespace

void addExecutionReads(Routes &routes, ReadContext &context)
{
    const auto add = [&](const QString &path, auto handler) {
        routes.add(Verb::Get, path,
                   [&context, handler](const Call &call) { return handler(context, call); });
    };
    add(u"/api/v1/executions"_s, listExecutions);
    add(u"/api/v1/executions/{id}"_s, oneExecution);
    add(u"/api/v1/executions/{id}/children"_s, childrenOf);
    add(u"/api/v1/executions/{id}/output"_s, outputOf);
    add(u"/api/v1/executions/{id}/attribute/{name}"_s, attributeOf);
    add(u"/api/v1/executions/{id}/result"_s, resultOf);
    routes.add(Verb::Get, u"/api/v1/executions/views/filters"_s,
               [&context](const Call &) { return filterValues(context); });
}

} // namespace stormglass
