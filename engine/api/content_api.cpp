#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<Response> actionEnabled(WriteContext &context, const Call &call)
{
    const auto id = idIn(call.arguments[0]);
    SG_LET(std::optional<Action> action,
           id ? context.stores.actions.find(*id)
              : context.stores.actions.find(Ref::fromText(call.arguments[0])));
    if (!action)
        return notFound(call.arguments[0]);
    if (action->ref.pack == u"core"_s)
        return failure(ErrorCode::Invalid,
                       u"Resources belonging to system level packs can't be manipulated"_s);
    // Whatever else the body has must be what is there: only enabling is an edit without the pack's
    // files.
    action->enabled = call.request.body["enabled"].toBoolOr(action->enabled);
    SG_TRY(context.stores.actions.update(*action));
    context.observer.actionsChanged();
    return documentResponse(toJson(*action));
}

} // namespace

void addContentWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Put, u"/api/v1/actions/{ref}"_s,
               [&context](const Call &call) { return actionEnabled(context, call); });
}

} // namespace stormglass
