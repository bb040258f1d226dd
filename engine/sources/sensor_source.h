#pragma once

#include "engine/sources/sensor_keeper.h"
#include "engine/sources/sensor_trial_run.h"

#include <map>

namespace stormglass {

// Runs the sensors of packs as child processes and hands what they raise to the engine. A sensor is
// told of the triggers of its types as rules come and go. Thread: Io.
class SensorSource
{
public:
    struct Surroundings
    {
        const Clock &clock;
        Alarms &alarms;
        // For what sensors raise: payloads are to be checked. And for what the engine says of them.
        EventSink &sink;
        EventSink &engineSink;
        SensorProcesses &processes;
    };

    // Borrows its surroundings for its life. `changed` may be empty.
    SensorSource(Surroundings surroundings, SensorSettings settings,
                 std::function<void(const SensorState &)> changed);
    ~SensorSource();
    SensorSource(const SensorSource &) = delete;

    // Sensors go by SensorSpec::name. One that is new and enabled is started, one that changed
    // started anew.
    void set(SensorSpec spec);
    void remove(const QString &name);

    // NotFound for a name there is none of.
    Result<> start(const QString &name);
    Result<> stop(const QString &name);
    Result<> restart(const QString &name);
    Result<> pause(const QString &name);
    Result<> resume(const QString &name);

    // Runs it once beside itself. Conflict while it is tried already, or too many are; `done` is
    // called unless there is an error.
    Result<> tryOnce(const QString &name, std::chrono::milliseconds limit,
                     std::function<void(const SensorTrial &)> done);

    void setTrigger(const Trigger &trigger);
    void removeTrigger(const Id &trigger);

    // For good: `stopped` is called once every process has ended, perhaps at once. Events may come
    // until then.
    void stopAll(std::function<void()> stopped);

    std::vector<SensorState> states() const;
    Result<SensorState> state(const QString &name) const;
    // Lines after a number (0: all that are kept), oldest first.
    Result<std::vector<SensorLogLine>> log(const QString &name, std::int64_t after) const;

private:
    Result<SensorKeeper *> find(const QString &name) const;
    std::vector<Trigger> triggersFor(const SensorSpec &spec) const;
    void tell(TriggerChange change, const Trigger &trigger);
    void lookLater();
    void sweepSoon();
    void sweep();

    Surroundings m_surroundings;
    SensorSettings m_settings;
    std::function<void(const SensorState &)> m_changed;
    std::map<QString, std::unique_ptr<SensorKeeper>> m_sensors;
    // Removed, but their processes have not ended yet.
    std::vector<std::unique_ptr<SensorKeeper>> m_leaving;
    // Their processes have, and they wait to be swept.
    std::vector<const SensorKeeper *> m_gone;
    std::vector<std::unique_ptr<SensorTrialRun>> m_trials;
    std::vector<const SensorTrialRun *> m_triedOut;
    Alarms::AlarmId m_sweeping = 0;
    std::map<Id, Trigger> m_triggers;
    Alarms::AlarmId m_looking = 0;
    std::function<void()> m_stopped;
};

} // namespace stormglass
