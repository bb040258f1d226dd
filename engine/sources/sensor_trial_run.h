#pragma once

#include "engine/model/sensor_trial.h"
#include "engine/sources/log_tail.h"
#include "engine/sources/sensor_run.h"

#include <memory>

namespace stormglass {

// Runs a sensor once beside the one that runs for good: a polling sensor polls one time, any other
// runs for a while. Its events are kept and go nowhere, and what it stores is not stored.
// Thread: Io.
class SensorTrialRun
{
public:
    struct Surroundings
    {
        const Clock &clock;
        Alarms &alarms;
        SensorProcesses &processes;
        const SensorSettings &settings;
    };
    using Done = std::function<void(const SensorTrial &)>;

    // Bounds of what is kept.
    static constexpr std::size_t eventsKept = 500;
    static constexpr std::int64_t bytesKept = 2 * 1024 * 1024;

    // Borrows its surroundings for its life.
    SensorTrialRun(Surroundings surroundings, QString name);
    ~SensorTrialRun();
    SensorTrialRun(const SensorTrialRun &) = delete;

    const QString &name() const { return m_name; }
    // Once. `done` is called when its process has ended, and may destroy this; not after an error.
    Result<> start(const SensorSpec &spec, const std::vector<Trigger> &triggers,
                   std::chrono::milliseconds limit, Done done);
    void stop(const QString &why);

private:
    SensorRun::Calls calls();
    void keep(std::int64_t number, Event event);
    void ended(const ProcessExit &exit, const QString &said);

    Surroundings m_surroundings;
    QString m_name;
    SensorTrial m_trial;
    LogTail m_log;
    std::unique_ptr<SensorRun> m_run;
    Instant m_began;
    std::int64_t m_bytes = 0;
    Alarms::AlarmId m_alarm = 0;
    // It was asked to end.
    QString m_why;
    Done m_done;
};

} // namespace stormglass
