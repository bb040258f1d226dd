#include "engine/sources/time_zone.h"

#include "engine/sources/zone_file.h"

#include <QDir>
#include <QFile>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using std::chrono::local_seconds;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

namespace stormglass {

namespace {

// The calendar repeats after 400 years, weekdays included; so do the rules of a zone once they are
// open-ended, which all are before 2100.
constexpr seconds cycle = std::chrono::days(146'097);
constexpr seconds lastCycleEnd = sys_days(std::chrono::year(2500) / 1 / 1).time_since_epoch();

seconds withinLastCycle(seconds time)
{
    if (time < lastCycleEnd)
        return time;
    return lastCycleEnd - cycle + (time - lastCycleEnd) % cycle;
}

// The offset after the last transition whose edge, as `edge` tells it, is not after `time`.
template <typename Edge>
seconds offsetAmong(const std::vector<ZoneTransition> &transitions, seconds first, seconds time,
                    Edge edge)
{
    const auto next = std::partition_point(
        transitions.begin(), transitions.end(),
        [&](const ZoneTransition &transition) { return edge(transition) <= time; });
    return next == transitions.begin() ? first : std::prev(next)->after;
}

bool isPlainRelativePath(const QString &name)
{
    return !name.isEmpty() && !QDir::isAbsolutePath(name) && !name.contains(QChar(0))
        && QDir::cleanPath(name) == name && name != "."_L1 && name != ".."_L1
        && !name.startsWith("../"_L1);
}

std::optional<QByteArray> readZoneFile(const QString &path)
{
    constexpr qint64 largest = 1'000'000;
    if (!QFileInfo(path).isFile())
        return std::nullopt;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(largest);
}

std::optional<QByteArray> findZoneFile(const QString &name)
{
    for (const auto folder : {"/usr/share/zoneinfo"_L1, "/usr/lib/zoneinfo"_L1,
                              "/usr/share/lib/zoneinfo"_L1, "/etc/zoneinfo"_L1}) {
        if (auto data = readZoneFile(folder + u'/' + name))
            return data;
    }
    return std::nullopt;
}

} // namespace

TimeZone TimeZone::utc()
{
    return TimeZone(u"UTC"_s, seconds(0), {});
}

TimeZone::TimeZone(QString name, seconds first, std::vector<ZoneTransition> transitions)
    : m_name(std::move(name))
    , m_first(first)
    , m_transitions(std::move(transitions))
{
}

seconds TimeZone::offsetAt(sys_seconds instant) const
{
    return offsetAmong(
        m_transitions, m_first, withinLastCycle(instant.time_since_epoch()),
        [](const ZoneTransition &transition) { return transition.at.time_since_epoch(); });
}

seconds TimeZone::offsetOf(WallTime wall) const
{
    // The first of two meanings holds until the later edge of a gap or a fold, the second from the
    // earlier one.
    return offsetAmong(m_transitions, m_first, withinLastCycle(wall.time.time_since_epoch()),
                       [fold = wall.fold](const ZoneTransition &transition) {
                           return (fold == Fold::First ? transition.wallEnd()
                                                       : transition.wallBegin())
                               .time_since_epoch();
                       });
}

WallTime TimeZone::toWall(sys_seconds instant) const
{
    const seconds offset = offsetAt(instant);
    const WallTime first{local_seconds(instant.time_since_epoch() + offset), Fold::First};
    if (offsetOf(first) == offset)
        return first;
    return {first.time, Fold::Second};
}

sys_seconds TimeZone::toInstant(WallTime wall) const
{
    return sys_seconds(wall.time.time_since_epoch() - offsetOf(wall));
}

std::optional<ZoneTransition> TimeZone::transitionIn(sys_seconds from, sys_seconds until) const
{
    const auto next = std::partition_point(
        m_transitions.begin(), m_transitions.end(),
        [&](const ZoneTransition &transition) { return transition.at < from; });
    if (next == m_transitions.end() || next->at >= until)
        return std::nullopt;
    return *next;
}

TimeZones::TimeZones() = default;

TimeZones::TimeZones(Zone host)
    : m_host(std::move(host))
{
}

Result<TimeZones::Zone> TimeZones::named(const QString &name)
{
    if (const auto known = m_zones.find(name); known != m_zones.end())
        return known->second;
    if (!isPlainRelativePath(name)) {
        return failure(
            {ErrorCode::Invalid,
             u"“%1” is not the name of a time zone: write it like Europe/Berlin."_s.arg(name),
             u"ValueError"_s, u"timezone"_s});
    }
    if (name == "UTC"_L1)
        return m_zones.emplace(name, std::make_shared<const TimeZone>(TimeZone::utc()))
            .first->second;

    const std::optional<QByteArray> data = findZoneFile(name);
    if (!data) {
        return failure({ErrorCode::Invalid, u"There is no time zone “%1”."_s.arg(name),
                        u"ZoneInfoNotFoundError"_s, u"timezone"_s});
    }
    SG_LET(TimeZone zone, readZone(name, *data));
    return m_zones.emplace(name, std::make_shared<const TimeZone>(std::move(zone))).first->second;
}

TimeZones::Zone TimeZones::host()
{
    if (m_host)
        return m_host;
    if (const Result<Zone> zone = named(QString::fromLatin1(QTimeZone::systemTimeZoneId()))) {
        m_host = *zone;
        return m_host;
    }
    if (const std::optional<QByteArray> data = readZoneFile(u"/etc/localtime"_s)) {
        if (Result<TimeZone> zone = readZone(u"localtime"_s, *data))
            m_host = std::make_shared<const TimeZone>(std::move(*zone));
    }
    if (!m_host)
        m_host = std::make_shared<const TimeZone>(TimeZone::utc());
    return m_host;
}

} // namespace stormglass
