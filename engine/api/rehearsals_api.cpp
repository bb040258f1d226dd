#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/api/rehearsal_desk.h"
#include "engine/api/write_context.h"
#include "engine/base/timestamp.h"
#include "engine/rules/rule_problems.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr std::int64_t eventsAtMost = 100'000'000;
constexpr std::int64_t marksByDefault = 50;
constexpr std::int64_t marksAtMost = 1'000;
constexpr std::int64_t renderedByDefault = 20;
constexpr std::int64_t renderedAtMost = 200;

// Leaves open what a draft need not have yet: a name and an action.
Result<Rule> draftFrom(Value body)
{
    if (!body.isMap())
        return failure(ErrorCode::Invalid,
                       u"\"rule\" must be a rule as POST /rules takes it, or the ref of one."_s);
    if (body["pack"].toQStringOr({}).isEmpty())
        body.set("pack", "default");
    if (body["name"].toQStringOr({}).isEmpty())
        body.set("name", "draft");
    const bool hasAction = !body["action"]["ref"].toQStringOr({}).isEmpty();
    if (!hasAction)
        body.set("action", Value::map({{"ref", "core.noop"}}));
    SG_LET(Rule draft, ruleFromJson(body));
    if (!hasAction)
        draft.action = {};
    if (const std::optional<Error> refusal = refusalFrom(criteriaProblems(draft.criteria)))
        return failure(*refusal);
    return draft;
}

Result<std::optional<Timestamp>> momentOf(const Value &body, const char *name)
{
    const Value &text = body[name];
    if (text.isNull())
        return std::nullopt;
    const Result<Timestamp> moment
        = text.isText() ? timestampFromIso(text.text()) : failure(ErrorCode::Invalid, QString());
    if (!moment)
        return failure(
            ErrorCode::Invalid,
            u"\"%1\" must be a time such as 2024-04-06T01:15:06Z."_s.arg(QLatin1String(name)));
    return std::optional(*moment);
}

Result<std::int64_t> numberOf(const Value &body, const char *name, std::int64_t fallback,
                              std::int64_t most)
{
    const Value &number = body[name];
    if (number.isNull())
        return fallback;
    const std::int64_t given = number.toIntOr(-1);
    if (given < 0 || given > most)
        return failure(
            ErrorCode::Invalid,
            u"\"%1\" must be a whole number from 0 to %2."_s.arg(QLatin1String(name)).arg(most));
    return given;
}

Result<std::optional<Rule>> savedVersion(WriteContext &context, const Value &rule,
                                         const Rule &draft)
{
    const auto id = Id::fromText(rule["id"].toQStringOr({}));
    return id ? context.stores.rules.find(*id) : context.stores.rules.find(draft.ref);
}

// Finds the trigger whose events are asked, and what the draft is compared with.
Result<> addSetting(WriteContext &context, const Value &rule, RehearsalOrder &order)
{
    Event event;
    event.trigger = order.draft.triggerType;
    event.parameters = order.draft.triggerParameters;
    const TriggerPointer trigger = context.triggers.find(event);
    const TriggerType *type = context.triggers.type(order.draft.triggerType);
    if (!type)
        return failure(ErrorCode::Invalid,
                       u"There is no trigger type \"%1\"."_s.arg(order.draft.triggerType.text()));
    order.payloadSchema = type->payloadSchema;
    order.trigger = trigger ? trigger->id : Id();
    if (!trigger)
        order.report.message = u"No rule has used this trigger with these parameters yet, so "
                               "nothing is recorded of it."_s;
    SG_LET(order.saved, savedVersion(context, rule, order.draft));
    if (order.saved && order.saved->trigger != order.trigger) {
        order.report.message
            = u"The saved version listens to another trigger, so it is not compared."_s;
        order.saved.reset();
    }
    // A draft of a saved rule is that rule to its action.
    if (order.saved)
        order.draft.id = order.saved->id;
    order.report.isCompared = order.saved.has_value();
    return {};
}

Result<RehearsalOrder> orderFrom(WriteContext &context, const Value &body)
{
    if (!body.isMap())
        return failure(ErrorCode::Invalid, u"Input body needs to be an object."_s);
    Value rule = body["rule"];
    if (rule.isText()) {
        SG_LET(const std::optional<Rule> known,
               context.stores.rules.find(Ref::fromText(rule.toQString())));
        if (!known)
            return notFound(rule.toQString());
        rule = toJson(*known);
    }
    RehearsalOrder order;
    SG_LET(order.draft, draftFrom(rule));
    SG_LET(order.report.from, momentOf(body, "from"));
    SG_LET(order.report.to, momentOf(body, "to"));
    SG_LET(order.limit, numberOf(body, "limit", eventsAtMost, eventsAtMost));
    SG_LET(const std::int64_t marks, numberOf(body, "marks", marksByDefault, marksAtMost));
    SG_LET(const std::int64_t rendered,
           numberOf(body, "parameters", renderedByDefault, renderedAtMost));
    if (order.report.from && order.report.to && *order.report.from > *order.report.to)
        return failure(ErrorCode::Invalid, u"\"from\" must not be after \"to\"."_s);
    order.marks = static_cast<std::size_t>(marks);
    order.rendered = static_cast<std::size_t>(rendered);
    order.report.id = context.ids.make();
    order.report.rule = order.draft.ref;
    order.report.triggerType = order.draft.triggerType;
    order.report.started = context.clock.now();
    SG_TRY(addSetting(context, rule, order));
    return order;
}

Result<Id> rehearsalAt(const Call &call)
{
    const auto id = Id::fromText(call.arguments[0]);
    if (!id)
        return notFound(call.arguments[0]);
    return *id;
}

} // namespace

void addRehearsalRequests(Routes &routes, WriteContext &context)
{
    routes.add(Verb::Post, u"/api/v1/rules/rehearse"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const RehearsalOrder order, orderFrom(context, call.request.body));
                   SG_LET(const RehearsalReport begun, context.rehearsals.start(order));
                   return documentResponse(toJson(begun), 202);
               });
    routes.add(Verb::Get, u"/api/v1/rehearsals"_s, [&context](const Call &) -> Result<Response> {
        Value list = Value::list();
        for (const RehearsalReport &report : context.rehearsals.all())
            list.append(toJson(report));
        return documentResponse(list);
    });
    routes.add(Verb::Get, u"/api/v1/rehearsals/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const Id id, rehearsalAt(call));
                   SG_LET(const RehearsalReport report, context.rehearsals.find(id));
                   return documentResponse(toJson(report));
               });
    routes.add(Verb::Delete, u"/api/v1/rehearsals/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const Id id, rehearsalAt(call));
                   SG_LET(const RehearsalReport report, context.rehearsals.cancel(id));
                   return documentResponse(toJson(report));
               });
}

} // namespace stormglass
