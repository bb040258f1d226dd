#include "engine/packs/builtin_trigger_types.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Value object(Value properties, bool allowsMore)
{
    return Value::map({{"type", "object"},
                       {"properties", std::move(properties)},
                       {"additionalProperties", allowsMore}});
}

Value typed(const char *type)
{
    return Value::map({{"type", type}});
}

Value requiredText()
{
    return Value::map({{"type", "string"}, {"required", true}});
}

// `type: [string, integer]`, in a range.
Value cronField(int least, int most)
{
    return Value::map(
        {{"anyOf",
          Value::list(
              {Value::map({{"type", "string"}}),
               Value::map({{"type", "integer"}, {"minimum", least}, {"maximum", most}})})}});
}

TriggerType builtin(const char *name, const char *description, Value payloadSchema,
                    Value parametersSchema = Value::map())
{
    TriggerType type;
    type.ref = {u"core"_s, QLatin1String(name)};
    type.description = QLatin1String(description);
    type.payloadSchema = std::move(payloadSchema);
    type.parametersSchema = std::move(parametersSchema);
    return type;
}

Value timerPayload()
{
    return Value::map(
        {{"type", "object"},
         {"properties",
          Value::map(
              {{"executed_at",
                Value::map({{"type", "string"},
                            {"format", "date-time"},
                            {"default", "2014-07-30 05:04:24.578325"}})},
               {"schedule",
                Value::map({{"type", "object"},
                            {"default", Value::map({{"delta", 30}, {"units", "seconds"}})}})}})}});
}

// A timer's parameters, and the two of ours: what becomes of firings that were missed, and when one
// counts as missed.
Value timerParameters(Value properties)
{
    properties.set("timezone", typed("string"));
    properties.set(
        "catch_up",
        Value::map(
            {{"type", "string"},
             {"enum", Value::list({"skip", "once", "all"})},
             {"description",
              "What becomes of firings that were missed: skip (the default), once for the last "
              "one, or all."}}));
    properties.set(
        "misfire_grace_time",
        Value::map(
            {{"type", "integer"},
             {"minimum", 1},
             {"description",
              "Seconds after which a firing that is late counts as missed; 1 by default."}}));
    return object(std::move(properties), false);
}

std::vector<TriggerType> timers()
{
    return {
        builtin("st2.IntervalTimer", "Triggers on specified intervals. e.g. every 30s, 1week etc.",
                timerPayload(),
                timerParameters(Value::map(
                    {{"unit",
                      Value::map(
                          {{"enum", Value::list({"weeks", "days", "hours", "minutes", "seconds"})},
                           {"required", true}})},
                     {"delta", Value::map({{"type", "integer"}, {"required", true}})}}))),
        builtin("st2.DateTimer",
                "Triggers exactly once when the current time matches the specified time.",
                timerPayload(),
                timerParameters(Value::map(
                    {{"date",
                      Value::map(
                          {{"type", "string"}, {"format", "date-time"}, {"required", true}})}}))),
        builtin("st2.CronTimer",
                "Triggers whenever current time matches the specified time constraints like a UNIX "
                "cron scheduler.",
                timerPayload(),
                timerParameters(Value::map(
                    {{"year",
                      Value::map({{"anyOf", Value::list({typed("string"), typed("integer")})}})},
                     {"month", cronField(1, 12)},
                     {"day", cronField(1, 31)},
                     {"week", cronField(1, 53)},
                     {"day_of_week", cronField(0, 6)},
                     {"hour", cronField(0, 23)},
                     {"minute", cronField(0, 59)},
                     {"second", cronField(0, 59)}}))),
    };
}

TriggerType webhook()
{
    return builtin(
        "st2.webhook", "Trigger type for registering webhooks that can consume arbitrary payload.",
        Value::map(
            {{"type", "object"},
             {"properties",
              Value::map(
                  {{"headers", typed("object")},
                   {"body",
                    Value::map({{"anyOf", Value::list({typed("array"), typed("object")})}})}})}}),
        object(Value::map({{"url", requiredText()}}), false));
}

// Properties without types, as StackStorm declares them.
Value untyped(std::initializer_list<const char *> names)
{
    Value properties = Value::map();
    for (const char *name : names)
        properties.set(name, Value::map());
    return Value::map({{"type", "object"}, {"properties", properties}});
}

std::vector<TriggerType> engineEvents()
{
    return {
        builtin("st2.generic.actiontrigger", "Raised when an execution has completed.",
                untyped({"execution_id", "status", "start_timestamp", "action_name", "action_ref",
                         "runner_ref", "parameters", "result"})),
        builtin("st2.generic.notifytrigger",
                "Raised for each route of an execution's notify section.",
                untyped({"execution_id", "status", "start_timestamp", "end_timestamp", "action_ref",
                         "runner_ref", "channel", "route", "message", "data"})),
        builtin("st2.generic.inquiry", "Raised when an execution waits for a person's answer.",
                object(Value::map({{"id", requiredText()}, {"route", requiredText()}}), false)),
        builtin("st2.action.file_written",
                "Raised when a file of an action was written through the API.",
                untyped({"ref", "file_path", "host_info"})),
        builtin("st2.sensor.process_spawn", "Raised when a sensor's process has started.",
                untyped({"object"})),
        builtin("st2.sensor.process_exit", "Raised when a sensor's process has ended by itself.",
                untyped({"object"})),
        builtin("st2.key_value_pair.create", "Raised when a key is made.", untyped({"object"})),
        builtin("st2.key_value_pair.update", "Raised when a key is set.", untyped({"object"})),
        builtin("st2.key_value_pair.value_change", "Raised when the value of a key changes.",
                untyped({"old_object", "new_object"})),
        builtin("st2.key_value_pair.delete", "Raised when a key is deleted.", untyped({"object"})),
    };
}

} // namespace

std::vector<TriggerType> builtinTriggerTypes()
{
    std::vector<TriggerType> types = timers();
    types.push_back(webhook());
    const std::vector<TriggerType> events = engineEvents();
    types.insert(types.end(), events.begin(), events.end());
    return types;
}

} // namespace stormglass
