#include "engine/host/core.h"

#include "engine/base/timestamp.h"
#include "engine/packs/builtin_trigger_types.h"
#include "engine/processes/launcher.h"
#include "engine/rules/rule_problems.h"
#include "engine/runners/runner_types.h"
#include "engine/sources/timer_schedule.h"
#include "engine/sources/trigger_check.h"
#include "engine/store/transaction.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRegularExpression>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(coreLog, "stormglass.engine.host")

namespace {

constexpr std::size_t secondsShown = 60;

// What of this process is in memory.
std::int64_t residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() < 2 ? 0 : pages[1].toLongLong() * sysconf(_SC_PAGESIZE);
}

// As StackStorm: what can never be answered is refused when it is saved.
Result<> isAcceptable(const Rule &rule)
{
    const std::optional<Error> refusal = refusalFrom(criteriaProblems(rule.criteria));
    return refusal ? Result<>(failure(*refusal)) : Result<>();
}

} // namespace

Core::Core(const Settings &settings, const Clock &clock, std::unique_ptr<Database> database,
           Mailbox &mailbox, Outward outward)
    : m_settings(settings)
    , m_clock(clock)
    , m_outward(std::move(outward))
    , m_ids(clock)
    , m_database(std::move(database))
    , m_stores(*m_database)
    , m_sensors(*m_database)
    , m_datastore(*m_database, clock,
                  {settings.datastoreKeyFile(), settings.datastoreKeyMarker(),
                   settings.datastoreKey.isEmpty() ? KeySource::Missing::IsMade
                                                   : KeySource::Missing::IsMissed,
                   settings.keychainKey})
    , m_changes(mailbox, clock)
    , m_catalogue(m_stores.actions, m_stores.runnerTypes, m_stores.packs)
    , m_memory(m_stores.triggers, m_stores.rules, m_catalogue, m_changes)
    , m_triggerRegistry(m_ids, m_stores.triggers, m_memory)
    , m_ruleRegistry(clock, m_ids, m_stores.rules, m_triggerRegistry, m_memory, isAcceptable)
    , m_registrar(m_ids,
                  {m_stores.packs, m_stores.actions, m_stores.runnerTypes, m_sensors,
                   m_stores.triggers, m_stores.rules, m_stores.aliases, m_stores.policies},
                  m_triggerRegistry, m_ruleRegistry, m_memory)
    , m_configs(m_stores.packs, m_datastore)
    , m_fresh(*m_database)
    , m_parameters(
          &m_datastore, settings.systemUser,
          [this](const QString &pack, const QString &user) { return m_configs.find(pack, user); })
    , m_slots(m_bus, settings.runnerSlots)
    , m_requester(clock, m_ids, m_stores, m_catalogue, m_parameters, m_bus, m_outbox, m_changes,
                  m_outward.cancelJob)
    , m_intake(clock, m_ids, m_stores, m_memory.triggers(), m_fresh, m_bus)
    , m_matcher(clock, m_ids, m_stores, m_memory.triggers(), m_memory.rules(), &m_datastore,
                m_fresh, m_bus, m_changes)
    , m_enforcer(clock, m_stores, m_memory.rules(), m_memory.triggers(), m_fresh, m_requester,
                 settings.systemUser)
    , m_scheduler(clock, m_stores, m_bus)
    , m_dispatcher(clock, m_stores, m_catalogue, m_parameters, m_slots, m_bus, m_outbox, m_changes,
                   m_outward.startJobs)
    , m_recorder(clock, m_stores, m_catalogue, m_slots, m_bus, m_changes)
    , m_notifier(clock, m_stores, m_catalogue, m_memory.triggers(), m_memory.rules(), &m_datastore,
                 [this](Event event) -> Result<> {
                     SG_TRY(m_intake.take(std::move(event), PayloadCheck::Trusted));
                     return {};
                 })
    , m_sensorBook(m_settings, clock, m_ids, *m_database, m_sensors, m_parameters, m_changes,
                   m_outward.sensors)
    , m_pipeline(*m_database, m_bus, m_outbox, m_changes)
    , m_retention(
          clock, settings, m_stores, m_datastore.keys(),
          [this](const std::function<Result<>()> &work) { return m_pipeline.attempt(work); })
    , m_loop(clock, mailbox, *m_database, m_bus, m_pipeline, m_outbox, m_changes)
    , m_packaging(
          m_settings,
          {clock, m_ids, mailbox, m_stores.packs, m_stores.rules, m_registrar, registerPacks(),
           [this](const std::function<Result<>()> &work) { return m_pipeline.attempt(work); },
           [this](const PackOperation &operation) {
               m_changes.add(u"stormglass.pack_operation__update"_s, toJson(operation));
               // Sensors' code may be another, although what describes them is not.
               if (operation.state == OperationState::Succeeded)
                   m_sensorBook.send();
           },
           [this] {
               return m_parameters.configOf(u"packs"_s, m_settings.systemUser)
                   .value_or(Value::map());
           }},
          m_outward.packaging)
    , m_content(settings.packFolders, {settings.configs(), settings.overrides()}, m_pipeline,
                m_outbox, m_registrar, m_outward.packs)
    , m_welcome(m_settings, clock, m_ids, *m_database)
    , m_rehearsals(clock, m_changes, m_outward.rehearsals)
    , m_writeContext(writeContext())
    , m_started(clock.now())
    , m_secondBegan(clock.instant())
{
    for (Station *station : std::initializer_list<Station *>{&m_matcher, &m_enforcer, &m_scheduler,
                                                             &m_dispatcher, &m_notifier})
        m_pipeline.add(*station);
    m_registrar.setFolders({settings.configs(), settings.overrides()});
    m_registrar.setSeal([this](std::string_view text) { return m_datastore.encrypt(text); },
                        [this](std::string_view cipher) { return m_datastore.decrypt(cipher); });
    applySettings();
    m_loop.everyMinute([this] { everyMinute(); });
    m_loop.afterBatch([this] { settleBatch(); });
    m_loop.nextAlarm([this] { return m_scheduler.nextDue(); });
    m_dispatcher.setIssueToken([this](const Execution &execution) {
        const Value metadata = Value::map({{"service", "actions_container"},
                                           {"action_name", execution.action.text()},
                                           {"live_action_id", execution.liveAction.text()}});
        return issueServiceToken(execution.context["user"].toQStringOr(m_settings.systemUser),
                                 metadata, m_clock.now() + std::chrono::hours(24), *m_database,
                                 m_ids);
    });
    addWebhookWrites(m_routes, m_writeContext);
    addExecutionWrites(m_routes, m_writeContext);
    addRuleWrites(m_routes, m_writeContext);
    addContentWrites(m_routes, m_writeContext);
    addRegistrationRequests(m_routes, m_writeContext);
    addTriggerWrites(m_routes, m_writeContext);
    addSensorRequests(m_routes, m_writeContext);
    addEngineRequests(m_routes, m_writeContext);
    addKeyRequests(m_routes, m_writeContext);
    addAliasWrites(m_routes, m_writeContext);
    addConfigWrites(m_routes, m_writeContext);
    addAliasExecutions(m_routes, m_writeContext);
    addRehearsalRequests(m_routes, m_writeContext);
    addPackRequests(m_routes, m_writeContext);
}

void Core::applySettings()
{
    m_intake.setRefusing(m_settings.validateTriggerPayload);
    m_triggerRegistry.setHoldingToSchemas(m_settings.validateTriggerParameters);
    m_triggerRegistry.setCheckParameters([this](const Ref &type, const Value &parameters) {
        return checkTriggerParameters(type, parameters, m_clock.now());
    });
    Notifier::Ends ends;
    for (const QString &text : m_settings.actionTriggerWhen) {
        if (const std::optional<ExecutionStatus> status = executionStatusFromText(text))
            ends.push_back(*status);
    }
    m_notifier.setRaisingEnds(std::move(ends));
}

WriteContext Core::writeContext()
{
    return {m_clock,
            m_ids,
            m_stores,
            m_sensors,
            m_catalogue,
            m_memory.triggers(),
            m_intake,
            m_requester,
            m_triggerRegistry,
            m_ruleRegistry,
            m_registrar,
            m_memory,
            m_datastore.keys(),
            [this](const QString &text) -> Result<QString> {
                SG_LET(const std::string cipher, m_datastore.encrypt(text.toStdString()));
                return QString::fromStdString(cipher);
            },
            [this](const QString &cipher) -> Result<QString> {
                SG_LET(const Value text, m_datastore.decrypt(cipher.toStdString()));
                return text.toQString();
            },
            m_settings.packFolders,
            registerPacks(),
            m_packaging.operations(),
            m_packaging.index(),
            [this] { return stats(); },
            m_sensorBook,
            m_changes,
            m_datastore,
            [this] { return m_retention.document(); },
            [this] { beginRetention(); },
            m_rehearsals};
}

Result<> Core::begin()
{
    Transaction transaction(*m_database);
    SG_TRY(registerBuiltIn());
    SG_TRY(m_memory.load());
    SG_LET(const std::vector<Execution> leftOver, leftRunning());
    SG_TRY(m_recorder.abandonOrphans());
    SG_TRY(transaction.commit());
    for (const Execution &execution : leftOver) {
        if (killLeftOver(execution.process, execution.processStart))
            qCInfo(coreLog).noquote() << "Execution" << execution.id.text()
                                      << "still ran after a crash; its processes were ended.";
    }
    m_changes.release();
    m_memory.settle(m_database->undoings(), {[] {}, [] {}, [] {}});
    sendTriggers();
    m_sensorBook.send();
    return {};
}

// What a former run did not see end.
Result<std::vector<Execution>> Core::leftRunning()
{
    constexpr int all = 1'000'000;
    std::vector<Execution> left;
    for (const ExecutionStatus status : {ExecutionStatus::Running, ExecutionStatus::Canceling}) {
        SG_LET(const std::vector<Id> ids, m_stores.executions.waiting(status, all));
        for (const Id &id : ids) {
            SG_LET(std::optional<Execution> execution, m_stores.executions.find(id));
            if (execution)
                left.push_back(std::move(*execution));
        }
    }
    return left;
}

Result<> Core::registerBuiltIn()
{
    for (RunnerType type : runnerTypes()) {
        SG_LET(const std::optional<RunnerType> known, m_stores.runnerTypes.find(type.name));
        type.id = known ? known->id : m_ids.make();
        if (known)
            type.enabled = known->enabled;
        if (!known || type != *known)
            SG_TRY(known ? m_stores.runnerTypes.update(type) : m_stores.runnerTypes.add(type));
    }
    for (const TriggerType &type : builtinTriggerTypes())
        SG_TRY(m_triggerRegistry.saveType(type));
    return {};
}

RegisterPacks Core::registerPacks()
{
    return [this](const QStringList &packs, auto done) {
        m_content.registerNow(packs, std::move(done));
    };
}

void Core::followPacks()
{
    m_packaging.operations().recover();
    m_content.scan();
}

void Core::handle(Request request, Endpoint::Answer answer)
{
    const Routes::Match match = m_routes.find(request.verb, request.path);
    if (match.later)
        return handleLater(request, match, std::move(answer));
    std::optional<Result<Response>> response;
    const Result<> done = m_pipeline.attempt([&]() -> Result<> {
        response = answerTo(request, match);
        return *response ? Result<>() : Result<>(failure(response->error()));
    });
    Result<Response> given = done ? std::move(*response) : Result<Response>(failure(done.error()));
    m_outbox.add([answer = std::move(answer), given = std::move(given)](const Result<> &committed) {
        answer(committed ? given : Result<Response>(failure(committed.error())));
    });
}

void Core::handleLater(const Request &request, const Routes::Match &match, Endpoint::Answer answer)
{
    Result<Caller> caller = authenticate(*m_database, request, m_clock, m_settings);
    if (!caller)
        return answer(failure(caller.error()));
    (*match.later)(Call{request, match.arguments, std::move(*caller)}, std::move(answer));
}

Result<Response> Core::answerTo(const Request &request, const Routes::Match &match)
{
    SG_LET(Caller caller, authenticate(*m_database, request, m_clock, m_settings));
    if (!match.handler)
        return failure(ErrorCode::NotFound, u"The resource could not be found."_s);
    return (*match.handler)(Call{request, match.arguments, std::move(caller)});
}

Result<Caller> Core::authenticate(Database &database, const Request &request, const Clock &clock,
                                  const Settings &settings)
{
    if (!settings.requireCredential && request.credential.kind == Credential::Kind::None)
        return Caller{settings.systemUser, true, u"none"_s, u"header"_s};
    SG_LET(const Identity identity, identityOf(request.credential, database, clock.now()));
    return Caller{identity.user, true, identity.method, identity.location};
}

void Core::setApiUrl(const QString &url)
{
    // Runners add the version, as packs find it in their environment.
    m_dispatcher.setApiUrl(QString(url).remove(QRegularExpression(u"/v1$"_s)));
    m_sensorBook.setApiUrl(url);
    const Result<> welcomed = m_pipeline.attempt([&] { return m_welcome.setApiUrl(url); });
    if (!welcomed)
        qCWarning(coreLog).noquote()
            << "The welcome page has no curl line:" << welcomed.error().message;
}

void Core::takeEvent(Event event, PayloadCheck check, std::function<void(Result<Id>)> stored)
{
    Result<Id> id = Id();
    const Result<> done = m_pipeline.attempt([&]() -> Result<> {
        id = m_intake.take(std::move(event), check);
        return id ? Result<>() : Result<>(failure(id.error()));
    });
    Result<Id> given = done ? id : Result<Id>(failure(done.error()));
    m_outbox.add([stored = std::move(stored), given = std::move(given)](const Result<> &committed) {
        stored(committed ? given : Result<Id>(failure(committed.error())));
    });
}

void Core::keepPosition(const QString &source, const QString &cursor)
{
    const Result<> kept
        = m_pipeline.attempt([&] { return m_stores.triggerInstances.setCursor(source, cursor); });
    if (!kept)
        qCWarning(coreLog).noquote()
            << "How far" << source << "has come could not be kept:" << kept.error().message;
}

void Core::takeReports(const std::vector<RunReport> &reports)
{
    for (const RunReport &report : reports) {
        Result<> taken = m_pipeline.attempt([&] { return m_recorder.take(report); });
        // The outcome of a run is told once: it must not be lost to trouble that passes.
        if (!taken && !taken.error().isRefusal())
            m_unrecorded.push_back(report);
        if (!taken)
            qCWarning(coreLog).noquote()
                << "A report of a runner was not recorded:" << taken.error().message;
    }
}

void Core::settleBatch()
{
    m_fresh.clear();
    countEvents();
    m_sensorBook.hold(m_content.isRegistering());
    m_memory.settle(m_database->undoings(),
                    {[this] { sendTriggers(); }, [this] { m_sensorBook.send(); },
                     [this] {
                         m_configs.forget();
                         m_outward.contentChanged();
                     }});
}

void Core::everyMinute()
{
    const Result<std::vector<Id>> running
        = m_stores.executions.waiting(ExecutionStatus::Running, 1'000'000);
    if (running)
        m_slots.reconcile(*running);
    std::vector<RunReport> again;
    again.swap(m_unrecorded);
    takeReports(again);
    m_sensorBook.everyMinute();
    beginRetention();
}

void Core::beginRetention()
{
    if (m_retention.begin())
        removeOld();
}

// A short piece, then everybody else's turn.
void Core::removeOld()
{
    constexpr std::chrono::milliseconds pause{10};
    if (m_retention.runPiece())
        m_outward.later(pause, [this] { removeOld(); });
}

void Core::sendTriggers()
{
    std::vector<TimerSpec> timers;
    std::vector<FileWatchSpec> watches;
    for (const TriggerPointer &trigger : m_memory.triggers().all()) {
        if (timerKindOf(trigger->type)) {
            const auto cursor = m_stores.triggerInstances.cursorOf(timerSource(trigger->id));
            timers.push_back(timerSpecOf(*trigger, cursor.value_or(QString())));
        } else if (isFileWatch(trigger->type) && !trigger->parameters.entriesOrNone().isEmpty()) {
            const auto cursor = m_stores.triggerInstances.cursorOf(fileWatchSource(trigger->id));
            watches.push_back({.trigger = *trigger, .cursor = cursor.value_or(QString())});
        }
    }
    std::vector<Trigger> triggers;
    for (const TriggerPointer &trigger : m_memory.triggers().all())
        triggers.push_back(*trigger);
    m_outward.triggers(std::move(triggers));
    m_outward.timers(std::move(timers));
    m_outward.fileWatches(std::move(watches));
}

void Core::takeSensorState(const SensorState &state, const std::vector<SensorLogLine> &log)
{
    m_sensorBook.take(state, log);
}

void Core::announce(const Job &job, const QString &route, const Value &content)
{
    m_changes.add(u"st2.announcement__"_s + route,
                  Value::map({{"payload", content},
                              {"trace_context", Value()},
                              {"execution_id", job.execution.text()}}));
}

void Core::countEvents()
{
    const Instant now = m_clock.instant();
    while (m_secondBegan + std::chrono::seconds(1) <= now) {
        m_eventsBySecond.push_back(m_eventsThisSecond);
        m_eventsThisSecond = 0;
        // After a long quiet there is nothing to catch up with.
        const bool isLongAgo = now - m_secondBegan > std::chrono::seconds(secondsShown);
        m_secondBegan = isLongAgo ? now : m_secondBegan + std::chrono::seconds(1);
        if (isLongAgo)
            m_eventsBySecond.assign(secondsShown, 0);
        while (m_eventsBySecond.size() > secondsShown)
            m_eventsBySecond.pop_front();
    }
    m_eventsThisSecond += m_intake.taken() - m_eventsCounted;
    m_eventsCounted = m_intake.taken();
}

Value Core::stats()
{
    countEvents();
    Value seconds = Value::list();
    for (const std::int64_t count : m_eventsBySecond)
        seconds.append(count);
    Value executions = Value::map();
    if (const auto counts = m_stores.executions.countByStatus()) {
        for (const Database::Count &count : *counts)
            executions.set(count.key, count.number);
    }
    return Value::map(
        {{"events_per_second", m_eventsBySecond.empty() ? 0 : m_eventsBySecond.back()},
         {"events_by_second", seconds},
         {"executions", executions},
         {"running", static_cast<std::int64_t>(m_slots.running())},
         {"waiting", static_cast<std::int64_t>(m_slots.waitingCount())},
         {"engine",
          Value::map({{"state", "ok"},
                      {"version", SG_VERSION},
                      {"started", toIsoText(m_started)},
                      {"memory", residentBytes()},
                      {"database_bytes", QFileInfo(m_settings.databaseFile()).size()},
                      {"data_folder", m_settings.dataFolder}})},
         {"welcome", m_welcome.document()}});
}

} // namespace stormglass
