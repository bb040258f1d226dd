#include "engine/sources/timer.h"

#include "engine/base/timestamp.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

TimerSpec timerSpecOf(const Trigger &trigger, const QString &cursor)
{
    TimerSpec spec;
    spec.trigger = trigger;
    spec.cursor = cursor;
    // What is no policy is told of by checkTimerParameters().
    const Value &policy = trigger.parameters["catch_up"];
    spec.catchUp = catchUpFromText(policy.toQStringOr({})).value_or(CatchUp::Skip);
    const std::int64_t seconds = trigger.parameters["misfire_grace_time"].toIntOr(1);
    spec.grace = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 1, longestTimerGrace));
    return spec;
}

QString timerSource(const Id &trigger)
{
    return u"timer:"_s + trigger.text();
}

QString TimerCursor::text() const
{
    const QString kindText = kind == Kind::Made ? u"made "_s : u"fired "_s;
    return kindText + QString::fromStdString(toIsoText(time));
}

std::optional<TimerCursor> TimerCursor::fromText(const QString &text)
{
    const QStringList words = text.split(u' ');
    if (words.size() != 2 || (words[0] != "made"_L1 && words[0] != "fired"_L1))
        return std::nullopt;
    const Result<Timestamp> time = timestampFromIso(words[1].toStdString());
    if (!time)
        return std::nullopt;
    return TimerCursor{words[0] == "made"_L1 ? Kind::Made : Kind::Fired, *time};
}

} // namespace stormglass
