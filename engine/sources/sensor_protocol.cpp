#include "engine/sources/sensor_protocol.h"

#include "engine/base/json.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Deep enough for any payload, and no deeper.
constexpr int payloadDepth = 100;

tl::unexpected<Error> unreadable(const QString &why)
{
    return failure(ErrorCode::Invalid, why);
}

QByteArray lineOf(const Value &message)
{
    return QByteArray::fromStdString(writeJson(message)) + '\n';
}

// A ref, or what add_trigger was given.
Result<> nameTrigger(Event &event, const Value &trigger)
{
    if (trigger.isText()) {
        event.trigger = Ref::fromText(trigger.toQString());
    } else if (const std::optional<Id> id = Id::fromText(trigger["id"].toQStringOr({}))) {
        event.triggerId = *id;
        event.trigger = Ref::fromText(trigger["ref"].toQStringOr({}));
    } else if (trigger["type"].isText()) {
        event.trigger = Ref::fromText(trigger["type"].toQString());
        event.parameters = trigger["parameters"];
    } else {
        event.trigger = Ref::fromText(trigger["ref"].toQStringOr({}));
    }
    if (event.trigger.isEmpty() && event.triggerId.isNull())
        return unreadable(u"an event without a trigger"_s);
    return {};
}

Result<SensorMessage> readEvent(const Value &json)
{
    SensorMessage message;
    message.kind = SensorMessage::Kind::Event;
    message.number = json["number"].toIntOr(0);
    if (message.number < 0)
        return unreadable(u"an event with the number %1"_s.arg(message.number));
    SG_TRY(nameTrigger(message.event, json["trigger"]));
    message.event.payload = json["payload"];
    const Value &trace = json["trace_context"];
    message.event.traceTag = trace["trace_tag"].toQStringOr({});
    message.event.trace = Id::fromText(trace["id_"].toQStringOr({})).value_or(Id());
    return message;
}

} // namespace

Result<SensorMessage> readSensorMessage(QByteArrayView line)
{
    JsonLimits limits;
    limits.depth = payloadDepth;
    SG_LET(const Value json,
           readJson({line.data(), static_cast<std::size_t>(line.size())}, limits));
    const Value &type = json["type"];
    if (type == Value("event"))
        return readEvent(json);
    SensorMessage message;
    if (type == Value("ready")) {
        message.answersPings = json["pings"].toBoolOr(false);
        return message;
    }
    if (type == Value("pong")) {
        message.kind = SensorMessage::Kind::Pong;
        message.busy = std::chrono::seconds(std::max<std::int64_t>(json["busy"].toIntOr(0), 0));
        return message;
    }
    if (type != Value("failed"))
        return unreadable(u"a message that is none"_s);
    message.kind = SensorMessage::Kind::Failed;
    message.reason = json["message"].toQStringOr({});
    message.traceback = json["traceback"].toQStringOr({});
    return message;
}

QByteArray startLine(const SensorSpec &spec, const SensorSettings &settings,
                     const std::vector<Trigger> &triggers, SensorStart start)
{
    ValueList triggerList;
    for (const Trigger &trigger : triggers)
        triggerList.push_back(toJson(trigger));
    Value message = Value::map({{"type", "start"},
                                {"pack", spec.type.ref.pack},
                                {"file", spec.type.artifact},
                                {"class", spec.type.className},
                                {"config", spec.config},
                                {"triggers", std::move(triggerList)},
                                {"window", settings.window},
                                {"log_level", spec.logLevel}});
    if (start == SensorStart::Paused)
        message.set("paused", true);
    if (start == SensorStart::Once)
        message.set("once", true);
    if (!spec.instance.isEmpty())
        message.set("instance", spec.instance);
    if (!spec.configFile.isEmpty())
        message.set("config_file", spec.configFile);
    if (spec.type.pollInterval)
        message.set("poll_interval", *spec.type.pollInterval);
    return lineOf(message);
}

QByteArray triggerLine(TriggerChange change, const Trigger &trigger)
{
    const char *type = change == TriggerChange::Added ? "add_trigger"
        : change == TriggerChange::Updated            ? "update_trigger"
                                                      : "remove_trigger";
    return lineOf(Value::map({{"type", type}, {"trigger", toJson(trigger)}}));
}

QByteArray ackLine(std::int64_t number)
{
    return lineOf(Value::map({{"type", "ack"}, {"number", number}}));
}

QByteArray pauseLine(bool isPaused)
{
    return lineOf(Value::map({{"type", isPaused ? "pause" : "resume"}}));
}

QByteArray pingLine()
{
    return lineOf(Value::map({{"type", "ping"}}));
}

} // namespace stormglass
