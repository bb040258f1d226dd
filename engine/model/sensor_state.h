#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>
#include <vector>

namespace stormglass {

// A sensor at this moment, for those who show it.
struct SensorState
{
    enum class Kind {
        // Its process is there, the sensor not set up yet.
        Starting,
        Running,
        // It died and is started again at `nextStart`.
        BackingOff,
        // By somebody's wish, or it ended of itself with exit code 0.
        Stopped,
        // It cannot be started. Tried again at `nextStart`, if that helps.
        Failed,
        Disabled,
        // Its process is there, but does not look, and raises nothing.
        Paused
    };

    // The end of one of its processes that was not asked for.
    struct Death
    {
        Timestamp time;
        QString reason;
        // Since it was started.
        std::chrono::seconds age{0};
        friend bool operator==(const Death &, const Death &) = default;
    };

    // What has happened in each of the last minutes, the current one last.
    static constexpr std::size_t minutesKept = 60;
    static constexpr std::size_t deathsKept = 20;

    Ref ref;
    // Of several sensors of one type; empty for the only one.
    QString instance;
    Kind kind = Kind::Stopped;
    // A sentence on why it is so; empty if that is plain.
    QString reason;

    // 0: there is none.
    qint64 process = 0;
    std::optional<Timestamp> started;
    std::optional<Timestamp> nextStart;
    // Of one processor, over the last few seconds.
    double cpuPercent = 0;
    std::int64_t memoryBytes = 0;

    std::int64_t events = 0;
    // By the engine: an invalid payload, an unknown trigger.
    std::int64_t refusedEvents = 0;
    QString lastRefusal;
    // On their way, not stored yet.
    std::int64_t pendingEvents = 0;
    // It is not read from until some of them are stored.
    bool isHeld = false;
    // Lines where events should be that were none.
    std::int64_t garbageLines = 0;
    std::optional<Timestamp> lastEvent;
    std::vector<int> eventsPerMinute;
    // It was usually heard of sooner, or should have been.
    bool isSilent = false;
    // Since when its poll goes on, as it last said.
    std::chrono::seconds busy{0};

    std::int64_t restarts = 0;
    // The latest, oldest first.
    std::vector<Death> deaths;

    friend bool operator==(const SensorState &, const SensorState &) = default;
};

QString toText(SensorState::Kind kind);
Value toJson(const SensorState &state);

// A line a sensor printed or logged, or that was said about it.
struct SensorLogLine
{
    enum class Stream { Out, Err, Engine };
    // Grows by one from line to line of a sensor.
    std::int64_t number = 0;
    Timestamp time;
    Stream stream = Stream::Out;
    QString text;
    friend bool operator==(const SensorLogLine &, const SensorLogLine &) = default;
};

Value toJson(const SensorLogLine &line);

} // namespace stormglass
