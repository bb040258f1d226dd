#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/write_context.h"
#include "engine/schema/masking.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

constexpr std::int64_t trialSeconds = 30;
constexpr std::int64_t longestTrial = 120;

Result<SensorType> sensorAt(WriteContext &context, const QString &refOrId)
{
    const auto id = idIn(refOrId);
    SG_LET(std::optional<SensorType> sensor,
           id ? context.sensors.find(*id) : context.sensors.find(Ref::fromText(refOrId)));
    if (!sensor)
        return notFound(refOrId);
    return std::move(*sensor);
}

// Which of the sensors of a type a request means: `?instance=north`, or the plain one.
QString nameIn(const Call &call, const SensorType &sensor)
{
    const QString instance = call.request.queryValue(u"instance"_s);
    return instance.isEmpty() ? sensor.ref.text() : sensor.ref.text() + u'#' + instance;
}

bool isWanted(const Request &request, const SensorType &sensor, const Value &document,
              std::optional<bool> enabled)
{
    const auto asks = [&](const QString &name, const QString &value) {
        const QString wanted = request.queryValue(name);
        return wanted.isEmpty() || wanted.split(u',').contains(value);
    };
    const QString trigger = request.queryValue(u"trigger"_s);
    return asks(u"id"_s, sensor.id.text()) && asks(u"name"_s, sensor.ref.name)
        && asks(u"pack"_s, sensor.ref.pack) && (!enabled || Value(*enabled) == document["enabled"])
        && (trigger.isEmpty() || sensor.triggerTypes.contains(trigger));
}

Result<Response> listSensors(WriteContext &context, const Call &call)
{
    SG_LET(const std::vector<SensorType> sensors, context.sensors.all());
    SG_LET(const auto enabled, flagOf(call.request, u"enabled"_s));
    SG_LET(const Paging paging, pagingOf(call.request, std::nullopt));
    SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s, u"ref"_s}));
    ValueList items;
    std::int64_t total = 0;
    for (const SensorType &sensor : sensors) {
        const Value document = context.sensorDesk.shown(sensor);
        if (!isWanted(call.request, sensor, document, enabled))
            continue;
        const bool isOnPage = total >= paging.offset
            && (!paging.limit || static_cast<std::int64_t>(items.size()) < *paging.limit);
        ++total;
        if (isOnPage)
            items.push_back(attributes.applied(document));
    }
    return listResponse(std::move(items), total, paging);
}

Result<Response> sensorEnabled(WriteContext &context, const Call &call)
{
    SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
    if (sensor.ref.pack == u"core"_s)
        return failure(ErrorCode::Invalid,
                       u"Resources belonging to system level packs can't be manipulated"_s);
    // A body without it disables, as StackStorm does.
    SG_TRY(context.sensorDesk.setEnabled(sensor.ref, call.request.body["enabled"].toBoolOr(false)));
    return documentResponse(context.sensorDesk.shown(sensor));
}

// What the pack's configuration calls secret is not shown.
Result<Value> shownArrangement(WriteContext &context, const SensorType &sensor)
{
    Value arrangement = context.sensorDesk.arrangementOf(sensor.ref);
    SG_LET(const std::optional<ConfigSchema> schema,
           context.stores.packs.configSchema(sensor.ref.pack));
    if (!schema)
        return arrangement;
    const auto mask = [&](Value tuning) {
        if (tuning["config"].isMap())
            tuning.set("config", withSecretsMasked(schema->attributes, tuning["config"]));
        return tuning;
    };
    Value instances = Value::map();
    for (const ValueMap::Entry &entry : arrangement["instances"].entriesOrNone())
        instances.set(entry.key, mask(entry.value));
    if (arrangement.find("instances"))
        arrangement.set("instances", instances);
    return mask(arrangement);
}

// What was shown masked and comes back so is what it was.
Value unmasked(const Value &given, const Value &known)
{
    if (given == Value(maskedText))
        return known.isNull() ? given : known;
    if (!given.isMap() || !known.isMap())
        return given;
    Value result = Value::map();
    for (const ValueMap::Entry &entry : given.entries()) {
        const std::string name = entry.key.toQStringOr({}).toStdString();
        result.set(entry.key, unmasked(entry.value, known[name]));
    }
    return result;
}

Result<Value> arrangementDocument(WriteContext &context, const SensorType &sensor)
{
    SG_LET(const Value arrangement, shownArrangement(context, sensor));
    Value document = Value::map({{"ref", sensor.ref.text()}, {"arrangement", arrangement}});
    if (const QString fault = context.sensorDesk.arrangementFault(); !fault.isEmpty())
        document.set("fault", fault);
    return document;
}

Result<Response> sensorArranged(WriteContext &context, const Call &call)
{
    SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
    SG_TRY(context.sensorDesk.arrange(
        sensor.ref, unmasked(call.request.body, context.sensorDesk.arrangementOf(sensor.ref))));
    SG_LET(const Value document, arrangementDocument(context, sensor));
    return documentResponse(document);
}

// One instance of those arranged; a body of null takes it away.
Result<Response> instanceArranged(WriteContext &context, const Call &call, const Value &tuning)
{
    SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
    const QString &name = call.arguments[1];
    Value arrangement = context.sensorDesk.arrangementOf(sensor.ref);
    const Value before = arrangement["instances"].isMap() ? arrangement["instances"] : Value::map();
    if (tuning.isNull() && !before.find(name.toStdString()))
        return notFound(sensor.ref.text() + u'#' + name);
    Value instances = Value::map();
    for (const ValueMap::Entry &entry : before.entriesOrNone()) {
        if (entry.key != Value(name))
            instances.set(entry.key, entry.value);
    }
    if (!tuning.isNull())
        instances.set(name, unmasked(tuning, before[name.toStdString()]));
    arrangement.set("instances", instances);
    SG_TRY(context.sensorDesk.arrange(sensor.ref, arrangement));
    if (tuning.isNull())
        return documentResponse(Value(), 204);
    SG_LET(const Value document, arrangementDocument(context, sensor));
    return documentResponse(document);
}

void commandSensor(WriteContext &context, const Call &call, SensorCommand command,
                   Endpoint::Answer answer)
{
    Result<SensorType> sensor = sensorAt(context, call.arguments[0]);
    if (!sensor)
        return answer(failure(sensor.error()));
    const QString name = nameIn(call, *sensor);
    context.sensorDesk.command(
        name, command,
        [&context, sensor = std::move(*sensor),
         answer = std::move(answer)](const Result<SensorState> &done) {
            answer(done ? Result<Response>(documentResponse(context.sensorDesk.shown(sensor), 202))
                        : failure(done.error()));
        });
}

void readLog(WriteContext &context, const Call &call, Endpoint::Answer answer)
{
    const Result<SensorType> sensor = sensorAt(context, call.arguments[0]);
    const Result<std::optional<std::int64_t>> after = integerOf(call.request, u"after"_s);
    const Result<Paging> paging = pagingOf(call.request, std::nullopt);
    if (!sensor || !after || !paging)
        return answer(failure(!sensor ? sensor.error() : !after ? after.error() : paging.error()));
    context.sensorDesk.readLog(
        nameIn(call, *sensor), after->value_or(0),
        [paging = *paging,
         answer = std::move(answer)](const Result<std::vector<SensorLogLine>> &lines) {
            if (!lines)
                return answer(failure(lines.error()));
            ValueList items;
            for (const SensorLogLine &line : *lines) {
                if (paging.limit && static_cast<std::int64_t>(items.size()) >= *paging.limit)
                    break;
                items.push_back(toJson(line));
            }
            answer(
                listResponse(std::move(items), static_cast<std::int64_t>(lines->size()), paging));
        });
}

// Why the engine would not take an event; empty if it would.
QString refusalOf(const WriteContext &context, const Event &event)
{
    const TriggerPointer trigger = context.triggers.find(event);
    if (!trigger)
        return u"There is no trigger \"%1\" with these parameters, so no rule can be waiting for "
               "it."_s.arg(event.trigger.text());
    const Result<> checked
        = context.intake.checkPayload(trigger->type, trigger->ref.text(), event.payload);
    return checked ? QString() : checked.error().message;
}

void trySensor(WriteContext &context, const Call &call, Endpoint::Answer answer)
{
    const Result<SensorType> sensor = sensorAt(context, call.arguments[0]);
    if (!sensor)
        return answer(failure(sensor.error()));
    const Value &wanted = call.request.body["seconds"];
    const std::int64_t seconds = wanted.isNull() ? trialSeconds : wanted.toIntOr(0);
    if (seconds < 1 || seconds > longestTrial)
        return answer(failure(ErrorCode::Invalid,
                              u"seconds must be a whole number from 1 to %1."_s.arg(longestTrial)));
    context.sensorDesk.tryOnce(nameIn(call, *sensor), std::chrono::seconds(seconds),
                               [&context, answer = std::move(answer)](Result<SensorTrial> trial) {
                                   if (!trial)
                                       return answer(failure(trial.error()));
                                   for (SensorTrial::Raised &raised : trial->events)
                                       raised.refusal = refusalOf(context, raised.event);
                                   answer(documentResponse(toJson(*trial)));
                               });
}

void readTimers(WriteContext &context, Endpoint::Answer answer)
{
    context.sensorDesk.readTimers(
        [answer = std::move(answer)](const Result<std::vector<TimerState>> &states) {
            if (!states)
                return answer(failure(states.error()));
            ValueList items;
            for (const TimerState &state : *states)
                items.push_back(toJson(state));
            const auto total = static_cast<std::int64_t>(items.size());
            answer(listResponse(std::move(items), total, {}));
        });
}

void addArrangements(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Get, u"/api/v1/sensortypes/{ref}/arrangement"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
                   SG_LET(const Value document, arrangementDocument(context, sensor));
                   return documentResponse(document);
               });
    routes.add(Verb::Put, u"/api/v1/sensortypes/{ref}/arrangement"_s,
               [&context](const Call &call) { return sensorArranged(context, call); });
    routes.add(Verb::Put, u"/api/v1/sensortypes/{ref}/instances/{name}"_s,
               [&context](const Call &call) {
                   const Value &body = call.request.body;
                   return instanceArranged(context, call, body.isNull() ? Value::map() : body);
               });
    routes.add(Verb::Delete, u"/api/v1/sensortypes/{ref}/instances/{name}"_s,
               [&context](const Call &call) { return instanceArranged(context, call, Value()); });
}

void addCommands(Routes &routes, WriteContext &context)
{
    static const std::pair<const char *, SensorCommand> commands[]{
        {"start", SensorCommand::Start},
        {"stop", SensorCommand::Stop},
        {"restart", SensorCommand::Restart},
        {"pause", SensorCommand::Pause},
        {"resume", SensorCommand::Resume}};
    for (const auto &[name, command] : commands)
        routes.addLater(Verb::Post, u"/api/v1/sensortypes/{ref}/"_s + QLatin1String(name),
                        [&context, command](const Call &call, Endpoint::Answer answer) {
                            commandSensor(context, call, command, std::move(answer));
                        });
}

} // namespace

void addSensorRequests(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Get, u"/api/v1/sensortypes"_s,
               [&context](const Call &call) { return listSensors(context, call); });
    routes.add(Verb::Get, u"/api/v1/sensortypes/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const SensorType sensor, sensorAt(context, call.arguments[0]));
                   return documentResponse(context.sensorDesk.shown(sensor));
               });
    routes.add(Verb::Put, u"/api/v1/sensortypes/{ref}"_s,
               [&context](const Call &call) { return sensorEnabled(context, call); });
    // Ours from here on.
    addArrangements(routes, context);
    addCommands(routes, context);
    routes.addLater(Verb::Get, u"/api/v1/sensortypes/{ref}/log"_s,
                    [&context](const Call &call, Endpoint::Answer answer) {
                        readLog(context, call, std::move(answer));
                    });
    routes.addLater(Verb::Post, u"/api/v1/sensortypes/{ref}/run_once"_s,
                    [&context](const Call &call, Endpoint::Answer answer) {
                        trySensor(context, call, std::move(answer));
                    });
    routes.addLater(Verb::Get, u"/api/v1/timers/views/state"_s,
                    [&context](const Call &, Endpoint::Answer answer) {
                        readTimers(context, std::move(answer));
                    });
}

} // namespace stormglass
