#include "engine/host/io_side.h"

#include "engine/base/thread_name.h"

#include <QDir>
#include <QStandardPaths>

#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString processUser()
{
    const passwd *entry = getpwuid(geteuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid());
}

QString interpreterPath(const QString &python)
{
    if (python.contains(u'/'))
        return python;
    const QString found = QStandardPaths::findExecutable(python);
    return found.isEmpty() ? python : found;
}

RunnerSettings runnerSettings(const Settings &settings)
{
    RunnerSettings result;
    // Commands run as the user the program runs as: another needs sudo, and to be asked for.
    result.processUser = processUser();
    result.systemUser = result.processUser;
    result.interpreter = interpreterPath(settings.python);
    result.virtualenvs = settings.dataFolder + u"/virtualenvs"_s;
    result.packFolders = settings.packFolders;
    result.configFolder = settings.configs();
    result.environment = inheritedEnvironment();
    return result;
}

PackRunner &addPackRunner(RunnerRegistry &runners, const PackCalls &calls)
{
    auto runner = std::make_unique<PackRunner>(calls);
    PackRunner &added = *runner;
    runners.add(u"pack-operation"_s, std::move(runner));
    return added;
}

// Sets what is there, removes what was there before and is not any more.
template <typename Key, typename Specs, typename KeyOf, typename Set, typename Remove>
void replaceAll(QSet<Key> &known, const Specs &specs, KeyOf keyOf, Set set, Remove remove)
{
    QSet<Key> now;
    for (const auto &spec : specs)
        now << keyOf(spec);
    const QSet<Key> gone = QSet<Key>(known).subtract(now);
    for (const Key &key : gone)
        remove(key);
    for (const auto &spec : specs)
        set(spec);
    known = now;
}

} // namespace

IoSide::IoSide(const Settings &settings, const Clock &clock, Reactor &reactor, EngineEvents &events,
               Inward inward)
    : m_clock(clock)
    , m_reactor(reactor)
    , m_inward(std::move(inward))
    , m_alarms(reactor)
    , m_launcher(reactor)
    , m_python(reactor, m_launcher, {.library = settings.pythonFolder})
    , m_runners(
          makeRunners(reactor, m_launcher, m_python, runnerSettings(settings), m_inward.announce))
    , m_packRunner(addPackRunner(m_runners, m_inward.packCalls))
    , m_commands(clock, m_launcher, m_inward.commandNews)
    , m_desk(
          reactor, [this](const QString &type) { return m_runners.find(type); }, m_inward.reports)
    , m_inotify(reactor)
    , m_sensorProcesses(m_launcher)
    , m_sensors({clock, m_alarms, events.checked(), events.trusted(), m_sensorProcesses},
                {.pythonLibrary = settings.pythonFolder},
                [this](const SensorState &state) { tellOfSensor(state); })
    , m_timers(std::make_unique<TimerSource>(
          TimerSource::Surroundings{clock, m_alarms, events.trusted(), events}, TimeZones()))
    , m_watches(std::make_unique<FileWatchSource>(
          FileWatchSource::Surroundings{clock, m_alarms, events.trusted(), events, m_inotify},
          settings.dataFolder))
    , m_packFolders(reactor, m_alarms,
                    [this](const QStringList &packs) { m_inward.packsChanged(packs); })
    , m_clockWatch(reactor, [this] {
        if (m_timers)
            m_timers->clockChanged();
    })
{
}

void IoSide::setPackFolders(const QHash<QString, QString> &packsByFolder)
{
    m_packFolders.setFolders(packsByFolder);
}

void IoSide::setTimers(const std::vector<TimerSpec> &timers)
{
    SG_ON(Io);
    if (!m_timers)
        return;
    replaceAll(
        m_timerIds, timers, [](const TimerSpec &spec) { return spec.trigger.id; },
        [this](const TimerSpec &spec) { m_timers->set(spec); },
        [this](const Id &id) { m_timers->remove(id); });
}

void IoSide::setFileWatches(const std::vector<FileWatchSpec> &watches)
{
    SG_ON(Io);
    if (!m_watches)
        return;
    replaceAll(
        m_watchIds, watches, [](const FileWatchSpec &spec) { return spec.trigger.id; },
        [this](const FileWatchSpec &spec) { m_watches->set(spec); },
        [this](const Id &id) { m_watches->remove(id); });
}

void IoSide::setSensors(const std::vector<SensorSpec> &sensors)
{
    SG_ON(Io);
    if (!m_timers)
        return;
    replaceAll(
        m_sensorNames, sensors, [](const SensorSpec &spec) { return spec.name(); },
        [this](const SensorSpec &spec) { m_sensors.set(spec); },
        [this](const QString &name) { m_sensors.remove(name); });
}

void IoSide::setTriggers(const std::vector<Trigger> &triggers)
{
    SG_ON(Io);
    replaceAll(
        m_triggerIds, triggers, [](const Trigger &trigger) { return trigger.id; },
        [this](const Trigger &trigger) { m_sensors.setTrigger(trigger); },
        [this](const Id &id) { m_sensors.removeTrigger(id); });
}

Result<SensorState> IoSide::command(const QString &sensor, SensorCommand command)
{
    const auto carryOut = [&] {
        switch (command) {
        case SensorCommand::Start:
            return m_sensors.start(sensor);
        case SensorCommand::Stop:
            return m_sensors.stop(sensor);
        case SensorCommand::Restart:
            return m_sensors.restart(sensor);
        case SensorCommand::Pause:
            return m_sensors.pause(sensor);
        case SensorCommand::Resume:
            break;
        }
        return m_sensors.resume(sensor);
    };
    SG_TRY(carryOut());
    return m_sensors.state(sensor);
}

std::vector<TimerState> IoSide::timerStates() const
{
    return m_timers ? m_timers->states() : std::vector<TimerState>();
}

void IoSide::tellOfSensor(const SensorState &state)
{
    const QString name
        = state.instance.isEmpty() ? state.ref.text() : state.ref.text() + u'#' + state.instance;
    std::vector<SensorLogLine> log = m_sensors.log(name, 0).value_or(std::vector<SensorLogLine>());
    if (log.size() > logLinesShown)
        log.erase(log.begin(), log.end() - static_cast<std::ptrdiff_t>(logLinesShown));
    m_inward.sensorChanged(state, log);
}

void IoSide::stop(std::chrono::milliseconds deadline, std::function<void()> stopped)
{
    SG_ON(Io);
    m_timers.reset();
    m_watches.reset();
    const Instant until = m_clock.instant() + deadline;
    m_commands.close();
    m_desk.cancelAll(deadline / 2);
    m_sensors.stopAll([] {});
    waitForProcesses(until, std::move(stopped));
}

void IoSide::waitForProcesses(Instant deadline, std::function<void()> stopped)
{
    constexpr std::chrono::milliseconds look{20};
    // Warm interpreters would keep the program waiting until the deadline.
    if (m_desk.running() == 0)
        m_python.coolDown();
    const bool isQuiet = m_desk.running() == 0 && m_launcher.running() == 0;
    if (isQuiet || m_clock.instant() >= deadline) {
        m_desk.flush();
        stopped();
        return;
    }
    m_reactor.after(look, [this, deadline, stopped = std::move(stopped)] {
        waitForProcesses(deadline, stopped);
    });
}

} // namespace stormglass
