#include "engine/api/content_list.h"
#include "engine/api/listing.h"
#include "engine/api/read_context.h"
#include "engine/packs/missing_content.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Value mergedDocument(const CatalogueEntry &entry)
{
    Value document = entry.actionDocument;
    document.set("parameters", entry.parameters);
    return document;
}

Result<Response> entryPoint(ReadContext &context, const QString &refOrId)
{
    SG_LET(const std::optional<Action> action, findIn(context.stores.actions, refOrId));
    if (!action)
        return notFound(refOrId);
    SG_LET(const CatalogueEntryPointer entry, context.catalogue.find(action->ref));
    const QString base = QFileInfo(entry->packPath).canonicalFilePath();
    const QString path = QFileInfo(base + u"/actions/"_s + action->entryPoint).canonicalFilePath();
    if (action->entryPoint.isEmpty() || path.isEmpty() || !path.startsWith(base + u'/'))
        return failure(ErrorCode::NotFound,
                       u"Action \"%1\" has no entry point file."_s.arg(action->ref.text()));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::NotFound,
                       u"%1 cannot be read: %2"_s.arg(path, file.errorString()));
    Response response;
    response.contentType = path.endsWith(u".yaml") || path.endsWith(u".yml")
        ? u"application/x-yaml"_s
        : path.endsWith(u".py") ? u"text/x-python"_s
                                : u"text/plain"_s;
    response.raw = file.read(4 << 20);
    return response;
}

void addActionReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/actions"_s, [&context](const Call &call) -> Result<Response> {
        SG_LET(const std::vector<Action> actions, context.stores.actions.all());
        return contentList(
            call.request, actions, std::nullopt,
            [&](const Action &action) { return matchesCommon(call.request, action); },
            static_cast<Value (*)(const Action &)>(toJson));
    });
    routes.add(
        Verb::Get, u"/api/v1/actions/views/overview"_s,
        [&context](const Call &call) -> Result<Response> {
            SG_LET(const std::vector<Action> actions, context.stores.actions.all());
            SG_LET(const Paging paging, pagingOf(call.request, std::nullopt));
            SG_LET(const Attributes attributes, Attributes::of(call.request, {u"id"_s, u"ref"_s}));
            ValueList items;
            for (const Action &action : actions) {
                const Result<CatalogueEntryPointer> entry = context.catalogue.find(action.ref);
                if (matchesCommon(call.request, action))
                    items.push_back(
                        attributes.applied(entry ? mergedDocument(**entry) : toJson(action)));
            }
            const auto total = static_cast<std::int64_t>(items.size());
            return listResponse(std::move(items), total, paging);
        });
    routes.add(Verb::Get, u"/api/v1/actions/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::optional<Action> action,
                          findIn(context.stores.actions, call.arguments[0]));
                   if (!action)
                       return notFound(call.arguments[0]);
                   return documentResponse(toJson(*action));
               });
    routes.add(Verb::Get, u"/api/v1/actions/views/overview/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::optional<Action> action,
                          findIn(context.stores.actions, call.arguments[0]));
                   if (!action)
                       return notFound(call.arguments[0]);
                   SG_LET(const CatalogueEntryPointer entry, context.catalogue.find(action->ref));
                   return documentResponse(mergedDocument(*entry));
               });
    routes.add(Verb::Get, u"/api/v1/actions/views/parameters/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::optional<Action> action,
                          findIn(context.stores.actions, call.arguments[0]));
                   if (!action)
                       return notFound(call.arguments[0]);
                   SG_LET(const CatalogueEntryPointer entry, context.catalogue.find(action->ref));
                   return documentResponse(Value::map({{"parameters", entry->parameters}}));
               });
    routes.add(Verb::Get, u"/api/v1/actions/views/entry_point/{ref}"_s,
               [&context](const Call &call) { return entryPoint(context, call.arguments[0]); });
}

void addRunnerTypeReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/runnertypes"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::vector<RunnerType> types, context.stores.runnerTypes.all());
                   return contentList(
                       call.request, types, 100,
                       [&](const RunnerType &type) {
                           const QString name = call.request.queryValue(u"name"_s);
                           return name.isEmpty() || name == type.name;
                       },
                       static_cast<Value (*)(const RunnerType &)>(toJson));
               });
    routes.add(Verb::Get, u"/api/v1/runnertypes/{name}"_s,
               [&context](const Call &call) -> Result<Response> {
                   const QString &name = call.arguments[0];
                   const auto id = idIn(name);
                   SG_LET(const std::optional<RunnerType> type,
                          id ? context.stores.runnerTypes.find(*id)
                             : context.stores.runnerTypes.find(name));
                   if (!type)
                       return notFound(name);
                   return documentResponse(toJson(*type));
               });
}

Value packDocument(const Pack &pack)
{
    Value document = toJson(pack);
    // The web UI cannot do without.
    if (!document.find("files"))
        document.set("files", Value::list());
    return document;
}

// Ours: what of each pack failed to load, and what it needs that is not there.
Result<Response> packHealth(Stores &stores)
{
    SG_LET(std::vector<PackProblem> problems, stores.packs.problems());
    SG_LET(const std::vector<PackProblem> missing,
           missingContent(
               {stores.actions, stores.triggers, stores.rules, stores.aliases, stores.policies}));
    problems.insert(problems.end(), missing.begin(), missing.end());
    std::stable_sort(problems.begin(), problems.end(),
                     [](const PackProblem &a, const PackProblem &b) { return a.pack < b.pack; });
    Value list = Value::list();
    for (const PackProblem &problem : problems)
        list.append(toJson(problem));
    return documentResponse(list);
}

void addPackReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/packs"_s, [&context](const Call &call) -> Result<Response> {
        SG_LET(const std::vector<Pack> packs, context.stores.packs.all());
        return contentList(
            call.request, packs, 100,
            [&](const Pack &pack) {
                const QString ref = call.request.queryValue(u"ref"_s);
                const QString name = call.request.queryValue(u"name"_s);
                return (ref.isEmpty() || ref == pack.ref) && (name.isEmpty() || name == pack.name);
            },
            packDocument);
    });
    // What only the engine's thread knows.
    routes.leave(Verb::Get, u"/api/v1/packs/index"_s);
    routes.leave(Verb::Get, u"/api/v1/packs/operations"_s);
    routes.add(Verb::Get, u"/api/v1/packs/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   const auto id = idIn(call.arguments[0]);
                   SG_LET(const std::optional<Pack> pack,
                          id ? context.stores.packs.find(*id)
                             : context.stores.packs.find(call.arguments[0]));
                   if (!pack)
                       return failure(
                           ErrorCode::NotFound,
                           u"Resource with a ref or id \"%1\" not found"_s.arg(call.arguments[0]));
                   return documentResponse(packDocument(*pack));
               });
    routes.add(Verb::Get, u"/api/v1/packs/views/health"_s,
               [&context](const Call &) { return packHealth(context.stores); });
}

void addTriggerReads(Routes &routes, ReadContext &context)
{
    routes.add(Verb::Get, u"/api/v1/triggertypes"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::vector<TriggerType> types, context.stores.triggers.types());
                   return contentList(
                       call.request, types, 100,
                       [&](const TriggerType &type) { return matchesCommon(call.request, type); },
                       static_cast<Value (*)(const TriggerType &)>(toJson));
               });
    routes.add(Verb::Get, u"/api/v1/triggertypes/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   const auto id = idIn(call.arguments[0]);
                   SG_LET(const std::optional<TriggerType> type,
                          id ? context.stores.triggers.type(*id)
                             : context.stores.triggers.type(Ref::fromText(call.arguments[0])));
                   if (!type)
                       return notFound(call.arguments[0]);
                   return documentResponse(toJson(*type));
               });
    routes.add(Verb::Get, u"/api/v1/triggers"_s, [&context](const Call &call) -> Result<Response> {
        SG_LET(const std::vector<Trigger> triggers, context.stores.triggers.all());
        const QString type = call.request.queryValue(u"type"_s);
        Value list = Value::list();
        for (const Trigger &trigger : triggers) {
            if (type.isEmpty() || trigger.type.text() == type)
                list.append(toJson(trigger));
        }
        return documentResponse(list);
    });
    routes.add(Verb::Get, u"/api/v1/triggers/{id}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::optional<Trigger> trigger,
                          findIn(context.stores.triggers, call.arguments[0]));
                   if (!trigger)
                       return notFound(call.arguments[0]);
                   return documentResponse(toJson(*trigger));
               });
}

// As urls of webhooks are compared.
QString withoutOuterSlashes(QString url)
{
    while (url.startsWith(u'/'))
        url.remove(0, 1);
    while (url.endsWith(u'/'))
        url.chop(1);
    return url;
}

// Active triggers of one of some types, unpaged, without counts (api.md 6.14).
Result<Response> activeTriggers(ReadContext &context, const std::vector<Ref> &types)
{
    Value list = Value::list();
    for (const Ref &type : types) {
        SG_LET(const std::vector<Trigger> triggers, context.stores.triggers.ofType(type));
        for (const Trigger &trigger : triggers)
            list.append(toJson(trigger));
    }
    return documentResponse(list);
}

void addTimerAndWebhookReads(Routes &routes, ReadContext &context)
{
    static const std::vector<Ref> timers{Ref::fromText(u"core.st2.IntervalTimer"_s),
                                         Ref::fromText(u"core.st2.DateTimer"_s),
                                         Ref::fromText(u"core.st2.CronTimer"_s)};
    static const Ref webhook = Ref::fromText(u"core.st2.webhook"_s);
    routes.add(Verb::Get, u"/api/v1/timers"_s, [&context](const Call &call) -> Result<Response> {
        const QString type = call.request.queryValue(u"timer_type"_s);
        if (type.isEmpty())
            return activeTriggers(context, timers);
        const Ref ref = Ref::fromText(type);
        if (std::find(timers.begin(), timers.end(), ref) == timers.end())
            return failure(
                ErrorCode::Invalid,
                u"Timer type %1 is not supported. Supported timer types: core.st2.IntervalTimer, "
                "core.st2.DateTimer, core.st2.CronTimer."_s.arg(type));
        return activeTriggers(context, {ref});
    });
    routes.add(Verb::Get, u"/api/v1/timers/{ref}"_s,
               [&context](const Call &call) -> Result<Response> {
                   SG_LET(const std::optional<Trigger> trigger,
                          findIn(context.stores.triggers, call.arguments[0]));
                   if (!trigger)
                       return notFound(call.arguments[0]);
                   return documentResponse(toJson(*trigger));
               });
    routes.add(Verb::Get, u"/api/v1/webhooks"_s,
               [&context](const Call &) { return activeTriggers(context, {webhook}); });
    routes.add(
        Verb::Get, u"/api/v1/webhooks/{url*}"_s, [&context](const Call &call) -> Result<Response> {
            SG_LET(const std::vector<Trigger> triggers, context.stores.triggers.ofType(webhook));
            const QString wanted = withoutOuterSlashes(call.arguments[0]);
            for (const Trigger &trigger : triggers) {
                if (withoutOuterSlashes(trigger.parameters["url"].toQStringOr({})) == wanted)
                    return documentResponse(toJson(trigger));
            }
            return failure(ErrorCode::NotFound,
                           u"Webhook %1 not registered with st2"_s.arg(call.arguments[0]));
        });
}

} // namespace

tl::unexpected<Error> notFound(const QString &refOrId)
{
    return failure(ErrorCode::NotFound,
                   u"Resource with a reference or id \"%1\" not found"_s.arg(refOrId));
}

std::optional<Id> idIn(const QString &refOrId)
{
    return refOrId.contains(u'.') ? std::nullopt : Id::fromText(refOrId);
}

void addContentReads(Routes &routes, ReadContext &context)
{
    addActionReads(routes, context);
    addRunnerTypeReads(routes, context);
    addPackReads(routes, context);
    addTriggerReads(routes, context);
    addTimerAndWebhookReads(routes, context);
}

} // namespace stormglass
