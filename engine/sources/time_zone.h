#pragma once

#include "engine/base/result.h"

#include <QByteArrayView>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace stormglass {

// Which of two instants a repeated wall-clock time means. In a gap the first goes by the offset
// before it, the second by the one after (as Python's `fold`).
enum class Fold { First, Second };

struct WallTime
{
    std::chrono::local_seconds time;
    Fold fold = Fold::First;
    friend bool operator==(const WallTime &, const WallTime &) = default;
};

// A change of a zone's offset from UTC.
struct ZoneTransition
{
    std::chrono::sys_seconds at;
    std::chrono::seconds before;
    std::chrono::seconds after;

    bool isGap() const { return after > before; }
    // The wall-clock times skipped or repeated: [first, second).
    std::chrono::local_seconds wallBegin() const { return wall(std::min(before, after)); }
    std::chrono::local_seconds wallEnd() const { return wall(std::max(before, after)); }
    friend bool operator==(const ZoneTransition &, const ZoneTransition &) = default;

private:
    std::chrono::local_seconds wall(std::chrono::seconds offset) const
    {
        return std::chrono::local_seconds(at.time_since_epoch() + offset);
    }
};

// The wall clock of one IANA time zone, without end: rules that a zone file leaves open go on for
// ever.
class TimeZone
{
public:
    static TimeZone utc();
    // Transitions in order of time, covering at least up to 2500 where the zone still changes then.
    TimeZone(QString name, std::chrono::seconds first, std::vector<ZoneTransition> transitions);

    const QString &name() const { return m_name; }
    std::chrono::seconds offsetAt(std::chrono::sys_seconds instant) const;
    std::chrono::seconds offsetOf(WallTime wall) const;
    WallTime toWall(std::chrono::sys_seconds instant) const;
    std::chrono::sys_seconds toInstant(WallTime wall) const;
    // The first change of offset in [from, until), before the year 2500.
    std::optional<ZoneTransition> transitionIn(std::chrono::sys_seconds from,
                                               std::chrono::sys_seconds until) const;

private:
    QString m_name;
    std::chrono::seconds m_first;
    std::vector<ZoneTransition> m_transitions;
};

// Finds time zones by name in the system's zone files and keeps them.
class TimeZones
{
public:
    // Shared because timers outlive changes of this cache and many have one zone.
    using Zone = std::shared_ptr<const TimeZone>;

    TimeZones();
    // For tests: stands in for the host's own zone.
    explicit TimeZones(Zone host);

    // Invalid with kind ValueError for a name that is no plain relative path, ZoneInfoNotFoundError
    // for one that is unknown.
    Result<Zone> named(const QString &name);
    Zone host();

private:
    Zone m_host;
    std::map<QString, Zone> m_zones;
};

} // namespace stormglass
