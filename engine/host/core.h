#pragma once

#include "engine/access/credentials.h"
#include "engine/api/rehearsal_desk.h"
#include "engine/api/write_context.h"
#include "engine/host/change_hub.h"
#include "engine/host/config_book.h"
#include "engine/host/content_keeper.h"
#include "engine/host/datastore.h"
#include "engine/host/engine_loop.h"
#include "engine/host/memory.h"
#include "engine/host/packaging.h"
#include "engine/host/retention.h"
#include "engine/host/sensor_book.h"
#include "engine/host/settings.h"
#include "engine/host/welcome.h"
#include "engine/instance/endpoint.h"
#include "engine/pipeline/dispatcher.h"
#include "engine/pipeline/enforcer.h"
#include "engine/pipeline/matcher.h"
#include "engine/pipeline/notifier.h"
#include "engine/pipeline/recorder.h"
#include "engine/pipeline/scheduler.h"
#include "engine/sources/file_watch.h"
#include "engine/sources/sensor.h"
#include "engine/sources/timer.h"

namespace stormglass {

// Everything that lives on the engine's thread, wired together: stores, stations, registries, the
// requests that change something. Thread: engine (made on the main thread before the engine's
// begins).
class Core
{
public:
    // What leaves the engine's thread. Each is called after a commit, on the engine's thread, and
    // hands over.
    struct Outward
    {
        std::function<void(std::vector<Job>)> startJobs;
        std::function<void(const Execution &)> cancelJob;
        // All timers and file watches there are now; those not named are gone.
        std::function<void(std::vector<TimerSpec>)> timers;
        std::function<void(std::vector<FileWatchSpec>)> fileWatches;
        SensorBook::IoSensors sensors;
        // Every trigger there is: sensors are told of those of their types.
        std::function<void(std::vector<Trigger>)> triggers;
        std::function<void()> contentChanged;
        ContentKeeper::Outward packs;
        // Runs something on the engine's thread, not before some time has passed.
        std::function<void(std::chrono::milliseconds, std::function<void()>)> later;
        RehearsalDesk::Outward rehearsals;
        Packaging::Outward packaging;
    };

    Core(const Settings &settings, const Clock &clock, std::unique_ptr<Database> database,
         Mailbox &mailbox, Outward outward);

    // Reads content into memory, registers what is built in, settles what a former run left open.
    // Once, first.
    Result<> begin();
    // Packs' folders into rows, while other work goes on. Errors are kept as pack health.
    void followPacks();
    void takePack(ReadPack pack) { m_content.take(std::move(pack)); }
    void packsChanged(const QStringList &packs) { m_content.look(packs); }
    // Called in the batch that registers the last of what packs there are now.
    void whenRegistered(std::function<void()> done) { m_content.whenSettled(std::move(done)); }

    // Answers after the commit that has what was changed.
    void handle(Request request, Endpoint::Answer answer);
    void takeEvent(Event event, PayloadCheck check, std::function<void(Result<Id>)> stored);
    void keepPosition(const QString &source, const QString &cursor);
    void takeReports(const std::vector<RunReport> &reports);
    void setApiUrl(const QString &url);
    void takeSensorState(const SensorState &state, const std::vector<SensorLogLine> &log);
    void takeRehearsal(const RehearsalReport &report) { m_rehearsals.take(report); }
    void announce(const Job &job, const QString &route, const Value &content);

    Packaging &packaging() { return m_packaging; }

    EngineLoop &loop() { return m_loop; }
    ChangeHub &changes() { return m_changes; }

    // Thread: any of those with a connection.
    static Result<Caller> authenticate(Database &database, const Request &request,
                                       const Clock &clock, const Settings &settings);

private:
    void applySettings();
    Result<std::vector<Execution>> leftRunning();
    Result<> registerBuiltIn();
    Result<Response> answerTo(const Request &request, const Routes::Match &match);
    void handleLater(const Request &request, const Routes::Match &match, Endpoint::Answer answer);
    WriteContext writeContext();
    RegisterPacks registerPacks();
    void settleBatch();
    void everyMinute();
    void beginRetention();
    void removeOld();
    void sendTriggers();
    Value stats();
    void countEvents();

    const Settings m_settings;
    const Clock &m_clock;
    Outward m_outward;
    IdGenerator m_ids;
    std::unique_ptr<Database> m_database;
    Stores m_stores;
    SensorTypeStore m_sensors;
    Datastore m_datastore;
    LocalBus m_bus;
    Outbox m_outbox;
    ChangeHub m_changes;
    Catalogue m_catalogue;
    Memory m_memory;
    TriggerRegistry m_triggerRegistry;
    RuleRegistry m_ruleRegistry;
    Registrar m_registrar;
    ConfigBook m_configs;
    FreshRows m_fresh;
    Parameters m_parameters;
    Slots m_slots;
    Requester m_requester;
    Intake m_intake;
    Matcher m_matcher;
    Enforcer m_enforcer;
    Scheduler m_scheduler;
    Dispatcher m_dispatcher;
    Recorder m_recorder;
    Notifier m_notifier;
    SensorBook m_sensorBook;
    Pipeline m_pipeline;
    Retention m_retention;
    EngineLoop m_loop;
    Packaging m_packaging;
    ContentKeeper m_content;
    Welcome m_welcome;
    RehearsalDesk m_rehearsals;
    WriteContext m_writeContext;
    Routes m_routes;
    const Timestamp m_started;
    // Events a second of the last minute, newest last.
    std::deque<std::int64_t> m_eventsBySecond;
    Instant m_secondBegan;
    std::int64_t m_eventsThisSecond = 0;
    std::int64_t m_eventsCounted = 0;
    // Reports that trouble kept from being recorded; tried again every minute.
    std::vector<RunReport> m_unrecorded;
};

} // namespace stormglass
