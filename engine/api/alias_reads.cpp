#include "engine/aliases/alias_help.h"
#include "engine/aliases/alias_messages.h"
#include "engine/api/alias_shelf.h"
#include "engine/api/content_list.h"
#include "engine/pipeline/change_documents.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<Response> listed(ReadContext &context, const Call &call)
{
    SG_LET(const std::vector<ActionAlias> aliases, context.stores.aliases.all());
    return contentList(
        call.request, aliases, 100,
        [&](const ActionAlias &alias) { return matchesCommon(call.request, alias); },
        static_cast<Value (*)(const ActionAlias &)>(toJson));
}

Result<Response> one(ReadContext &context, const Call &call)
{
    SG_LET(const std::optional<ActionAlias> alias,
           findIn(context.stores.aliases, call.arguments[0]));
    if (!alias)
        return notFound(call.arguments[0]);
    return documentResponse(toJson(*alias));
}

Result<Response> matched(AliasShelf &shelf, const Call &call)
{
    const Value &command = call.request.body["command"];
    if (!command.isText())
        return failure(ErrorCode::Invalid, u"'command' is a required property"_s);
    SG_LET(const auto book, shelf.book());
    SG_LET(const ChatCommand read, ChatCommand::read(command.text()));
    SG_LET(const AliasMatch match, book->find(read));
    return documentResponse(Value::map({{"actionalias", toJson(*match.alias)},
                                        {"display", match.display},
                                        {"representation", match.representation}}));
}

Result<Response> helped(ReadContext &context, const Call &call)
{
    SG_LET(const auto limit, integerOf(call.request, u"limit"_s));
    SG_LET(const auto offset, integerOf(call.request, u"offset"_s));
    SG_LET(const std::vector<ActionAlias> aliases, context.stores.aliases.all());
    SG_LET(Value help,
           helpStrings(aliases,
                       {.pack = call.request.queryValue(u"pack"_s),
                        .filter = call.request.queryValue(u"filter"_s),
                        .limit = std::max<std::int64_t>(limit.value_or(0), 0),
                        .offset = std::max<std::int64_t>(offset.value_or(0), 0)}));
    return documentResponse(std::move(help));
}

// The alias an execution came from; none if it came from elsewhere, or if the alias has gone.
Result<std::optional<ActionAlias>> aliasOf(ReadContext &context, const Execution &execution)
{
    const Value &ref = execution.context["action_alias_ref"];
    const auto id = Id::fromText(ref["id"].toQStringOr({}));
    return id ? context.stores.aliases.find(*id) : Result<std::optional<ActionAlias>>(std::nullopt);
}

Result<Response> chatResult(ReadContext &context, const Call &call)
{
    const auto id = Id::fromText(call.arguments[0]);
    SG_LET(const std::optional<Execution> execution,
           id ? context.stores.executions.find(*id)
              : Result<std::optional<Execution>>(std::nullopt));
    if (!execution)
        return failure(ErrorCode::NotFound,
                       u"Unable to identify resource with id \"%1\"."_s.arg(call.arguments[0]));
    const Result<CatalogueEntryPointer> entry = context.catalogue.find(execution->action);
    SG_LET(const std::optional<ActionAlias> alias, aliasOf(context, *execution));
    SG_LET(Value message,
           resultMessage(alias ? &*alias : nullptr,
                         executionDocument(*execution, entry ? *entry : nullptr, Secrets::Masked),
                         alias ? toJson(*alias) : Value()));
    return documentResponse(std::move(message));
}

} // namespace

void addAliasReads(Routes &routes, ReadContext &context)
{
    // Shared by the handlers, which live as long as the routes.
    const auto shelf = std::make_shared<AliasShelf>(context.stores.aliases);
    routes.add(Verb::Get, u"/api/v1/actionalias"_s,
               [&context](const Call &call) { return listed(context, call); });
    routes.add(Verb::Get, u"/api/v1/actionalias/{ref}"_s,
               [&context](const Call &call) { return one(context, call); });
    routes.add(Verb::Get, u"/api/v1/actionalias/help"_s,
               [&context](const Call &call) { return helped(context, call); });
    // Reads, although it is a POST.
    routes.add(Verb::Post, u"/api/v1/actionalias/match"_s,
               [shelf](const Call &call) { return matched(*shelf, call); });
    // Ours: what chat is told of an execution that has ended.
    routes.add(Verb::Get, u"/api/v1/executions/{id}/chat_result"_s,
               [&context](const Call &call) { return chatResult(context, call); });
}

} // namespace stormglass
