#pragma once

#include "engine/api/sensor_desk.h"
#include "engine/host/engine_events.h"
#include "engine/host/job_desk.h"
#include "engine/host/settings.h"
#include "engine/packaging/command_desk.h"
#include "engine/processes/launcher.h"
#include "engine/processes/python_host.h"
#include "engine/runners/pack_runner.h"
#include "engine/runners/runner_registry.h"
#include "engine/sources/clock_watch.h"
#include "engine/sources/file_watch_source.h"
#include "engine/sources/folder_watch.h"
#include "engine/sources/inotify.h"
#include "engine/sources/sensor_source.h"
#include "engine/sources/timer_source.h"

#include <QSet>

namespace stormglass {

// Everything of the engine that lives on the Io thread: child processes, runners, sensors, timers,
// file watches. Made before that thread runs; afterwards, thread: Io.
class IoSide
{
public:
    // How what happens here reaches the engine's thread; each only hands over.
    struct Inward
    {
        JobDesk::Deliver reports;
        // With the latest lines it wrote.
        std::function<void(const SensorState &, const std::vector<SensorLogLine> &)> sensorChanged;
        Announce announce;
        PackCalls packCalls;
        std::function<void(CommandNews)> commandNews;
        // Names of packs in whose folders something happened; an empty one stands for all.
        std::function<void(const QStringList &)> packsChanged;
    };

    IoSide(const Settings &settings, const Clock &clock, Reactor &reactor, EngineEvents &events,
           Inward inward);

    JobDesk &desk() { return m_desk; }
    SensorSource &sensors() { return m_sensors; }
    // How the sensor does afterwards.
    Result<SensorState> command(const QString &sensor, SensorCommand command);
    std::vector<TimerState> timerStates() const;
    CommandDesk &commands() { return m_commands; }
    PackRunner &packRunner() { return m_packRunner; }

    // Those there are now; what is not among them ends.
    void setTimers(const std::vector<TimerSpec> &timers);
    void setFileWatches(const std::vector<FileWatchSpec> &watches);
    void setSensors(const std::vector<SensorSpec> &sensors);
    void setPackFolders(const QHash<QString, QString> &packsByFolder);
    void setTriggers(const std::vector<Trigger> &triggers);

    // Nothing raises events any more, and what runs is asked to end, then killed. `stopped` is
    // called once all has ended, or at the deadline.
    void stop(std::chrono::milliseconds deadline, std::function<void()> stopped);

private:
    void tellOfSensor(const SensorState &state);
    void waitForProcesses(Instant deadline, std::function<void()> stopped);

    static constexpr std::size_t logLinesShown = 60;

    const Clock &m_clock;
    Reactor &m_reactor;
    Inward m_inward;
    ReactorAlarms m_alarms;
    Launcher m_launcher;
    PythonHost m_python;
    RunnerRegistry m_runners;
    // Owned by the registry.
    PackRunner &m_packRunner;
    CommandDesk m_commands;
    JobDesk m_desk;
    Inotify m_inotify;
    LaunchedSensors m_sensorProcesses;
    SensorSource m_sensors;
    std::unique_ptr<TimerSource> m_timers;
    std::unique_ptr<FileWatchSource> m_watches;
    FolderWatch m_packFolders;
    ClockWatch m_clockWatch;
    QSet<Id> m_timerIds;
    QSet<Id> m_watchIds;
    QSet<Id> m_triggerIds;
    QSet<QString> m_sensorNames;
};

} // namespace stormglass
