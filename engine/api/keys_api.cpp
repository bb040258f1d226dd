#include "engine/api/listing.h"
#include "engine/api/write_context.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

const QString systemScope = u"st2kv.system"_s;
const QString userScope = u"st2kv.user"_s;

// Where a name stands: its scope, and in user scope the user in front.
struct Place
{
    QString scope = systemScope;
    QString name;
};

Result<Place> placeOf(const Call &call, const QString &name, const QString &scope,
                      const QString &user)
{
    const bool isUsers
        = scope == u"user" || scope == userScope || (scope.isEmpty() && !user.isEmpty());
    const bool isKnown = isUsers || scope.isEmpty() || scope == u"system" || scope == systemScope
        || scope == u"all";
    if (!isKnown)
        return failure(ErrorCode::Invalid, u"Invalid scope: %1"_s.arg(scope));
    if (!isUsers)
        return Place{systemScope, name};
    return Place{userScope, (user.isEmpty() ? call.caller.user : user) + u':' + name};
}

// As shown: cipher text for what is secret, unless it is asked for in clear.
Result<Value> documentOf(WriteContext &context, const Call &call, KeyValue keyValue)
{
    SG_LET(const auto inClear, flagOf(call.request, u"decrypt"_s));
    const bool isSecret = keyValue.isEncrypted;
    if (isSecret && inClear.value_or(false)) {
        SG_LET(keyValue.value, context.decrypt(keyValue.value));
        keyValue.isEncrypted = false;
    }
    Value document = toJson(keyValue);
    document.set("secret", isSecret);
    return document;
}

tl::unexpected<Error> noSuchKey(const QString &name)
{
    return failure(ErrorCode::NotFound,
                   u"The key \"%1\" does not exist in the StackStorm datastore."_s.arg(name));
}

Result<Response> listKeys(WriteContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    const QString scope = call.request.queryValue(u"scope"_s);
    SG_LET(const Place place, placeOf(call, {}, scope, call.request.queryValue(u"user"_s)));
    std::vector<KeyFilter> filters{
        {place.scope, place.name + call.request.queryValue(u"prefix"_s), {}}};
    // System first, then the caller's own.
    if (scope == u"all")
        filters.push_back(
            {userScope, call.caller.user + u':' + call.request.queryValue(u"prefix"_s), {}});
    Value items = Value::list();
    for (const KeyFilter &filter : filters) {
        SG_LET(const std::vector<KeyValue> found,
               context.keys.list(filter, context.clock.now(),
                                 static_cast<int>(paging.limit.value_or(100'000)), paging.offset));
        for (const KeyValue &keyValue : found) {
            SG_LET(const Value document, documentOf(context, call, keyValue));
            items.append(document);
        }
    }
    return documentResponse(items);
}

Result<Response> oneKey(WriteContext &context, const Call &call)
{
    SG_LET(const Place place,
           placeOf(call, call.arguments[0], call.request.queryValue(u"scope"_s),
                   call.request.queryValue(u"user"_s)));
    SG_LET(const auto found, context.keys.find(place.scope, place.name, context.clock.now()));
    if (!found)
        return noSuchKey(call.arguments[0]);
    SG_LET(const Value document, documentOf(context, call, *found));
    return documentResponse(document);
}

Result<> raise(WriteContext &context, const char *event, Value payload)
{
    Event raised;
    raised.trigger = {u"core"_s, u"st2.key_value_pair."_s + QLatin1String(event)};
    raised.payload = std::move(payload);
    SG_TRY(context.intake.take(std::move(raised), PayloadCheck::Trusted));
    return {};
}

Result<> raiseChange(WriteContext &context, const std::optional<KeyValue> &before,
                     const KeyValue &after)
{
    const Value object = toJson(after);
    if (!before)
        return raise(context, "create", Value::map({{"object", object}}));
    SG_TRY(raise(context, "update", Value::map({{"object", object}})));
    if (before->value == after.value)
        return {};
    return raise(context, "value_change",
                 Value::map({{"old_object", toJson(*before)}, {"new_object", object}}));
}

Result<Response> keySet(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    if (!body["value"].isText())
        return failure(ErrorCode::Invalid, u"'value' is a required property"_s);
    const QString scope = body["scope"].toQStringOr(call.request.queryValue(u"scope"_s));
    SG_LET(const Place place,
           placeOf(call, call.arguments[0], scope, body["user"].toQStringOr({})));
    SG_LET(const auto before, context.keys.find(place.scope, place.name, context.clock.now()));
    KeyValue keyValue;
    keyValue.id = before ? before->id : context.ids.make();
    keyValue.scope = place.scope;
    keyValue.name = place.name;
    keyValue.value = body["value"].toQString();
    keyValue.description = body["description"].toQStringOr({});
    const bool isCipherText = body["encrypted"].toBoolOr(false);
    keyValue.isEncrypted = isCipherText || body["secret"].toBoolOr(false);
    if (isCipherText) {
        if (!context.decrypt(keyValue.value))
            return failure(
                ErrorCode::Invalid,
                u"Failed to verify the integrity of the provided value for key \"%1\". Ensure that "
                "the value is encrypted with the correct key and not corrupted."_s.arg(
                    call.arguments[0]));
    } else if (keyValue.isEncrypted) {
        SG_LET(keyValue.value, context.encrypt(keyValue.value));
    }
    if (const Value &ttl = body["ttl"]; ttl.isInt() && ttl.toInt() > 0)
        keyValue.expires = context.clock.now() + std::chrono::seconds(ttl.toInt());
    SG_TRY(context.keys.set(keyValue, context.clock.now()));
    SG_TRY(raiseChange(context, before, keyValue));
    SG_LET(const Value document, documentOf(context, call, keyValue));
    return documentResponse(document);
}

Result<Response> keyRemoved(WriteContext &context, const Call &call)
{
    SG_LET(const Place place,
           placeOf(call, call.arguments[0], call.request.queryValue(u"scope"_s),
                   call.request.queryValue(u"user"_s)));
    SG_LET(const auto before, context.keys.find(place.scope, place.name, context.clock.now()));
    if (!before)
        return noSuchKey(call.arguments[0]);
    SG_TRY(context.keys.remove(place.scope, place.name, context.clock.now()));
    SG_TRY(raise(context, "delete", Value::map({{"object", toJson(*before)}})));
    return Response{204, Value()};
}

} // namespace

void addKeyRequests(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Get, u"/api/v1/keys"_s,
               [&context](const Call &call) { return listKeys(context, call); });
    routes.add(Verb::Get, u"/api/v1/keys/{name}"_s,
               [&context](const Call &call) { return oneKey(context, call); });
    routes.add(Verb::Put, u"/api/v1/keys/{name}"_s,
               [&context](const Call &call) { return keySet(context, call); });
    routes.add(Verb::Delete, u"/api/v1/keys/{name}"_s,
               [&context](const Call &call) { return keyRemoved(context, call); });
}

} // namespace stormglass
