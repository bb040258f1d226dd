#include "engine/aliases/alias_messages.h"
#include "engine/aliases/alias_parameters.h"
#include "engine/api/alias_shelf.h"
#include "engine/api/listing.h"
#include "engine/api/write_context.h"
#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// More is no chat: one text that asks for a thousand runs is a mistake or worse.
constexpr std::size_t mostExecutions = 100;

// A command with the alias and the format it is for.
struct AliasCall
{
    const ActionAlias &alias;
    QString representation;
    bool matchesMany = false;
};

Result<QString> requiredText(const Value &body, const char *name)
{
    if (!body[name].isText())
        return failure(ErrorCode::Invalid,
                       u"'%1' is a required property"_s.arg(QLatin1String(name)));
    return body[name].toQString();
}

Result<> checkBody(const Value &body)
{
    SG_TRY(requiredText(body, "command"));
    SG_TRY(requiredText(body, "source_channel"));
    return {};
}

Value contextOf(const ActionAlias &alias, const Call &call)
{
    const Value &body = call.request.body;
    const Value ref = Value::map({{"id", alias.id.text()}, {"name", alias.ref.name}});
    return Value::map({{"action_alias_ref", ref},
                       {"api_user", body["user"]},
                       {"user", call.caller.user},
                       {"source_channel", body["source_channel"]}});
}

// Who asked is told when it is done, wherever that is (events.md 12.2, step 5).
Value notifyOf(const Value &body)
{
    const auto isGiven = [](const Value &route) { return route.isText() && !route.text().empty(); };
    const Value route = isGiven(body["notification_route"]) ? body["notification_route"]
        : isGiven(body["notification_channel"])             ? body["notification_channel"]
                                                            : Value();
    const Value data = Value::map({{"user", body["user"]},
                                   {"source_channel", body["source_channel"]},
                                   {"source_context", body["source_context"]}});
    return Value::map(
        {{"on-complete", Value::map({{"routes", Value::list({route})}, {"data", data}})}});
}

Result<ValueList> parametersOf(WriteContext &context, const AliasCall &asked, const Call &call,
                               const Value &executionContext)
{
    SG_LET(const ChatCommand command, ChatCommand::read(call.request.body["command"].text()));
    SG_LET(ValueList given,
           parametersFor(asked.alias, asked.representation, command, asked.matchesMany));
    if (given.size() > mostExecutions)
        return failure(ErrorCode::Invalid,
                       u"The command asks for %1 executions; at most %2 are started at once."_s
                           .arg(given.size())
                           .arg(mostExecutions));
    EvaluationContext rendering;
    rendering.variables = executionContext;
    rendering.resolver = &context.resolver;
    rendering.user = call.caller.user.toStdString();
    return withImmutable(std::move(given), asked.alias.immutableParameters, rendering);
}

Result<Value> executed(WriteContext &context, const AliasCall &asked, ExecutionRequest request)
{
    SG_LET(const CatalogueEntryPointer entry, context.catalogue.find(request.action));
    Value schemas = entry->runner.parameters;
    for (const ValueMap::Entry &parameter : entry->action.parameters.entriesOrNone())
        schemas.set(parameter.key, parameter.value);
    SG_LET(request.parameters, castAliasParameters(request.parameters, schemas));
    SG_LET(const Execution execution, context.requester.request(request));
    const Value document = executionDocument(execution, entry, Secrets::Masked);
    const Value alias = toJson(asked.alias);
    Value answer = Value::map({{"execution", document}, {"actionalias", alias}});
    const Value acknowledged = acknowledgement(asked.alias, document, alias);
    for (const ValueMap::Entry &entryOf : acknowledged.entries())
        answer.set(entryOf.key, entryOf.value);
    return answer;
}

Result<Value> run(WriteContext &context, const AliasCall &asked, const Call &call)
{
    ExecutionRequest request;
    request.action = asked.alias.action;
    request.context = contextOf(asked.alias, call);
    request.notify = notifyOf(call.request.body);
    SG_LET(const ValueList all, parametersOf(context, asked, call, request.context));
    Value results = Value::list();
    for (const Value &parameters : all) {
        request.parameters = parameters;
        SG_LET(Value result, executed(context, asked, request));
        results.append(std::move(result));
    }
    return results;
}

Result<Response> byName(WriteContext &context, AliasShelf &shelf, const Call &call)
{
    const Value &body = call.request.body;
    SG_LET(const QString name, requiredText(body, "name"));
    SG_LET(const QString format, requiredText(body, "format"));
    SG_TRY(checkBody(body));
    SG_LET(const auto book, shelf.book());
    const ActionAlias *const alias = book->named(name);
    if (!alias)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify action alias with name \"%1\"."_s.arg(name));
    if (!alias->enabled)
        return failure(ErrorCode::Invalid,
                       u"Action alias with name \"%1\" is disabled."_s.arg(name));
    SG_LET(const Value results, run(context, AliasCall{*alias, format, false}, call));
    return documentResponse(results.items().front(), 201);
}

Result<Response> byMatch(WriteContext &context, AliasShelf &shelf, const Call &call)
{
    SG_TRY(checkBody(call.request.body));
    SG_LET(const auto book, shelf.book());
    SG_LET(const ChatCommand command, ChatCommand::read(call.request.body["command"].text()));
    SG_LET(const AliasMatch match, book->find(command));
    SG_LET(Value results,
           run(context, AliasCall{*match.alias, match.representation, match.matchesMany}, call));
    return documentResponse(Value::map({{"results", std::move(results)}}), 201);
}

} // namespace

void addAliasExecutions(Routes &routes, WriteContext &context)
{
    // Shared by the handlers, which live as long as the routes.
    const auto shelf = std::make_shared<AliasShelf>(context.stores.aliases);
    routes.add(Verb::Post, u"/api/v1/aliasexecution"_s,
               [&context, shelf](const Call &call) { return byName(context, *shelf, call); });
    routes.add(Verb::Post, u"/api/v1/aliasexecution/match_and_execute"_s,
               [&context, shelf](const Call &call) { return byMatch(context, *shelf, call); });
}

} // namespace stormglass
