#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/write_context.h"
#include "engine/packs/content_files.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Result<TriggerType> typeAt(WriteContext &context, const QString &refOrId)
{
    const auto id = idIn(refOrId);
    SG_LET(std::optional<TriggerType> type,
           id ? context.stores.triggers.type(*id)
              : context.stores.triggers.type(Ref::fromText(refOrId)));
    if (!type)
        return notFound(refOrId);
    return std::move(*type);
}

Result<> expectNotCore(const QString &pack)
{
    if (pack == u"core"_s)
        return failure(ErrorCode::Invalid,
                       u"Resources belonging to system level packs can't be manipulated"_s);
    return {};
}

// From a body, as from a file of the pack it names.
Result<TriggerType> typeFrom(const Value &body)
{
    if (!body.isMap() || !body["pack"].isText())
        return failure({ErrorCode::Invalid, u"'pack' is a required property"_s,
                        u"ValidationError"_s, u"pack"_s});
    return triggerTypeFromFile({{}, body, {}});
}

Result<Response> typeCreated(WriteContext &context, const Call &call)
{
    SG_LET(const TriggerType type, typeFrom(call.request.body));
    SG_TRY(expectNotCore(type.ref.pack));
    SG_LET(const std::optional<TriggerType> known, context.stores.triggers.type(type.ref));
    if (known)
        return failure(ErrorCode::Conflict,
                       u"There is a trigger type \"%1\" already, with the id \"%2\"."_s.arg(
                           type.ref.text(), known->id.text()));
    SG_TRY(context.triggerRegistry.saveType(type));
    SG_LET(const TriggerType made, typeAt(context, type.ref.text()));
    return documentResponse(toJson(made), 201);
}

Result<Response> typeReplaced(WriteContext &context, const Call &call)
{
    SG_LET(const TriggerType known, typeAt(context, call.arguments[0]));
    SG_TRY(expectNotCore(known.ref.pack));
    SG_LET(TriggerType type, typeFrom(call.request.body));
    if (type.ref != known.ref)
        return failure(ErrorCode::Invalid,
                       u"A trigger type keeps its name: it is \"%1\", not \"%2\"."_s.arg(
                           known.ref.text(), type.ref.text()));
    type.metadataFile = known.metadataFile;
    SG_TRY(context.triggerRegistry.saveType(type));
    SG_LET(const TriggerType made, typeAt(context, type.ref.text()));
    return documentResponse(toJson(made));
}

// What a rule listens to does not go from under it.
Result<> expectUnused(WriteContext &context, const std::vector<Trigger> &triggers)
{
    for (const Trigger &trigger : triggers) {
        SG_LET(const std::vector<Rule> rules, context.stores.rules.ofTrigger(trigger.id));
        if (!rules.empty())
            return failure(
                ErrorCode::Conflict,
                u"The rule \"%1\" listens to the trigger \"%2\": remove the rule first."_s.arg(
                    rules.front().ref.text(), trigger.ref.text()));
    }
    return {};
}

Result<Response> typeRemoved(WriteContext &context, const Call &call)
{
    SG_LET(const TriggerType type, typeAt(context, call.arguments[0]));
    SG_TRY(expectNotCore(type.ref.pack));
    SG_LET(const std::vector<Trigger> triggers, context.stores.triggers.ofType(type.ref));
    SG_TRY(expectUnused(context, triggers));
    SG_TRY(context.triggerRegistry.removeType(type));
    return documentResponse(Value(), 204);
}

Result<Trigger> triggerAt(WriteContext &context, const QString &idText)
{
    const auto id = Id::fromText(idText);
    SG_LET(std::optional<Trigger> trigger,
           id ? context.stores.triggers.find(*id) : Result<std::optional<Trigger>>(std::nullopt));
    if (!trigger)
        return notFound(idText);
    return std::move(*trigger);
}

Result<Trigger> triggerFrom(const Value &body)
{
    for (const char *name : {"name", "pack", "type"}) {
        if (!body.isMap() || !body[name].isText() || body[name] == Value(""))
            return failure({ErrorCode::Invalid,
                            u"'%1' is a required property"_s.arg(QLatin1String(name)),
                            u"ValidationError"_s, QLatin1String(name)});
    }
    if (!body["parameters"].isMap() && !body["parameters"].isNull())
        return failure({ErrorCode::Invalid, u"'parameters' must be an object"_s,
                        u"ValidationError"_s, u"parameters"_s});
    Trigger trigger;
    trigger.ref = {body["pack"].toQString(), body["name"].toQString()};
    trigger.type = Ref::fromText(body["type"].toQString());
    trigger.description = body["description"].toQStringOr({});
    if (body["parameters"].isMap())
        trigger.parameters = body["parameters"];
    return trigger;
}

Result<Response> triggerCreated(WriteContext &context, const Call &call)
{
    SG_LET(const Trigger trigger, triggerFrom(call.request.body));
    SG_LET(const Trigger made, context.triggerRegistry.add(trigger));
    return documentResponse(toJson(made), 201);
}

Result<Response> triggerReplaced(WriteContext &context, const Call &call)
{
    SG_LET(const Trigger known, triggerAt(context, call.arguments[0]));
    SG_LET(Trigger trigger, triggerFrom(call.request.body));
    trigger.id = known.id;
    trigger.references = known.references;
    // Rules that use it ask for its type and parameters.
    if (trigger.type != known.type || trigger.parameters != known.parameters
        || trigger.ref != known.ref)
        SG_TRY(expectUnused(context, {known}));
    SG_TRY(context.triggerRegistry.replace(known, trigger));
    return documentResponse(toJson(trigger));
}

Result<Response> triggerRemoved(WriteContext &context, const Call &call)
{
    SG_LET(const Trigger trigger, triggerAt(context, call.arguments[0]));
    SG_TRY(expectUnused(context, {trigger}));
    SG_TRY(context.triggerRegistry.remove(trigger));
    return documentResponse(Value(), 204);
}

} // namespace

void addTriggerWrites(Routes &routes, WriteContext &context)
{
    using Write = Result<Response> (*)(WriteContext &, const Call &);
    const auto add = [&](Verb verb, const QString &path, Write write) {
        routes.add(verb, u"/api/v1/"_s + path,
                   [&context, write](const Call &call) { return write(context, call); });
    };
    add(Verb::Post, u"triggertypes"_s, typeCreated);
    add(Verb::Put, u"triggertypes/{ref}"_s, typeReplaced);
    add(Verb::Delete, u"triggertypes/{ref}"_s, typeRemoved);
    add(Verb::Post, u"triggers"_s, triggerCreated);
    add(Verb::Put, u"triggers/{id}"_s, triggerReplaced);
    add(Verb::Delete, u"triggers/{id}"_s, triggerRemoved);
}

} // namespace stormglass
