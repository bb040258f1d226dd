#include "engine/api/listing.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// `X-Github-Event`: every word begins with a capital, as StackStorm's server rebuilds names.
QString titleCased(const QString &name)
{
    QString result = name.toLower();
    bool beginsWord = true;
    for (QChar &c : result) {
        if (beginsWord)
            c = c.toUpper();
        beginsWord = c == u'-';
    }
    return result;
}

bool isKeptOut(const QString &lowerName)
{
    return lowerName == u"st2-api-key" || lowerName == u"x-auth-token" || lowerName == u"cookie"
        || lowerName == u"st2-trace-tag";
}

Value payloadOf(const Request &request)
{
    ValueMap headers;
    ValueMap lower;
    for (const auto &[name, value] : request.headers) {
        if (isKeptOut(name))
            continue;
        const Value text(value);
        headers.set(titleCased(name), text);
        lower.set(name, text);
    }
    return Value::map({{"headers", Value(std::move(headers))},
                       {"headers_lower", Value(std::move(lower))},
                       {"body", request.body.isNull() ? Value::map() : request.body}});
}

QString traceTagOf(WriteContext &context, const Request &request, const QString &hook)
{
    const QString given = request.header(u"st2-trace-tag"_s);
    return given.isEmpty() ? u"webhook-%1-%2"_s.arg(hook, context.ids.make().text()) : given;
}

Result<Response> hookCalled(WriteContext &context, const Call &call)
{
    const QString &url = call.arguments[0];
    const std::vector<TriggerPointer> triggers = context.triggers.webhooks(url);
    if (triggers.empty() || url.startsWith(u'/') || url.endsWith(u'/'))
        return failure(ErrorCode::NotFound, u"Webhook %1 not registered with st2"_s.arg(url));
    if (!call.request.body.isNull() && !call.request.body.isMap() && !call.request.body.isList())
        return failure(ErrorCode::Invalid, u"Webhook body needs to be an object or an array"_s);
    const Value payload = payloadOf(call.request);
    // A tag that nobody gave is not worth a row of its own: the trace is found by its event.
    const QString tag = call.request.header(u"st2-trace-tag"_s);
    for (const TriggerPointer &trigger : triggers) {
        Event event;
        event.triggerId = trigger->id;
        event.payload = payload;
        event.traceTag = tag;
        SG_TRY(context.intake.take(std::move(event), PayloadCheck::Checked));
    }
    return documentResponse(call.request.body.isNull() ? Value::map() : call.request.body, 202);
}

// Injection of any trigger: `{trigger: ref, payload: {…}}`.
Result<Response> triggerInjected(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    if (!body.isMap())
        return failure(ErrorCode::Invalid, u"Webhook body needs to be an object, got: array"_s);
    const QString trigger = body["trigger"].toQStringOr({});
    if (trigger.isEmpty())
        return failure(ErrorCode::Invalid, u"Trigger not specified."_s);
    Event event;
    event.trigger = Ref::fromText(trigger);
    event.payload = body["payload"];
    event.traceTag = traceTagOf(context, call.request, u"st2"_s);
    if (!context.triggers.find(event) && context.triggers.type(event.trigger)) {
        // A type whose triggers rules make, and no rule has made this one: StackStorm takes it, and
        // nothing follows.
        SG_TRY(context.intake.checkPayload(event.trigger, trigger, event.payload));
        return documentResponse(body, 202);
    }
    if (!context.triggers.find(event))
        return failure(
            ErrorCode::Invalid,
            u"Trigger payload validation failed and validation is enabled, not dispatching a "
            u"trigger \"%1\": "
            "Trigger type with reference \"%1\" doesn't exist in the database"_s.arg(trigger));
    SG_TRY(context.intake.take(std::move(event), PayloadCheck::Checked));
    return documentResponse(body, 202);
}

Result<Response> emittedAgain(WriteContext &context, const Call &call)
{
    const auto id = Id::fromText(call.arguments[0]);
    const auto missing = [&] {
        return failure(
            ErrorCode::NotFound,
            u"Resource with a reference or id \"%1\" not found"_s.arg(call.arguments[0]));
    };
    if (!id)
        return missing();
    SG_LET(const std::optional<TriggerInstance> instance,
           context.stores.triggerInstances.find(*id));
    if (!instance)
        return missing();
    Event event;
    event.triggerId = instance->triggerId;
    event.trigger = instance->trigger;
    event.payload = instance->payload;
    event.payload.set("__context", Value::map({{"original_id", id->text()}}));
    const Value payload = event.payload;
    SG_TRY(context.intake.take(std::move(event), PayloadCheck::Trusted));
    return documentResponse(
        Value::map({{"message", u"Trigger instance %1 succesfully re-sent."_s.arg(id->text())},
                    {"payload", payload}}));
}

} // namespace

void addWebhookWrites(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Post, u"/api/v1/webhooks/st2"_s,
               [&context](const Call &call) { return triggerInjected(context, call); });
    routes.add(Verb::Post, u"/api/v1/webhooks/{url*}"_s,
               [&context](const Call &call) { return hookCalled(context, call); });
    for (const QString &verb : {u"re_emit"_s, u"re_send"_s})
        routes.add(Verb::Post, u"/api/v1/triggerinstances/{id}/"_s + verb,
                   [&context](const Call &call) { return emittedAgain(context, call); });
}

} // namespace stormglass
