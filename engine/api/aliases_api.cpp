#include "engine/aliases/alias_book.h"
#include "engine/api/content_list.h"
#include "engine/api/write_context.h"
#include "engine/packs/content_files.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<ActionAlias> aliasAt(WriteContext &context, const QString &refOrId)
{
    SG_LET(std::optional<ActionAlias> alias, findIn(context.stores.aliases, refOrId));
    if (!alias)
        return notFound(refOrId);
    return std::move(*alias);
}

// As its file would have it; what the engine itself fills in is not taken from outside.
Result<ActionAlias> aliasIn(const Call &call)
{
    if (!call.request.body.isMap())
        return failure(ErrorCode::Invalid, u"Input body needs to be an object."_s);
    Value body = call.request.body;
    for (const char *own : {"id", "uid", "ref", "metadata_file"})
        body.editEntries().remove(Value(own));
    if (body["pack"].toQStringOr({}).isEmpty())
        body.set("pack", "default");
    SG_LET(ActionAlias alias, aliasFromFile({.path = {}, .content = body, .warnings = {}}));
    const AliasBook book({alias});
    if (!book.problems().empty())
        return failure(ErrorCode::Invalid,
                       u"The format \"%1\" cannot be used. %2"_s.arg(
                           book.problems().front().representation, book.problems().front().reason));
    return alias;
}

Response told(WriteContext &context, const char *event, const ActionAlias &alias, int status)
{
    const Value document = toJson(alias);
    context.observer.aliasesChanged();
    context.changes.add(u"st2.actionalias__"_s + QLatin1String(event), document);
    return status == 204 ? Response{204, Value()} : documentResponse(document, status);
}

Result<Response> created(WriteContext &context, const Call &call)
{
    SG_LET(ActionAlias alias, aliasIn(call));
    SG_LET(const std::optional<ActionAlias> known, context.stores.aliases.find(alias.ref));
    if (known)
        return failure(Error{
            ErrorCode::Conflict,
            u"Tried to save duplicate unique keys (there is an action alias \"%1\" already)."_s.arg(
                alias.ref.text()),
            u"StackStormDBObjectConflictError"_s, known->id.text()});
    alias.id = context.ids.make();
    SG_TRY(context.stores.aliases.add(alias));
    return told(context, "create", alias, 201);
}

Result<Response> replaced(WriteContext &context, const Call &call)
{
    SG_LET(const ActionAlias known, aliasAt(context, call.arguments[0]));
    SG_LET(ActionAlias alias, aliasIn(call));
    alias.id = known.id;
    alias.metadataFile = known.metadataFile;
    SG_TRY(context.stores.aliases.update(alias));
    return told(context, "update", alias, 200);
}

Result<Response> removed(WriteContext &context, const Call &call)
{
    SG_LET(const ActionAlias alias, aliasAt(context, call.arguments[0]));
    SG_TRY(context.stores.aliases.remove(alias.id));
    return told(context, "delete", alias, 204);
}

} // namespace

void addAliasWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Post, u"/api/v1/actionalias"_s,
               [&context](const Call &call) { return created(context, call); });
    routes.add(Verb::Put, u"/api/v1/actionalias/{ref}"_s,
               [&context](const Call &call) { return replaced(context, call); });
    routes.add(Verb::Delete, u"/api/v1/actionalias/{ref}"_s,
               [&context](const Call &call) { return removed(context, call); });
}

} // namespace stormglass
