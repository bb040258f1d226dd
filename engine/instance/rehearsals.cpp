#include "engine/instance/rehearsals.h"

#include "engine/base/timestamp.h"

using namespace Qt::StringLiterals;

namespace stormglass {

QString rehearsalsPath()
{
    return u"/rules/rehearse"_s;
}

QString rehearsalPath(const Id &rehearsal)
{
    return u"/rehearsals/"_s + rehearsal.text();
}

Value toJson(const RehearsalWish &wish)
{
    Value body = Value::map({{"rule", wish.rule}});
    if (wish.from)
        body.set("from", toIsoText(*wish.from));
    if (wish.to)
        body.set("to", toIsoText(*wish.to));
    if (wish.limit)
        body.set("limit", *wish.limit);
    return body;
}

std::optional<RehearsalReport> rehearsalIn(const Change &change)
{
    if (change.event != u"stormglass.rehearsal__update")
        return std::nullopt;
    const Result<RehearsalReport> report = rehearsalReportFromJson(change.payload);
    return report ? std::optional(*report) : std::nullopt;
}

} // namespace stormglass
