#include "engine/api/listing.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<QStringList> packsOf(const Value &body)
{
    if (!body["packs"].isList() || body["packs"].items().empty())
        return failure(ErrorCode::Invalid, u"'packs' is a required property: a list of packs."_s);
    QStringList packs;
    for (const Value &pack : body["packs"].items()) {
        if (!pack.isText())
            return failure(ErrorCode::Invalid, u"'packs' must be a list of texts."_s);
        packs << pack.toQString();
    }
    return packs;
}

// As StackStorm answers: the work is an execution of the pack `packs`, followed by its id.
Result<Response> executionAsked(WriteContext &context, const Call &call, const QString &action,
                                Value parameters)
{
    ExecutionRequest request;
    request.action = Ref{u"packs"_s, action};
    request.parameters = std::move(parameters);
    request.context = Value::map({{"user", call.caller.user}});
    SG_LET(const Execution execution, context.requester.request(request));
    return documentResponse(Value::map({{"execution_id", execution.id.text()}}), 202);
}

Result<Response> installAsked(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    SG_LET(const QStringList packs, packsOf(body));
    // What an execution was asked with is stored; a password is not.
    Value sources = Value::list();
    for (const QString &pack : packs)
        sources.append(context.packOperations.withoutSecret(pack));
    return executionAsked(
        context, call, u"install"_s,
        Value::map({{"packs", sources},
                    {"force", body["force"].toBoolOr(false)},
                    {"skip_dependencies", body["skip_dependencies"].toBoolOr(false)}}));
}

Result<Response> operationAsked(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    OperationRequest request;
    SG_LET(request.kind, operationKindFrom(body["kind"].toQStringOr(u"install"_s)));
    SG_LET(request.packs, packsOf(body));
    request.force = body["force"].toBoolOr(false);
    request.skipDependencies = body["skip_dependencies"].toBoolOr(false);
    request.carryOut = body["carry_out"].toBoolOr(false);
    request.user = call.caller.user;
    SG_LET(const PackOperation operation, context.packOperations.begin(std::move(request)));
    return documentResponse(toJson(operation), 202);
}

Result<Response> operationList(WriteContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    const std::vector<PackOperation> all = context.packOperations.all();
    ValueList items;
    for (std::size_t i = static_cast<std::size_t>(std::max<std::int64_t>(0, paging.offset));
         i < all.size(); ++i) {
        if (paging.limit && static_cast<std::int64_t>(items.size()) >= *paging.limit)
            break;
        items.push_back(toJson(all[i]));
    }
    return listResponse(std::move(items), static_cast<std::int64_t>(all.size()), paging);
}

// With an empty catalogue the packs screen still opens: the status says why (api.md 6.6).
Response indexDocument(const PackIndex &index)
{
    Value status = Value::list();
    for (const IndexStatus &each : index.status())
        status.append(toJson(each));
    return documentResponse(Value::map({{"index", index.packs()}, {"status", status}}));
}

Result<Response> found(const PackIndex &index, const Value &body)
{
    if (index.isEmpty())
        return failure(index.nothingFound());
    if (body["query"].isText())
        return documentResponse(
            index.search(body["query"].toQString(), PackIndex::Case::Insensitive));
    return documentResponse(index.show(body["pack"].toQString()).value_or(Value::list()));
}

void searchAsked(WriteContext &context, const Call &call, const Endpoint::Answer &answer)
{
    const Value body = call.request.body;
    if (!body["query"].isText() && !body["pack"].isText())
        return answer(failure(ErrorCode::Invalid,
                              u"Give \"query\", a text to search for, or \"pack\", a name."_s));
    context.packIndex.want([body, answer](const PackIndex &index) { answer(found(index, body)); });
}

void addIndexRequests(Routes &routes, WriteContext &context)
{
    routes.addLater(Verb::Get, u"/api/v1/packs/index"_s,
                    [&context](const Call &, const Endpoint::Answer &answer) {
                        context.packIndex.want(
                            [answer](const PackIndex &index) { answer(indexDocument(index)); });
                    });
    routes.addLater(Verb::Get, u"/api/v1/packs/index/health"_s,
                    [&context](const Call &, const Endpoint::Answer &answer) {
                        context.packIndex.wantFresh([answer](const PackIndex &index) {
                            answer(documentResponse(index.health()));
                        });
                    });
    routes.addLater(Verb::Post, u"/api/v1/packs/index/search"_s,
                    [&context](const Call &call, const Endpoint::Answer &answer) {
                        searchAsked(context, call, answer);
                    });
}

// Ours: a plan before anything changes, what becomes of it, and what became of earlier ones.
void addOperationRequests(Routes &routes, WriteContext &context)
{
    const QString operations = u"/api/v1/packs/operations"_s;
    routes.add(Verb::Post, operations,
               [&context](const Call &call) { return operationAsked(context, call); });
    routes.add(Verb::Get, operations,
               [&context](const Call &call) { return operationList(context, call); });
    routes.add(
        Verb::Get, operations + u"/{id}"_s, [&context](const Call &call) -> Result<Response> {
            SG_LET(const PackOperation operation, context.packOperations.get(call.arguments[0]));
            return documentResponse(toJson(operation));
        });
    routes.add(Verb::Post, operations + u"/{id}/carry_out"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const PackOperation operation,
                          context.packOperations.carryOut(call.arguments[0]));
                   return documentResponse(toJson(operation), 202);
               });
    routes.add(
        Verb::Delete, operations + u"/{id}"_s, [&context](const Call &call) -> Result<Response> {
            SG_LET(const PackOperation operation, context.packOperations.cancel(call.arguments[0]));
            return documentResponse(toJson(operation));
        });
}

} // namespace

void addPackRequests(Routes &routes, WriteContext &context)
{
    addIndexRequests(routes, context);
    addOperationRequests(routes, context);
    routes.add(Verb::Post, u"/api/v1/packs/install"_s,
               [&context](const Call &call) { return installAsked(context, call); });
    routes.add(Verb::Post, u"/api/v1/packs/uninstall"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_TRY(packsOf(call.request.body));
                   return executionAsked(context, call, u"uninstall"_s,
                                         Value::map({{"packs", call.request.body["packs"]}}));
               });
    routes.add(Verb::Post, u"/api/v1/packs/{ref}/uninstall"_s, [&context](const Call &call) {
        return executionAsked(context, call, u"uninstall"_s,
                              Value::map({{"packs", Value::list({Value(call.arguments[0])})}}));
    });
}

} // namespace stormglass
