#pragma once

#include "engine/base/result.h"
#include "engine/model/sensor_trial.h"
#include "engine/model/sensor_type.h"
#include "engine/model/timer_state.h"

#include <functional>

namespace stormglass {

enum class SensorCommand { Start, Stop, Restart, Pause, Resume };

// Sensors and timers as they run, to requests. What the Io thread has to be asked for comes to a
// callback on the engine's thread. Sensors go by `<ref>` or `<ref>#<instance>`. Thread: engine.
class SensorDesk
{
public:
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    virtual ~SensorDesk() = default;

    // The sensor as it is arranged here: its document, with `enabled` as somebody switched it,
    // `status`, and its instances with theirs.
    virtual Value shown(const SensorType &sensor) const = 0;

    // Arrangements, kept in the file sensors.yaml of the data folder. Invalid for what makes no
    // sense, with the member at fault.
    virtual Result<> setEnabled(const Ref &sensor, bool isEnabled) = 0;
    virtual Value arrangementOf(const Ref &sensor) const = 0;
    virtual Result<> arrange(const Ref &sensor, const Value &arrangement) = 0;
    // Why that file could not be read; empty if it could.
    virtual QString arrangementFault() const = 0;

    virtual void command(const QString &name, SensorCommand command, Done<SensorState> done) = 0;
    virtual void readLog(const QString &name, std::int64_t after,
                         Done<std::vector<SensorLogLine>> done)
        = 0;
    virtual void tryOnce(const QString &name, std::chrono::milliseconds limit,
                         Done<SensorTrial> done)
        = 0;
    virtual void readTimers(Done<std::vector<TimerState>> done) = 0;
};

} // namespace stormglass
