#include "engine/sources/sensor_keeper.h"

#include "engine/base/thread_name.h"
#include "engine/sources/sensor_start.h"
#include "engine/sources/source_log.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

// Enough for a well-behaved sensor never to be held: it waits of itself at its window.
constexpr std::size_t pendingAtMost = 1'024;
constexpr std::chrono::seconds pingInterval{15};

// What changed between the two matters to the process that runs.
bool isOther(const SensorSpec &a, const SensorSpec &b)
{
    SensorSpec comparable = b;
    comparable.type.enabled = a.type.enabled;
    comparable.type.id = a.type.id;
    comparable.type.description = a.type.description;
    comparable.type.metadataFile = a.type.metadataFile;
    return comparable.type != a.type || comparable.config != a.config
        || comparable.configFile != a.configFile || comparable.interpreter != a.interpreter
        || comparable.workingDirectory != a.workingDirectory
        || comparable.installation != a.installation || comparable.logLevel != a.logLevel
        || comparable.fault != a.fault || comparable.instance != a.instance;
}

} // namespace

SensorKeeper::SensorKeeper(Surroundings surroundings, SensorSpec spec)
    : m_surroundings(std::move(surroundings))
    , m_spec(std::move(spec))
    , m_events(m_surroundings.sink, m_surroundings.alarms, pendingAtMost)
{
    m_state.ref = m_spec.type.ref;
    m_state.instance = m_spec.instance;
    m_isPaused = m_spec.isPaused;
    m_events.whenRoom([this] {
        if (m_run && m_run->isHeld() && !isHeldByPause())
            m_run->release();
    });
    apply();
}

SensorKeeper::~SensorKeeper()
{
    m_surroundings.alarms.cancel(m_alarm);
}

void SensorKeeper::setSpec(SensorSpec spec)
{
    SG_ON(Io);
    const bool isNews = isOther(m_spec, spec);
    const bool isPauseNews = spec.isPaused != m_spec.isPaused;
    m_spec = std::move(spec);
    if (isPauseNews)
        holdToSpec();
    if (isNews)
        m_deaths = 0;
    if (isNews && m_run && isWanted()) {
        restart();
        return;
    }
    // One that waits for its next try need not wait once something was changed.
    if (isNews)
        m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
    apply();
}

void SensorKeeper::start()
{
    SG_ON(Io);
    m_wish = Wish::Run;
    m_deaths = 0;
    if (!m_run || m_isEndingRun)
        m_isPaused = false;
    // The alarm of one that runs is its limit to be ready.
    if (!m_run)
        m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
    apply();
}

Result<> SensorKeeper::pause()
{
    SG_ON(Io);
    if (!isWanted())
        return failure(
            ErrorCode::Conflict,
            u"The sensor \"%1\" does not run, so there is nothing to pause."_s.arg(m_spec.name()));
    m_isPaused = true;
    tellOfPause();
    if (m_state.kind == SensorState::Kind::Running)
        show(SensorState::Kind::Paused, {});
    return {};
}

void SensorKeeper::resume()
{
    SG_ON(Io);
    if (!std::exchange(m_isPaused, false))
        return;
    tellOfPause();
    if (m_state.kind == SensorState::Kind::Paused)
        show(SensorState::Kind::Running, {});
}

// Where it is not paused or resumed by hand but by an edit; one that does not run begins so.
void SensorKeeper::holdToSpec()
{
    if (!m_spec.isPaused)
        return resume();
    if (m_isPaused || pause())
        return;
    m_isPaused = true;
}

// One that knows nothing of pauses is not read from instead.
void SensorKeeper::tellOfPause()
{
    if (!m_run || m_isEndingRun)
        return;
    if (isHost())
        return m_run->tell(pauseLine(m_isPaused));
    if (m_isPaused)
        m_run->hold();
    else if (!m_events.isFull())
        m_run->release();
}

bool SensorKeeper::isHost() const
{
    return m_spec.type.artifact.endsWith(".py"_L1);
}

void SensorKeeper::stop()
{
    SG_ON(Io);
    m_wish = Wish::Stop;
    apply();
}

void SensorKeeper::restart()
{
    SG_ON(Io);
    m_wish = Wish::Run;
    if (!m_run)
        return start();
    m_log.note(u"is started anew"_s, m_surroundings.clock.now());
    endRun();
}

void SensorKeeper::end(std::function<void()> gone)
{
    SG_ON(Io);
    m_wish = Wish::End;
    m_gone = std::move(gone);
    apply();
    if (m_run)
        return;
    const auto call = std::move(m_gone);
    call();
}

// Brings what is in line with what is wanted.
void SensorKeeper::apply()
{
    if (!isWanted()) {
        m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
        return m_run ? endRun() : rest({});
    }
    if (!m_run && m_alarm == 0)
        launch();
}

void SensorKeeper::launch()
{
    m_state.nextStart.reset();
    m_hungWhy.clear();
    if (!m_spec.fault.isEmpty())
        return show(SensorState::Kind::Failed, m_spec.fault);
    Result<ProcessSpec> spec
        = sensorProcess(m_spec, m_surroundings.settings, m_surroundings.triggers(m_spec),
                        m_isPaused ? SensorStart::Paused : SensorStart::Normal);
    if (!spec)
        return died(SensorState::Kind::Failed, spec.error().message);
    const QString command = spec->program;
    ++m_runNumber;
    m_run = std::make_unique<SensorRun>(m_surroundings.processes, m_surroundings.alarms, calls());
    if (const Result<> started = m_run->start(std::move(*spec)); !started) {
        m_run.reset();
        return died(SensorState::Kind::Failed, started.error().message);
    }
    m_state.process = m_run->process();
    m_state.started = m_surroundings.clock.now();
    m_usage.reset();
    raise("core.st2.sensor.process_spawn",
          Value::map({{"pid", static_cast<std::int64_t>(m_state.process)},
                      {"cmd", command + u' ' + m_spec.type.artifact}}));
    m_alarm = m_surroundings.alarms.after(m_surroundings.settings.startLimit, [this] {
        m_alarm = 0;
        hung(u"was not ready after %1 s"_s.arg(m_surroundings.settings.startLimit / 1s));
    });
    show(SensorState::Kind::Starting, {});
}

SensorRun::Calls SensorKeeper::calls()
{
    SensorRun::Calls calls;
    calls.ready = [this] { nowReady(); };
    calls.ponged = [this](std::chrono::seconds busy) { ponged(busy); };
    calls.raised = [this](std::int64_t number, Event event) { take(number, std::move(event)); };
    calls.garbage = [this](QByteArrayView line, const QString &why) {
        ++m_state.garbageLines;
        m_log.noteGarbage(line, why, m_surroundings.clock.now());
    };
    calls.printed = [this](SensorLogLine::Stream stream, QByteArrayView line) {
        m_log.add(stream, line, m_surroundings.clock.now());
    };
    calls.hung = [this](const QString &why) { hung(why); };
    calls.ended = [this](const ProcessExit &exit, const QString &said) { ended(exit, said); };
    return calls;
}

void SensorKeeper::tell(TriggerChange change, const Trigger &trigger)
{
    if (m_run && !m_isEndingRun)
        m_run->tell(triggerLine(change, trigger));
}

void SensorKeeper::endRun()
{
    if (std::exchange(m_isEndingRun, true))
        return;
    m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
    show(m_state.kind, u"is asked to end"_s);
    m_run->stop(m_surroundings.settings.stopGrace);
}

void SensorKeeper::nowReady()
{
    if (m_isEndingRun || m_state.kind == SensorState::Kind::Running
        || m_state.kind == SensorState::Kind::Paused)
        return;
    m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
    noteSign();
    m_readySince = m_surroundings.clock.now();
    show(m_isPaused ? SensorState::Kind::Paused : SensorState::Kind::Running, {});
    if (isHeldByPause())
        m_run->hold();
}

void SensorKeeper::noteSign()
{
    m_pinged.reset();
    m_heard = m_surroundings.clock.instant();
}

void SensorKeeper::ponged(std::chrono::seconds busy)
{
    noteSign();
    m_state.busy = busy;
    const std::chrono::milliseconds limit
        = m_spec.hangAfter ? *m_spec.hangAfter : m_surroundings.settings.pollLimit;
    if (limit > 0ms && busy > limit)
        hung(u"its poll went on for %1 s; hang_after allows more"_s.arg(busy.count()));
}

// A process that is alive but does nothing tells of itself by silence.
void SensorKeeper::askForSign()
{
    if (!m_run || !m_run->answersPings() || m_isEndingRun)
        return;
    const Instant now = m_surroundings.clock.instant();
    // What it says while it is not read from cannot be heard.
    if (m_run->isHeld())
        return noteSign();
    if (m_pinged && now - *m_pinged > m_surroundings.settings.signLimit)
        return hung(u"has given no sign of life for %1 s"_s.arg(
            std::chrono::floor<std::chrono::seconds>(now - *m_pinged).count()));
    if (now - m_heard < pingInterval)
        return;
    // Again with each look: it may have been too busy to answer.
    m_pinged = m_pinged.value_or(now);
    m_run->tell(pingLine());
}

bool SensorKeeper::isSilent() const
{
    if (m_state.kind != SensorState::Kind::Running)
        return false;
    const Timestamp now = m_surroundings.clock.now();
    if (!m_spec.silentAfter)
        return m_rhythm.isSilent(now);
    return now - std::max(m_rhythm.last().value_or(Timestamp()), m_readySince)
        > *m_spec.silentAfter;
}

void SensorKeeper::take(std::int64_t number, Event event)
{
    const Timestamp now = m_surroundings.clock.now();
    ++m_state.events;
    m_state.lastEvent = now;
    m_rhythm.add(now);
    noteSign();
    event.source = u"sensor:"_s + m_spec.name();
    m_events.put(std::move(event), [this, run = m_runNumber, number](const Result<Id> &result) {
        settled(run, number, result);
    });
    if (m_events.isFull() && !m_run->isHeld())
        m_run->hold();
}

void SensorKeeper::settled(std::int64_t run, std::int64_t number, const Result<Id> &result)
{
    if (!result) {
        ++m_state.refusedEvents;
        m_state.lastRefusal = result.error().message;
        m_log.note(u"raised an event that was refused: "_s + result.error().message,
                   m_surroundings.clock.now());
    }
    if (m_run && run == m_runNumber)
        m_run->settle(number);
}

void SensorKeeper::hung(const QString &why)
{
    if (m_isEndingRun || !m_hungWhy.isEmpty())
        return;
    m_hungWhy = why;
    m_log.note(u"is killed: "_s + why, m_surroundings.clock.now());
    m_run->stop(m_surroundings.settings.stopGrace);
}

void SensorKeeper::ended(const ProcessExit &exit, const QString &said)
{
    m_run.reset();
    m_surroundings.alarms.cancel(std::exchange(m_alarm, 0));
    const bool wasAsked = std::exchange(m_isEndingRun, false);
    m_state.process = 0;
    m_state.busy = 0s;
    m_state.cpuPercent = 0;
    m_state.memoryBytes = 0;
    if (wasAsked) {
        // Wanted anew, or again meanwhile.
        if (isWanted())
            return launch();
        rest({});
        if (m_wish == Wish::End && m_gone) {
            const auto gone = std::move(m_gone);
            gone();
        }
        return;
    }
    raise("core.st2.sensor.process_exit", Value::map({{"exit_code", exit.code}}));
    if (m_hungWhy.isEmpty() && exit.cause == ProcessExit::Cause::Exited && exit.code == 0)
        return rest(u"ended of itself with exit code 0, so it is not started again"_s);
    died(SensorState::Kind::BackingOff, m_hungWhy.isEmpty() ? endOf(exit, said) : m_hungWhy);
}

void SensorKeeper::died(SensorState::Kind kind, const QString &reason)
{
    const Timestamp now = m_surroundings.clock.now();
    const SensorSettings &settings = m_surroundings.settings;
    const auto age
        = kind == SensorState::Kind::BackingOff && m_state.started ? now - *m_state.started : 0us;
    if (age >= settings.healthyAge)
        m_deaths = 0;
    // Beyond this many the pause has long been at its longest.
    constexpr int doublingsAtMost = 20;
    const std::chrono::microseconds pause = std::min<std::chrono::microseconds>(
        settings.firstPause * (1 << std::min(m_deaths, doublingsAtMost)), settings.longestPause);
    ++m_deaths;
    ++m_state.restarts;
    m_state.deaths.push_back({now, reason, std::chrono::floor<std::chrono::seconds>(age)});
    if (m_state.deaths.size() > SensorState::deathsKept)
        m_state.deaths.erase(m_state.deaths.begin());
    m_state.nextStart = now + pause;
    m_alarm = m_surroundings.alarms.after(pause, [this] {
        m_alarm = 0;
        apply();
    });
    qCWarning(sourcesLog).noquote()
        << "sensor" << m_spec.name() << "died:" << reason << "- next start in" << pause / 1s << "s";
    show(kind, reason);
}

// Without a process, and none to come.
void SensorKeeper::rest(const QString &reason)
{
    m_state.nextStart.reset();
    show(m_spec.type.enabled ? SensorState::Kind::Stopped : SensorState::Kind::Disabled, reason);
}

void SensorKeeper::show(SensorState::Kind kind, const QString &reason)
{
    const bool isNews = m_state.kind != kind || m_state.reason != reason;
    m_state.kind = kind;
    m_state.reason = reason;
    if (isNews)
        m_log.note(reason.isEmpty() ? toText(kind) : toText(kind) + u": "_s + reason,
                   m_surroundings.clock.now());
    if (isNews && m_surroundings.changed)
        m_surroundings.changed(state());
}

// As the engine tells of its sensors (events.md 2).
void SensorKeeper::raise(const char *triggerType, Value payload)
{
    const auto now = m_surroundings.clock.now();
    payload.set("id", m_spec.type.className);
    payload.set("timestamp",
                std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    Event event;
    event.trigger = Ref::fromText(QString::fromLatin1(triggerType));
    event.payload = std::move(payload);
    m_surroundings.engineSink.put(std::move(event), {});
}

void SensorKeeper::look()
{
    const bool wasSilent = m_state.isSilent;
    m_state.isSilent = isSilent();
    askForSign();
    const std::optional<ProcessUsage> usage
        = m_run ? m_surroundings.processes.usage(m_state.process) : std::nullopt;
    const Instant now = m_surroundings.clock.instant();
    if (usage && m_usage && now > m_usageTime) {
        const std::chrono::duration<double> passed = now - m_usageTime;
        const std::chrono::duration<double> used = usage->processorTime - m_usage->processorTime;
        m_state.cpuPercent = 100.0 * used / passed;
    }
    m_state.memoryBytes = usage ? usage->memoryBytes : 0;
    m_usage = usage;
    m_usageTime = now;
    if (m_surroundings.changed && (m_run || wasSilent != m_state.isSilent))
        m_surroundings.changed(state());
}

SensorState SensorKeeper::state() const
{
    SensorState state = m_state;
    state.pendingEvents = static_cast<std::int64_t>(m_events.count());
    state.isHeld = m_run && m_run->isHeld();
    state.eventsPerMinute = m_rhythm.perMinute(m_surroundings.clock.now());
    return state;
}

} // namespace stormglass
