#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/write_context.h"

#include <QDir>

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

Result<Response> packsRegistered(WriteContext &context, const Call &call)
{
    QStringList wanted;
    for (const Value &each : call.request.body["packs"].itemsOrNone())
        wanted << each.toQStringOr({});
    int actions = 0;
    int rules = 0;
    int sensors = 0;
    int triggers = 0;
    Value problems = Value::list();
    for (const QString &base : context.packFolders) {
        for (const QString &folder : Registrar::packFoldersIn(base)) {
            if (!wanted.isEmpty() && !wanted.contains(QFileInfo(folder).fileName()))
                continue;
            SG_LET(const Registrar::Summary summary, context.registrar.registerPack(folder));
            actions += summary.actions;
            rules += summary.rules;
            sensors += summary.sensors;
            triggers += summary.triggerTypes;
            for (const PackProblem &problem : summary.problems)
                problems.append(toJson(problem));
            wanted.removeAll(QFileInfo(folder).fileName());
        }
    }
    if (!wanted.isEmpty() && !call.request.body["packs"].itemsOrNone().empty())
        return failure(ErrorCode::Invalid,
                       u"Pack \"%1\" not found on disk: looked in %2"_s.arg(
                           wanted.first(), context.packFolders.join(u", "_s)));
    return documentResponse(Value::map({{"actions", actions},
                                        {"rules", rules},
                                        {"sensors", sensors},
                                        {"triggers", triggers},
                                        {"problems", problems}}));
}

} // namespace

void addContentWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Put, u"/api/v1/actions/{ref}"_s,
               [&context](const Call &call) { return actionEnabled(context, call); });
    routes.add(Verb::Post, u"/api/v1/packs/register"_s,
               [&context](const Call &call) { return packsRegistered(context, call); });
}

} // namespace stormglass
