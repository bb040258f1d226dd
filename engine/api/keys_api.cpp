#include "engine/api/listing.h"
#include "engine/api/write_context.h"
#include "engine/base/python_text.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(keysLog, "stormglass.engine.api")

namespace {

const QString systemScope = u"st2kv.system"_s;
const QString userScope = u"st2kv.user"_s;

// Where a name stands: its scope, and in user scope the user in front.
struct Place
{
    QString scope = systemScope;
    QString name;
};

QString fullScope(const QString &scope)
{
    if (scope == u"system" || scope == u"user")
        return u"st2kv."_s + scope;
    return scope;
}

Result<> checkScope(const QString &scope)
{
    const QString full = fullScope(scope);
    if (full.isEmpty() || full == u"all" || full == systemScope || full == userScope)
        return {};
    return failure(ErrorCode::Invalid, u"Invalid scope: %1"_s.arg(scope));
}

// Naming a user means that user's values; only one's own, without roles.
Result<Place> placeOf(const Call &call, const QString &name, const QString &scope,
                      const QString &user)
{
    SG_TRY(checkScope(scope));
    if (!user.isEmpty() && user != call.caller.user)
        return failure(ErrorCode::Denied,
                       u"\"user\" attribute can only be provided by admins when RBAC is enabled"_s);
    const bool isUsers = fullScope(scope) == userScope || !user.isEmpty();
    if (!isUsers)
        return Place{systemScope, name};
    return Place{userScope, call.caller.user + u':' + name};
}

Result<Place> placeInQuery(const Call &call, const QString &name)
{
    return placeOf(call, name, call.request.queryValue(u"scope"_s),
                   call.request.queryValue(u"user"_s));
}

Result<QString> inClear(WriteContext &context, const Call &call, const KeyValue &keyValue)
{
    Result<QString> text = context.decrypt(keyValue.value);
    if (!text)
        return text;
    // Who saw a secret must be found later.
    qCInfo(keysLog).noquote() << "User" << call.caller.user << "decrypted the value of"
                              << keyValue.scope + u':' + keyValue.name;
    return text;
}

// As shown: cipher text for what is secret, unless it is asked for in clear.
Result<Value> documentOf(WriteContext &context, const Call &call, KeyValue keyValue)
{
    SG_LET(const auto decrypts, flagOf(call.request, u"decrypt"_s));
    const bool isSecret = keyValue.isEncrypted;
    if (isSecret && decrypts.value_or(false)) {
        SG_LET(keyValue.value, inClear(context, call, keyValue));
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

// System first, then the caller's own; the page is one of each.
Result<std::vector<KeyFilter>> filtersOf(const Call &call)
{
    const QString prefix = call.request.queryValue(u"prefix"_s);
    const QString name = call.request.queryValue(u"name"_s);
    const QString scope = call.request.queryValue(u"scope"_s);
    SG_LET(const Place place, placeInQuery(call, {}));
    const auto of = [&](const QString &inScope, const QString &user) {
        return KeyFilter{inScope, user + prefix, name.isEmpty() ? QString() : user + name};
    };
    std::vector<KeyFilter> filters{of(place.scope, place.name)};
    if (scope == u"all" && place.scope == systemScope)
        filters.push_back(of(userScope, call.caller.user + u':'));
    return filters;
}

Result<Response> listKeys(WriteContext &context, const Call &call)
{
    SG_LET(const Paging paging, pagingOf(call.request, 100));
    SG_LET(const std::vector<KeyFilter> filters, filtersOf(call));
    SG_LET(const auto decrypts, flagOf(call.request, u"decrypt"_s));
    const bool isOwn = filters.size() == 1 && filters.front().scope == userScope;
    if (decrypts.value_or(false) && !call.caller.isAdmin && !isOwn)
        return failure(ErrorCode::Denied, u"Decrypt option requires administrator access"_s);
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
    SG_LET(const Place place, placeInQuery(call, call.arguments[0]));
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

Result<> expectMember(const Value &body, const char *name, Value::Kind kind, const char *type)
{
    const Value &member = body[name];
    if (member.isNull() || member.kind() == kind)
        return {};
    return failure(ErrorCode::Invalid,
                   u"%1 is not of type '%2' (\"%3\" of the key)"_s.arg(
                       QString::fromStdString(pythonRepr(member)), QLatin1String(type),
                       QLatin1String(name)));
}

Result<> checkBody(const Value &body)
{
    using Kind = Value::Kind;
    if (!body.isMap())
        return failure(ErrorCode::Invalid, u"Input body needs to be an object."_s);
    if (body["value"].isNull())
        return failure(ErrorCode::Invalid, u"'value' is a required property"_s);
    for (const char *text : {"value", "name", "description", "scope", "user"})
        SG_TRY(expectMember(body, text, Kind::Text, "string"));
    for (const char *flag : {"secret", "encrypted"})
        SG_TRY(expectMember(body, flag, Kind::Bool, "boolean"));
    return expectMember(body, "ttl", Kind::Int, "integer");
}

Result<> takeValue(WriteContext &context, const Call &call, KeyValue &keyValue)
{
    const Value &body = call.request.body;
    const bool isCipherText = body["encrypted"].toBoolOr(false);
    keyValue.value = body["value"].toQString();
    keyValue.isEncrypted = isCipherText || body["secret"].toBoolOr(false);
    if (!isCipherText) {
        if (keyValue.isEncrypted) {
            SG_LET(keyValue.value, context.encrypt(keyValue.value));
        }
        return {};
    }
    if (!call.caller.isAdmin)
        return failure(ErrorCode::Denied, u"Pre-encrypted option requires administrator access"_s);
    if (!context.decrypt(keyValue.value))
        return failure(
            ErrorCode::Invalid,
            u"Failed to verify the integrity of the provided value for key \"%1\". Ensure that "
            "the value is encrypted with the correct key and not corrupted."_s.arg(
                call.arguments[0]));
    return {};
}

// Without a time to live, one set earlier is taken back.
std::optional<Timestamp> expiryOf(const Value &ttl, Timestamp now)
{
    constexpr std::int64_t longest = 100LL * 366 * 24 * 3600;
    if (ttl.toIntOr(0) <= 0)
        return std::nullopt;
    return now + std::chrono::seconds(std::min(ttl.toInt(), longest));
}

Result<Response> keySet(WriteContext &context, const Call &call)
{
    const Value &body = call.request.body;
    SG_TRY(checkBody(body));
    const QString scope = body["scope"].toQStringOr(call.request.queryValue(u"scope"_s));
    SG_LET(const Place place,
           placeOf(call, call.arguments[0], scope, body["user"].toQStringOr({})));
    SG_LET(const auto before, context.keys.find(place.scope, place.name, context.clock.now()));
    KeyValue keyValue;
    keyValue.id = before ? before->id : context.ids.make();
    keyValue.scope = place.scope;
    keyValue.name = place.name;
    keyValue.description = body["description"].toQStringOr({});
    keyValue.expires = expiryOf(body["ttl"], context.clock.now());
    SG_TRY(takeValue(context, call, keyValue));
    SG_TRY(context.keys.set(keyValue, context.clock.now()));
    SG_TRY(raiseChange(context, before, keyValue));
    SG_LET(const Value document, documentOf(context, call, keyValue));
    return documentResponse(document);
}

Result<Response> keyRemoved(WriteContext &context, const Call &call)
{
    SG_LET(const Place place, placeInQuery(call, call.arguments[0]));
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
    routes.add(Verb::Get, u"/api/v1/keys/{name*}"_s,
               [&context](const Call &call) { return oneKey(context, call); });
    routes.add(Verb::Put, u"/api/v1/keys/{name*}"_s,
               [&context](const Call &call) { return keySet(context, call); });
    routes.add(Verb::Delete, u"/api/v1/keys/{name*}"_s,
               [&context](const Call &call) { return keyRemoved(context, call); });
}

} // namespace stormglass
