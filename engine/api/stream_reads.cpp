#include "engine/api/read_context.h"
#include "engine/instance/stream.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<Response> streamOfChanges(ReadContext &context, const Call &call)
{
    SG_LET(Stream stream, streamAskedFor(call.request));
    // An execution that has already ended would never send the event the client waits for
    // (api.md 8.1).
    const auto id = Id::fromText(stream.end.executionId);
    if (id) {
        SG_LET(const auto execution, context.stores.executions.find(*id));
        if (execution && isCompleted(execution->status)) {
            const QString event
                = stream.end.event.isEmpty() ? u"st2.execution__update"_s : stream.end.event;
            stream.first.push_back({context.feed.latest(), event, toJson(*execution)});
            stream.isOver = true;
        }
    }
    Response response;
    response.stream = std::make_shared<const Stream>(std::move(stream));
    return response;
}

Result<Id> executionAt(ReadContext &context, const QString &text)
{
    if (text == u"last"_s) {
        SG_LET(const Slice<Execution> newest, context.stores.executions.list({}, {.limit = 1}));
        if (newest.rows.empty())
            return failure(ErrorCode::Invalid, u"No executions found in the database"_s);
        return newest.rows.front().id;
    }
    const auto id = Id::fromText(text);
    if (!id)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with id \"%1\"."_s.arg(text));
    return *id;
}

// Every stored chunk, then live ones, then EOF (api.md 8.2).
Result<Response> streamOfOutput(ReadContext &context, const Call &call)
{
    constexpr int most = 20'000;
    SG_LET(const Id id, executionAt(context, call.arguments[0]));
    const QString type = call.request.queryValue(u"output_type"_s, u"all"_s);
    Stream stream;
    // Asked for before reading, so that what comes in between is neither lost nor sent twice.
    stream.after = context.feed.latest();
    SG_LET(const auto execution, context.stores.executions.find(id));
    if (!execution)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with id \"%1\"."_s.arg(id.text()));
    SG_LET(const auto chunks,
           context.stores.output.of(id, 0, most, type == u"all"_s ? QString() : type));
    for (const OutputChunk &chunk : chunks)
        stream.first.push_back({*stream.after, u"st2.execution.output__create"_s, toJson(chunk)});
    stream.filter.events = {u"st2.execution.output__create"_s};
    stream.filter.executionIds = {id.text()};
    if (type != u"all"_s)
        stream.filter.outputTypes = {type};
    stream.end = {.executionId = id.text(), .saysEof = true};
    stream.isOver = isCompleted(execution->status);
    Response response;
    response.stream = std::make_shared<const Stream>(std::move(stream));
    return response;
}

} // namespace

void addStreamReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/stream/v1/stream"_s,
               [&context](const Call &call) { return streamOfChanges(context, call); });
    routes.add(Verb::Get, u"/stream/v1/executions/{id}/output"_s,
               [&context](const Call &call) { return streamOfOutput(context, call); });
}

} // namespace stormglass
