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

Value sensorDocument(WriteContext &context, const SensorType &sensor)
{
    Value document = toJson(sensor);
    const Value state = context.sensorState(sensor.ref);
    if (!state.isNull())
        document.set("status", state);
    return document;
}

Result<SensorType> sensorAt(WriteContext &context, const QString &refOrId)
{
    const auto id = idIn(refOrId);
    SG_LET(std::optional<SensorType> sensor,
           id ? context.sensors.find(*id) : context.sensors.find(Ref::fromText(refOrId)));
    if (!sensor)
        return notFound(refOrId);
    return std::move(*sensor);
}

Result<Response> listSensors(WriteContext &context, const Call &call)
{
    SG_LET(const std::vector<SensorType> sensors, context.sensors.all());
    SG_LET(const auto enabled, flagOf(call.request, u"enabled"_s));
    const QString pack = call.request.queryValue(u"pack"_s);
    const QString trigger = call.request.queryValue(u"trigger"_s);
    ValueList items;
    for (const SensorType &sensor : sensors) {
        const bool isWanted = (pack.isEmpty() || pack == sensor.ref.pack)
            && (!enabled || *enabled == sensor.enabled)
            && (trigger.isEmpty() || sensor.triggerTypes.contains(trigger));
        if (isWanted)
            items.push_back(sensorDocument(context, sensor));
    }
    const auto total = static_cast<std::int64_t>(items.size());
    return listResponse(std::move(items), total, {});
}

Result<Response> sensorEnabled(WriteContext &context, const Call &call)
{
    SG_LET(SensorType sensor, sensorAt(context, call.arguments[0]));
    // A body without it disables, as StackStorm does.
    sensor.enabled = call.request.body["enabled"].toBoolOr(false);
    SG_TRY(context.sensors.update(sensor));
    context.observer.sensorSaved(sensor);
    return documentResponse(sensorDocument(context, sensor));
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
    routes.add(Verb::Get, u"/api/v1/sensortypes"_s,
               [&context](const Call &call) { return listSensors(context, call); });
    routes.add(Verb::Get, u"/api/v1/sensortypes/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
                   return documentResponse(sensorDocument(context, sensor));
               });
    routes.add(Verb::Put, u"/api/v1/sensortypes/{ref}"_s,
               [&context](const Call &call) { return sensorEnabled(context, call); });
    // Ours.
    routes.add(Verb::Post, u"/api/v1/sensortypes/{ref}/restart"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
                   SG_TRY(context.restartSensor(sensor.ref));
                   return documentResponse(sensorDocument(context, sensor), 202);
               });
    routes.add(Verb::Post, u"/api/v1/packs/register"_s,
               [&context](const Call &call) { return packsRegistered(context, call); });
}

} // namespace stormglass
