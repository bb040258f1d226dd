#pragma once

#include "engine/sources/event_rhythm.h"
#include "engine/sources/log_tail.h"
#include "engine/sources/pending_events.h"
#include "engine/sources/sensor_run.h"

#include <memory>

namespace stormglass {

// Keeps one sensor running: starts it, starts it again when it dies, after a pause that grows up to
// five minutes and begins anew once it was well for a while, and never gives up without a word.
// Thread: Io.
class SensorKeeper
{
public:
    struct Surroundings
    {
        const Clock &clock;
        Alarms &alarms;
        // For what the sensor raises, and for what the engine says of it.
        EventSink &sink;
        EventSink &engineSink;
        SensorProcesses &processes;
        const SensorSettings &settings;
        // Those the sensor is to be told of.
        std::function<std::vector<Trigger>(const SensorSpec &)> triggers;
        // Called after each change of kind, and for what else is worth showing.
        std::function<void(const SensorState &)> changed;
    };

    // Borrows for its life what the surroundings refer to. Starts the sensor unless it is disabled.
    SensorKeeper(Surroundings surroundings, SensorSpec spec);
    ~SensorKeeper();
    SensorKeeper(const SensorKeeper &) = delete;

    const SensorSpec &spec() const { return m_spec; }
    // Starts it anew if what changed matters to it.
    void setSpec(SensorSpec spec);
    void tell(TriggerChange change, const Trigger &trigger);

    void start();
    // Until it is started by hand.
    void stop();
    void restart();
    // Its process stays, but does not look and raises nothing, also when it is started anew.
    // Conflict if it does not run.
    Result<> pause();
    void resume();
    // For good; `gone` is called when its process has ended, perhaps at once. It may destroy this.
    void end(std::function<void()> gone);

    // Once in a few seconds: how much it uses, how long it is silent.
    void look();

    SensorState state() const;
    const LogTail &log() const { return m_log; }

private:
    enum class Wish { Run, Stop, End };

    bool isWanted() const { return m_wish == Wish::Run && m_spec.type.enabled; }
    void apply();
    void launch();
    SensorRun::Calls calls();
    void endRun();
    bool isHost() const;
    bool isHeldByPause() const { return m_isPaused && !isHost(); }
    void tellOfPause();
    void holdToSpec();
    void nowReady();
    void ponged(std::chrono::seconds busy);
    void noteSign();
    void askForSign();
    bool isSilent() const;
    void take(std::int64_t number, Event event);
    void settled(std::int64_t run, std::int64_t number, const Result<Id> &result);
    void hung(const QString &why);
    void ended(const ProcessExit &exit, const QString &said);
    void died(SensorState::Kind kind, const QString &reason);
    void rest(const QString &reason);
    void show(SensorState::Kind kind, const QString &reason);
    void raise(const char *triggerType, Value payload);

    Surroundings m_surroundings;
    SensorSpec m_spec;
    Wish m_wish = Wish::Run;
    std::function<void()> m_gone;
    SensorState m_state;
    LogTail m_log;
    EventRhythm m_rhythm;
    std::unique_ptr<SensorRun> m_run;
    // Grows from run to run, so that late answers find out that theirs is over.
    std::int64_t m_runNumber = 0;
    bool m_isEndingRun = false;
    bool m_isPaused = false;
    // When it was asked for a sign of life that has not come yet.
    std::optional<Instant> m_pinged;
    Instant m_heard;
    // When it became ready.
    Timestamp m_readySince;
    QString m_hungWhy;
    // In a row.
    int m_deaths = 0;
    Alarms::AlarmId m_alarm = 0;
    std::optional<ProcessUsage> m_usage;
    Instant m_usageTime;
    PendingEvents m_events;
};

} // namespace stormglass
