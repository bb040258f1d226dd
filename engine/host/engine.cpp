#include "engine/host/engine.h"

#include "engine/base/thread_name.h"
#include "engine/host/core.h"
#include "engine/host/io_side.h"
#include "engine/host/pack_reader.h"
#include "engine/host/reader.h"
#include "engine/store/checkpointer.h"
#include "engine/store/transaction.h"

#include <QDir>
#include <QLoggingCategory>

#include <future>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace Qt::StringLiterals;

namespace stormglass {

Q_LOGGING_CATEGORY(hostLog, "stormglass.engine.host")

namespace {

constexpr std::size_t readerCount = 2;
constexpr std::chrono::milliseconds checkpointInterval{200};

// glibc keeps small freed pieces apart and joins them all at each larger one that is freed, which
// each batch does: 6 % of an event. What a thread's own cache keeps is enough.
void configureMemory()
{
#ifdef __GLIBC__
    mallopt(M_MXFAST, 0);
#endif
}

Result<> makeFolders(const Settings &settings)
{
    for (const QString &folder :
         {settings.dataFolder, settings.dataFolder + u"/packs"_s, settings.configs(),
          settings.overrides(), settings.dataFolder + u"/welcome"_s}) {
        if (!QDir().mkpath(folder))
            return failure(ErrorCode::Unavailable,
                           u"The folder %1 cannot be made. Choose another with --data, or make it "
                           "writable."_s.arg(folder));
    }
    return {};
}

} // namespace

struct Engine::Private
{
    Private(const Settings &theSettings, const Clock &theClock)
        : settings(theSettings)
        , clock(theClock)
        , events(mailbox, reactor)
    {
    }

    Core::Outward outward();
    SensorBook::IoSensors ioSensors();
    Packaging::Outward packagingOutward();
    ContentKeeper::Outward packs();
    IoSide::Inward inward();
    // The two threads meet three times while the engine starts.
    struct Start
    {
        std::promise<Result<>> opened;
        std::promise<bool> goOn;
        std::promise<Result<>> began;
    };
    void runEngine(Start &start);
    Result<> surround();
    // Runs something on the engine's thread, not before some time has passed.
    void postLater(std::chrono::milliseconds delay, std::function<void()> task);
    // Runs something on the Io thread and waits for it: for start and stop alone.
    void onIo(const std::function<void()> &work);
    void scheduleCheckpoint();

    const Settings settings;
    const Clock &clock;
    Mailbox mailbox;
    Reactor reactor;
    EngineEvents events;
    std::unique_ptr<Core> core;
    std::unique_ptr<IoSide> io;
    std::vector<std::unique_ptr<Reader>> readers;
    std::unique_ptr<PackReader> packReader;
    std::unique_ptr<Checkpointer> checkpointer;
    std::atomic<std::size_t> nextReader = 0;
    std::thread engineThread;
    std::thread ioThread;
    // Thread: Io.
    Reactor::TimerId checkpointTimer = 0;
    bool isStopped = false;
};

Core::Outward Engine::Private::outward()
{
    Core::Outward out;
    out.startJobs = [this](std::vector<Job> jobs) {
        reactor.post([this, jobs = std::move(jobs)] { io->desk().start(jobs); });
    };
    out.cancelJob = [this](const Execution &execution) {
        reactor.post([this, id = execution.id, runner = execution.runnerType] {
            io->desk().cancel(id, runner, std::chrono::seconds(5));
        });
    };
    out.timers = [this](std::vector<TimerSpec> timers) {
        reactor.post([this, timers = std::move(timers)] { io->setTimers(timers); });
    };
    out.fileWatches = [this](std::vector<FileWatchSpec> watches) {
        reactor.post([this, watches = std::move(watches)] { io->setFileWatches(watches); });
    };
    out.sensors = ioSensors();
    out.packs = packs();
    out.triggers = [this](std::vector<Trigger> triggers) {
        reactor.post([this, triggers = std::move(triggers)] { io->setTriggers(triggers); });
    };
    out.contentChanged = [this] {
        for (const auto &reader : readers)
            reader->forgetContent();
    };
    out.later = [this](std::chrono::milliseconds delay, std::function<void()> task) {
        postLater(delay, std::move(task));
    };
    out.rehearsals.start = [this](const RehearsalOrder &order) {
        const std::size_t turn
            = nextReader.fetch_add(1, std::memory_order_relaxed) % readers.size();
        readers[turn]->rehearse(order, [this](const RehearsalReport &report) {
            mailbox.post([this, report] { core->takeRehearsal(report); });
        });
    };
    out.rehearsals.cancel = [this](const Id &id) {
        for (const auto &reader : readers)
            reader->cancelRehearsal(id);
    };
    out.packaging = packagingOutward();
    return out;
}

Packaging::Outward Engine::Private::packagingOutward()
{
    Packaging::Outward out;
    out.commands.start = [this](CommandId command, ProcessSpec spec) {
        reactor.post(
            [this, command, spec = std::move(spec)] { io->commands().start(command, spec); });
    };
    out.commands.stop = [this](CommandId command) {
        reactor.post([this, command] { io->commands().stop(command); });
    };
    out.line = [this](const Id &execution, const QString &line) {
        reactor.post([this, execution, line] { io->packRunner().output(execution, line); });
    };
    out.ended = [this](const Id &execution, Outcome outcome) {
        reactor.post([this, execution, outcome = std::move(outcome)] {
            io->packRunner().finish(execution, outcome);
        });
    };
    return out;
}

ContentKeeper::Outward Engine::Private::packs()
{
    ContentKeeper::Outward out;
    out.read = [this](PackOrder order) {
        packReader->read(std::move(order), [this](ReadPack pack) {
            mailbox.post([this, pack = std::make_shared<ReadPack>(std::move(pack))] {
                core->takePack(std::move(*pack));
            });
        });
    };
    out.later = [this](std::function<void()> work) { mailbox.post(std::move(work)); };
    out.after = [this](std::chrono::milliseconds delay, std::function<void()> work) {
        postLater(delay, std::move(work));
    };
    out.watch = [this](QHash<QString, QString> folders) {
        reactor.post([this, folders = std::move(folders)] { io->setPackFolders(folders); });
    };
    return out;
}

// Asked there, answered here.
SensorBook::IoSensors Engine::Private::ioSensors()
{
    SensorBook::IoSensors sensors;
    sensors.replace = [this](std::vector<SensorSpec> specs) {
        reactor.post([this, specs = std::move(specs)] { io->setSensors(specs); });
    };
    sensors.command
        = [this](const QString &name, SensorCommand command, SensorDesk::Done<SensorState> done) {
              reactor.post([this, name, command, done = std::move(done)] {
                  mailbox.post([done, state = io->command(name, command)] { done(state); });
              });
          };
    sensors.readLog = [this](const QString &name, std::int64_t after,
                             SensorDesk::Done<std::vector<SensorLogLine>> done) {
        reactor.post([this, name, after, done = std::move(done)] {
            mailbox.post([done, lines = io->sensors().log(name, after)] { done(lines); });
        });
    };
    sensors.tryOnce = [this](const QString &name, std::chrono::milliseconds limit,
                             SensorDesk::Done<SensorTrial> done) {
        reactor.post([this, name, limit, done = std::move(done)] {
            const Result<> begun
                = io->sensors().tryOnce(name, limit, [this, done](const SensorTrial &trial) {
                      mailbox.post([done, trial] { done(trial); });
                  });
            if (!begun)
                mailbox.post([done, begun] { done(failure(begun.error())); });
        });
    };
    sensors.readTimers = [this](SensorDesk::Done<std::vector<TimerState>> done) {
        reactor.post([this, done = std::move(done)] {
            mailbox.post([done, states = io->timerStates()] { done(states); });
        });
    };
    return sensors;
}

IoSide::Inward Engine::Private::inward()
{
    return {
        [this](std::vector<RunReport> reports) {
            mailbox.post([this, reports = std::move(reports)] { core->takeReports(reports); });
        },
        [this](const SensorState &state, const std::vector<SensorLogLine> &log) {
            mailbox.post([this, state, log] { core->takeSensorState(state, log); });
        },
        [this](const Job &job, const QString &route, const Value &content) {
            mailbox.post([this, job, route, content] { core->announce(job, route, content); });
        },
        {[this](const Job &job) { mailbox.post([this, job] { core->packaging().beginJob(job); }); },
         [this](const Id &execution) {
             mailbox.post([this, execution] { core->packaging().cancelJob(execution); });
         }},
        [this](CommandNews news) {
            mailbox.post([this, news = std::move(news)] { core->packaging().take(news); });
        },
        [this](const QStringList &names) {
            mailbox.post([this, names] { core->packsChanged(names); });
        }};
}

void Engine::Private::runEngine(Start &start)
{
    nameThisThread(ThreadName::Engine);
    Result<std::unique_ptr<Database>> database = Database::openWriter(settings.databaseFile());
    if (!database) {
        start.opened.set_value(failure(database.error()));
        return;
    }
    core = std::make_unique<Core>(settings, clock, std::move(*database), mailbox, outward());
    start.opened.set_value({});
    if (!start.goOn.get_future().get())
        return;
    const Result<> began = core->begin();
    // Before anybody can ask whether it is done; the folders are read while the window paints.
    if (began)
        mailbox.post([this] { core->followPacks(); });
    start.began.set_value(began);
    if (!began)
        return;
    core->loop().run();
}

// Everything beside the engine's thread, which has opened the database and waits.
Result<> Engine::Private::surround()
{
    events.setHandlers({[this](Event event, PayloadCheck check, EngineEvents::Stored stored) {
                            core->takeEvent(std::move(event), check, std::move(stored));
                        },
                        [this](const QString &source, const QString &cursor) {
                            core->keepPosition(source, cursor);
                        }});
    ioThread = std::thread([this] { reactor.run(); });
    onIo([this] { io = std::make_unique<IoSide>(settings, clock, reactor, events, inward()); });
    const auto authenticate = [this](Database &connection, const Request &request) {
        return Core::authenticate(connection, request, clock, settings);
    };
    for (std::size_t i = 0; i < readerCount; ++i) {
        SG_LET(std::unique_ptr<Reader> reader,
               Reader::start(settings, clock, core->changes(), authenticate));
        readers.push_back(std::move(reader));
    }
    packReader = std::make_unique<PackReader>(clock);
    SG_LET(checkpointer, Checkpointer::open(settings.databaseFile()));
    return {};
}

void Engine::Private::postLater(std::chrono::milliseconds delay, std::function<void()> task)
{
    reactor.post([this, delay, task = std::move(task)] {
        reactor.after(delay, [this, task] { mailbox.post(task); });
    });
}

void Engine::Private::onIo(const std::function<void()> &work)
{
    std::promise<void> done;
    reactor.post([&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

void Engine::Private::scheduleCheckpoint()
{
    checkpointTimer = reactor.after(checkpointInterval, [this] {
        readers.front()->checkpoint([this] {
            if (const auto report = checkpointer->run(); !report)
                qCWarning(hostLog).noquote()
                    << "The write-ahead log was not copied:" << report.error().message;
        });
        scheduleCheckpoint();
    });
}

Engine::Engine(std::unique_ptr<Private> d)
    : m_private(std::move(d))
{
}

Engine::~Engine()
{
    stop();
}

Result<std::unique_ptr<Engine>> Engine::start(const Settings &settings, const Clock &clock)
{
    configureMemory();
    SG_TRY(makeFolders(settings));
    // Outlives the thread that fulfils its promises: the engine joins it, and goes first.
    Private::Start start;
    auto engine = std::unique_ptr<Engine>(new Engine(std::make_unique<Private>(settings, clock)));
    Private &p = *engine->m_private;
    p.engineThread = std::thread([&p, &start] { p.runEngine(start); });
    SG_TRY(start.opened.get_future().get());
    const Result<> surrounded = p.surround();
    start.goOn.set_value(surrounded.has_value());
    SG_TRY(surrounded);
    SG_TRY(start.began.get_future().get());
    p.onIo([&p] { p.scheduleCheckpoint(); });
    return engine;
}

void Engine::handle(Request request, Answer answer)
{
    Private &p = *m_private;
    if (p.readers.front()->takes(request)) {
        const std::size_t turn
            = p.nextReader.fetch_add(1, std::memory_order_relaxed) % p.readers.size();
        p.readers[turn]->handle(std::move(request), std::move(answer));
        return;
    }
    p.mailbox.post([&p, request = std::move(request), answer = std::move(answer)] {
        p.core->handle(request, answer);
    });
}

ChangeFeed &Engine::feed()
{
    return m_private->core->changes();
}

Reactor &Engine::reactor()
{
    return m_private->reactor;
}

const Clock &Engine::clock() const
{
    return m_private->clock;
}

void Engine::setApiUrl(const QString &url)
{
    m_private->mailbox.post([p = m_private.get(), url] { p->core->setApiUrl(url); });
}

void Engine::settle()
{
    std::promise<void> settled;
    Mailbox &mailbox = m_private->mailbox;
    Core &core = *m_private->core;
    // The second is taken by a later batch, so the first one's is committed by then.
    mailbox.post([&] { core.whenRegistered([&] { mailbox.post([&] { settled.set_value(); }); }); });
    settled.get_future().wait();
}

void Engine::stop()
{
    Private &p = *m_private;
    if (p.isStopped)
        return;
    p.isStopped = true;
    if (p.io) {
        // What runs is asked to end; its reports are still recorded, until the deadline.
        std::promise<void> ended;
        p.reactor.post([&] { p.io->stop(p.settings.stopDeadline, [&] { ended.set_value(); }); });
        ended.get_future().wait();
    }
    if (p.core)
        p.core->loop().stop();
    if (p.engineThread.joinable())
        p.engineThread.join();
    // The next checkpoint would ask a reader that has gone.
    if (p.ioThread.joinable())
        p.onIo([&p] { p.reactor.cancelTimer(p.checkpointTimer); });
    p.readers.clear();
    p.packReader.reset();
    if (p.ioThread.joinable()) {
        p.onIo([&p] { p.io.reset(); });
        p.reactor.stop();
        p.ioThread.join();
    }
    p.core.reset();
}

Result<QString> createApiKey(const Settings &settings, const Clock &clock, const QString &user)
{
    SG_TRY(makeFolders(settings));
    const auto make = [&]() -> Result<QString> {
        nameThisThread(ThreadName::Engine);
        SG_LET(const std::unique_ptr<Database> database,
               Database::openBeside(settings.databaseFile()));
        IdGenerator ids(clock);
        Transaction transaction(*database);
        SG_LET(const QString key, issueApiKey(user, *database, ids, clock.now()));
        SG_TRY(transaction.commit());
        return key;
    };
    // Only the engine's thread writes.
    std::promise<Result<QString>> made;
    std::thread writer([&] { made.set_value(make()); });
    writer.join();
    return made.get_future().get();
}

} // namespace stormglass
