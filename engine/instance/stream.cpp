#include "engine/instance/stream.h"

#include "engine/instance/request.h"

namespace stormglass {

namespace {

using namespace Qt::StringLiterals;

const QStringList &defaultEvents()
{
    static const QStringList events = {
        u"st2.announcement__*"_s,    u"st2.execution__create"_s,  u"st2.execution__update"_s,
        u"st2.execution__delete"_s,  u"st2.liveaction__create"_s, u"st2.liveaction__update"_s,
        u"st2.liveaction__delete"_s,
    };
    return events;
}

const QStringList &completedStatuses()
{
    static const QStringList statuses
        = {u"succeeded"_s, u"failed"_s, u"timeout"_s, u"canceled"_s, u"abandoned"_s};
    return statuses;
}

QStringList listOf(const Request &request, const QString &name)
{
    QStringList found = request.queryValue(name).split(u',', Qt::SkipEmptyParts);
    for (QString &item : found)
        item = item.trimmed();
    found.removeAll(QString());
    return found;
}

} // namespace

bool StreamEnd::reachedBy(const Change &change) const
{
    if (executionId.isEmpty() || (!event.isEmpty() && change.event != event))
        return false;
    if (!change.event.startsWith(u"st2.execution__"_s)
        || change.payload["id"].toQStringOr({}) != executionId)
        return false;
    const QString status = change.payload["status"].toQStringOr({});
    return statuses.isEmpty() ? completedStatuses().contains(status) : statuses.contains(status);
}

Result<Stream> streamAskedFor(const Request &request)
{
    Stream stream;
    stream.filter.events = listOf(request, u"events"_s);
    if (stream.filter.events.isEmpty())
        stream.filter.events = defaultEvents();
    stream.filter.actionRefs = listOf(request, u"action_refs"_s);
    stream.filter.executionIds = listOf(request, u"execution_ids"_s);
    stream.end.event = request.queryValue(u"end_event"_s);
    stream.end.executionId = request.queryValue(u"end_execution_id"_s);

    const QString last = request.header(u"last-event-id"_s);
    if (last.isEmpty())
        return stream;
    bool isNumber = false;
    const ChangeNumber number = last.toULongLong(&isNumber);
    if (!isNumber)
        return failure(
            ErrorCode::Invalid,
            u"Last-Event-ID \"%1\" is not a number of this stream."_s.arg(last.left(40)));
    stream.after = number;
    return stream;
}

} // namespace stormglass
