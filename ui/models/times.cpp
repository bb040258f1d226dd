#include "ui/models/times.h"

#include "engine/base/timestamp.h"

#include <QCoreApplication>
#include <QDateTime>

#include <cmath>

namespace stormglass::ui {

namespace {

using namespace std::chrono;

QString tr(const char *text)
{
    return QCoreApplication::translate("Times", text);
}

QDateTime local(Timestamp time, const QTimeZone &zone)
{
    const auto millis = floor<milliseconds>(time.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(millis, zone);
}

// Two units at most: `2 min 10 s`.
QString inUnits(std::int64_t whole, std::int64_t part, const char *first, const char *second)
{
    QString text = QStringLiteral("%1\u00a0%2").arg(whole).arg(tr(first));
    if (part > 0)
        text += QStringLiteral(" %1\u00a0%2").arg(part).arg(tr(second));
    return text;
}

// Three digits that matter, no more than one behind the point.
QString rounded(double number)
{
    return QString::number(number, 'f', number < 9.95 ? 1 : 0);
}

} // namespace

std::optional<Timestamp> timeOf(const Value &value)
{
    if (!value.isText())
        return std::nullopt;
    const Result<Timestamp> time = timestampFromIso(value.text());
    return time ? std::optional(*time) : std::nullopt;
}

QString clockText(Timestamp time, Timestamp now, const QTimeZone &zone)
{
    const QDateTime moment = local(time, zone);
    const QDateTime today = local(now, zone);
    if (moment.date() == today.date())
        return moment.toString(QStringLiteral("HH:mm:ss.zzz"));
    const bool isThisYear = moment.date().year() == today.date().year();
    return moment.toString(isThisYear ? QStringLiteral("MM-dd HH:mm:ss")
                                      : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString exactText(Timestamp time, const QTimeZone &zone)
{
    const QDateTime moment = local(time, zone);
    return moment.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz ")) + zoneText(zone, time);
}

QString minuteText(Timestamp time, Timestamp now, const QTimeZone &zone)
{
    const QDateTime moment = local(time, zone);
    const int days = static_cast<int>(moment.date().daysTo(local(now, zone).date()));
    return moment.toString(days == 0        ? QStringLiteral("HH:mm")
                               : days < 180 ? QStringLiteral("MM-dd HH:mm")
                                            : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString relativeText(Timestamp time, Timestamp now)
{
    const bool isPast = time <= now;
    const auto distance = isPast ? now - time : time - now;
    if (distance < 1s)
        return tr("just now");
    QString text;
    if (distance < 1min)
        text = inUnits(floor<seconds>(distance).count(), 0, "s", "");
    else if (distance < 1h)
        text = inUnits(floor<minutes>(distance).count(), 0, "min", "");
    else if (distance < 48h)
        text = inUnits(floor<hours>(distance).count(), 0, "h", "");
    else
        text = inUnits(floor<days>(distance).count(), 0, "d", "");
    return isPast ? tr("%1 ago").arg(text) : tr("in %1").arg(text);
}

QString durationText(microseconds duration)
{
    const double count = static_cast<double>(duration.count());
    if (count < 1000)
        return QStringLiteral("%1\u00a0µs").arg(duration.count());
    if (duration < 1s)
        return QStringLiteral("%1\u00a0ms").arg(rounded(count / 1000));
    if (duration < 1min)
        return QStringLiteral("%1\u00a0s").arg(rounded(count / 1e6));
    const auto whole = floor<seconds>(duration).count();
    if (duration < 1h)
        return inUnits(whole / 60, whole % 60, "min", "s");
    if (duration < 24h)
        return inUnits(whole / 3600, whole / 60 % 60, "h", "min");
    return inUnits(whole / 86400, whole / 3600 % 24, "d", "h");
}

QString sizeText(std::int64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double number = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (number >= 999.5 && unit < 4) {
        number /= 1000;
        ++unit;
    }
    return QStringLiteral("%1\u00a0%2")
        .arg(unit == 0 ? QString::number(bytes) : rounded(number), QLatin1String(units[unit]));
}

QString countText(std::int64_t count)
{
    QString text = QString::number(count);
    for (qsizetype at = text.size() - 3; at > (count < 0 ? 1 : 0); at -= 3)
        text.insert(at, QChar(0x202f));
    return text;
}

QString countedText(std::int64_t count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(countText(count));
}

QString zoneText(const QTimeZone &zone, Timestamp now)
{
    const int offset = zone.offsetFromUtc(local(now, zone));
    if (offset == 0)
        return QStringLiteral("UTC");
    const int minutes = std::abs(offset) / 60;
    QString text = QStringLiteral("UTC%1%2")
                       .arg(offset < 0 ? QChar(0x2212) : QLatin1Char('+'))
                       .arg(minutes / 60);
    if (minutes % 60 != 0)
        text += QStringLiteral(":%1").arg(minutes % 60, 2, 10, QLatin1Char('0'));
    return text;
}

} // namespace stormglass::ui
