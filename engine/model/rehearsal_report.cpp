#include "engine/model/rehearsal_report.h"

#include "engine/model/json_members.h"
#include "engine/model/status_texts.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

const StatusTexts<RehearsalStatus, 4> &statuses()
{
    static const StatusTexts<RehearsalStatus, 4> all(
        {"running", "succeeded", "canceled", "failed"});
    return all;
}

const StatusTexts<RehearsalMark::Kind, 4> &kinds()
{
    static const StatusTexts<RehearsalMark::Kind, 4> all({"fires", "gained", "lost", "error"});
    return all;
}

Value markDocument(const RehearsalMark &mark)
{
    Value document = Value::map({{"trigger_instance_id", shown(mark.triggerInstance)},
                                 {"time", shown(mark.occurrence)},
                                 {"kind", kinds().text(mark.kind)}});
    if (!mark.parameters.isNull())
        document.set("parameters", mark.parameters);
    setIfAny(document, "message", mark.message);
    return document;
}

Value nearMissDocument(const RehearsalNearMiss &miss)
{
    return Value::map({{"trigger_instance_id", shown(miss.triggerInstance)},
                       {"time", shown(miss.occurrence)},
                       {"criterion", miss.criterion},
                       {"sentence", miss.sentence}});
}

Value bucketDocument(const RehearsalBucket &bucket)
{
    return Value::map({{"time", shown(bucket.begin)},
                       {"fires", bucket.fires},
                       {"gained", bucket.gained},
                       {"lost", bucket.lost},
                       {"errors", bucket.errors}});
}

Value errorDocuments(const RehearsalSummary &summary)
{
    Value documents = Value::list();
    for (const auto &[kind, errors] : summary.errors)
        documents.append(Value::map({{"kind", kind},
                                     {"count", errors.count},
                                     {"message", errors.message},
                                     {"trigger_instance_id", shown(errors.triggerInstance)}}));
    return documents;
}

void addSummary(Value &document, const RehearsalSummary &summary)
{
    document.set("events", summary.events);
    document.set("fires", summary.fires);
    document.set("fired_before", summary.firedBefore);
    document.set("gained", summary.gained);
    document.set("lost", summary.lost);
    document.set("near_misses", summary.nearMisses);
    Value heldBack = Value::list();
    for (const auto &[criterion, events] : summary.heldBackBy)
        heldBack.append(Value::map({{"criterion", criterion}, {"events", events}}));
    document.set("held_back_by", heldBack);
    if (summary.peak > 0)
        document.set("peak",
                     Value::map({{"minute", shown(summary.peakMinute)}, {"fires", summary.peak}}));
    document.set("errors", errorDocuments(summary));
}

template <typename T>
Value listOf(const std::vector<T> &items, Value (*document)(const T &))
{
    Value list = Value::list();
    for (const T &item : items)
        list.append(document(item));
    return list;
}

Timestamp timeOf(const Value &json)
{
    return json.isText() ? timestampFromIso(json.text()).value_or(Timestamp()) : Timestamp();
}

std::optional<Timestamp> timeIfAny(const Value &json)
{
    return json.isNull() ? std::nullopt : std::optional(timeOf(json));
}

Id idOf(const Value &json)
{
    return Id::fromText(json.toQStringOr({})).value_or(Id());
}

RehearsalMark markFrom(const Value &json)
{
    return {.triggerInstance = idOf(json["trigger_instance_id"]),
            .occurrence = timeOf(json["time"]),
            .kind
            = kinds().choice(json["kind"].toQStringOr({})).value_or(RehearsalMark::Kind::Fires),
            .parameters = json["parameters"],
            .message = json["message"].toQStringOr({})};
}

RehearsalNearMiss nearMissFrom(const Value &json)
{
    return {.triggerInstance = idOf(json["trigger_instance_id"]),
            .occurrence = timeOf(json["time"]),
            .criterion = json["criterion"].toQStringOr({}),
            .sentence = json["sentence"].toQStringOr({})};
}

RehearsalBucket bucketFrom(const Value &json)
{
    return {.begin = timeOf(json["time"]),
            .fires = json["fires"].toIntOr(0),
            .gained = json["gained"].toIntOr(0),
            .lost = json["lost"].toIntOr(0),
            .errors = json["errors"].toIntOr(0)};
}

RehearsalSummary summaryFrom(const Value &json)
{
    RehearsalSummary summary;
    summary.events = json["events"].toIntOr(0);
    summary.fires = json["fires"].toIntOr(0);
    summary.firedBefore = json["fired_before"].toIntOr(0);
    summary.gained = json["gained"].toIntOr(0);
    summary.lost = json["lost"].toIntOr(0);
    summary.nearMisses = json["near_misses"].toIntOr(0);
    for (const Value &each : json["held_back_by"].itemsOrNone())
        summary.heldBackBy[each["criterion"].toQStringOr({})] = each["events"].toIntOr(0);
    summary.peakMinute = timeOf(json["peak"]["minute"]);
    summary.peak = json["peak"]["fires"].toIntOr(0);
    for (const Value &each : json["errors"].itemsOrNone())
        summary.errors[each["kind"].toQStringOr({})]
            = {.count = each["count"].toIntOr(0),
               .message = each["message"].toQStringOr({}),
               .triggerInstance = idOf(each["trigger_instance_id"])};
    return summary;
}

template <typename T>
std::vector<T> itemsOf(const Value &json, T (*read)(const Value &))
{
    std::vector<T> items;
    for (const Value &item : json.itemsOrNone())
        items.push_back(read(item));
    return items;
}

} // namespace

Value toJson(const RehearsalReport &report)
{
    Value document = Value::map({{"id", shown(report.id)},
                                 {"rule", report.rule.text()},
                                 {"trigger_type", report.triggerType.text()},
                                 {"status", statuses().text(report.status)}});
    setIfAny(document, "message", report.message);
    document.set("is_compared", report.isCompared);
    setIfAny(document, "from", report.from);
    setIfAny(document, "to", report.to);
    document.set("started", shown(report.started));
    setIfAny(document, "ended", report.ended);
    document.set("total", report.total);
    addSummary(document, report.summary);
    document.set("bucket_seconds", std::int64_t(report.bucketWidth.count()));
    document.set("timeline", listOf(report.timeline, bucketDocument));
    document.set("marks", listOf(report.marks, markDocument));
    document.set("near_miss_samples", listOf(report.nearMisses, nearMissDocument));
    return document;
}

Result<RehearsalReport> rehearsalReportFromJson(const Value &json)
{
    const std::optional<RehearsalStatus> status = statuses().choice(json["status"].toQStringOr({}));
    if (!status || idOf(json["id"]).isNull())
        return failure(ErrorCode::Invalid, u"This is no report of a rehearsal."_s);
    return RehearsalReport{.id = idOf(json["id"]),
                           .rule = Ref::fromText(json["rule"].toQStringOr({})),
                           .triggerType = Ref::fromText(json["trigger_type"].toQStringOr({})),
                           .status = *status,
                           .message = json["message"].toQStringOr({}),
                           .isCompared = json["is_compared"].toBoolOr(false),
                           .from = timeIfAny(json["from"]),
                           .to = timeIfAny(json["to"]),
                           .started = timeOf(json["started"]),
                           .ended = timeIfAny(json["ended"]),
                           .total = json["total"].toIntOr(0),
                           .summary = summaryFrom(json),
                           .bucketWidth = std::chrono::seconds(json["bucket_seconds"].toIntOr(0)),
                           .timeline = itemsOf(json["timeline"], bucketFrom),
                           .marks = itemsOf(json["marks"], markFrom),
                           .nearMisses = itemsOf(json["near_miss_samples"], nearMissFrom)};
}

} // namespace stormglass
