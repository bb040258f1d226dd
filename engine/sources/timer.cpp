#include "engine/sources/timer.h"

#include "engine/base/timestamp.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace stormglass {

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
