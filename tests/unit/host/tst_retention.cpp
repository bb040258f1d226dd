#include "engine/host/retention.h"

#include "engine/base/thread_name.h"
#include "engine/store/transaction.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using Status = ExecutionStatus;

namespace {

struct Site
{
    explicit Site(const Settings &settings = {})
        : database(TestDatabase::Place::File)
        , ids(clock)
        , stores(database)
        , keys(database)
        , retention(clock, settings, stores, keys,
                    [this](const std::function<Result<>()> &work) -> Result<> {
                        Transaction transaction(database);
                        SG_TRY(work());
                        return transaction.commit();
                    })
    {
    }

    void write(const std::function<Result<>()> &work)
    {
        Transaction transaction(database);
        SG_OK(work());
        SG_OK(transaction.commit());
    }

    Execution execution(Status status, const Execution *parent = nullptr)
    {
        Execution made{.id = ids.make(),
                       .liveAction = ids.make(),
                       .action = {u"core"_s, u"noop"_s},
                       .runnerType = u"noop"_s,
                       .context = Value::map({{"user", "stanley"}}),
                       .started = clock.now(),
                       .parent = parent ? parent->id : Id()};
        write([&]() -> Result<> {
            SG_LET(made, stores.executions.add(made));
            for (const Status next : {Status::Scheduled, Status::Running, status}) {
                if (made.status == status)
                    break;
                SG_LET(made, stores.executions.move(made, {.to = next, .time = clock.now()}));
            }
            if (isCompleted(status)) {
                SG_TRY(stores.executions.setNoticed(made.id));
                if (parent)
                    SG_TRY(stores.executions.setFollowed(made.id));
            }
            return {};
        });
        return made;
    }

    void instance(TriggerInstanceStatus status, qsizetype payloadBytes = 10)
    {
        TriggerInstance made;
        made.id = ids.make();
        made.triggerId = ids.make();
        made.trigger = {u"core"_s, u"x"_s};
        made.occurrence = clock.now();
        made.payload = Value::map({{"text", QString(payloadBytes, u'x')}});
        made.status = status;
        write([&] { return stores.triggerInstances.add(made); });
    }

    int run()
    {
        if (!retention.begin())
            return 0;
        int pieces = 1;
        while (retention.runPiece())
            ++pieces;
        return pieces;
    }

    std::int64_t instances() { return stores.triggerInstances.count({}).value_or(-1); }
    bool has(const Execution &execution)
    {
        return stores.executions.find(execution.id).value_or(std::nullopt).has_value();
    }

    FakeClock clock;
    TestDatabase database;
    IdGenerator ids;
    Stores stores;
    KeyValueStore keys;
    Retention retention;
};

} // namespace

class TestRetention : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Engine); }
    void removesWhatIsOlderThanItsKindIsKept();
    void keepsForEverWhereAskedTo();
    void keepsWhatRunsWaitsOrBelongsToAWorkflowThatRuns();
    void removesInShortPiecesAndTellsWhatWent();
    void takesTheOldestBeforeItsTimeWhereTheDiskIsFull();
    void neverTakesTheLastHour();
    void goesOnWithOtherKindsWhereOneFails();
    void letsExpiredKeysGo();
};

void TestRetention::removesWhatIsOlderThanItsKindIsKept()
{
    Site site;
    site.instance(TriggerInstanceStatus::Processed);
    const Execution old = site.execution(Status::Succeeded);
    site.clock.advance(std::chrono::hours(24 * 8));
    site.instance(TriggerInstanceStatus::Processed);
    site.run();
    QCOMPARE(site.instances(), 1);
    QVERIFY(site.has(old));
    site.clock.advance(std::chrono::hours(24 * 30));
    site.run();
    QCOMPARE(site.instances(), 0);
    QVERIFY(!site.has(old));
}

void TestRetention::keepsForEverWhereAskedTo()
{
    Settings settings;
    settings.keepTriggerInstances = std::chrono::hours(0);
    Site site(settings);
    site.instance(TriggerInstanceStatus::Processed);
    site.clock.advance(std::chrono::hours(24 * 5'000));
    site.run();
    QCOMPARE(site.instances(), 1);
    QVERIFY(site.retention.document()["kept_hours"]["trigger_instances"].isNull());
}

void TestRetention::keepsWhatRunsWaitsOrBelongsToAWorkflowThatRuns()
{
    Site site;
    site.instance(TriggerInstanceStatus::Pending);
    const Execution running = site.execution(Status::Running);
    const Execution abandoned = site.execution(Status::Abandoned);
    const Execution done = site.execution(Status::Succeeded, &running);
    const Execution below = site.execution(Status::Succeeded, &done);
    const Execution alone = site.execution(Status::Failed);
    site.clock.advance(std::chrono::hours(24 * 100));
    site.run();
    QCOMPARE(site.instances(), 1);
    QVERIFY(site.has(running) && site.has(abandoned) && site.has(done) && site.has(below));
    QVERIFY(!site.has(alone));
    // Once it has ended they go as others do.
    site.write([&]() -> Result<> {
        SG_TRY(site.stores.executions.move(running,
                                           {.to = Status::Succeeded, .time = site.clock.now()}));
        return site.stores.executions.setNoticed(running.id);
    });
    site.run();
    QVERIFY(!site.has(done) && !site.has(below) && site.has(running));
}

void TestRetention::removesInShortPiecesAndTellsWhatWent()
{
    Site site;
    constexpr int many = 2'600;
    site.write([&]() -> Result<> {
        for (int i = 0; i < many; ++i) {
            TriggerInstance made;
            made.id = site.ids.make();
            made.triggerId = made.id;
            made.trigger = {u"core"_s, u"x"_s};
            made.occurrence = site.clock.now();
            made.status = TriggerInstanceStatus::Processed;
            SG_TRY(site.stores.triggerInstances.add(made));
        }
        return {};
    });
    site.clock.advance(std::chrono::hours(24 * 8));
    QVERIFY(site.retention.begin());
    QVERIFY(!site.retention.begin());
    QVERIFY(site.retention.runPiece());
    // One piece is bounded, however much there is.
    QVERIFY(site.instances() > many - 2'100);
    QCOMPARE(site.retention.document()["state"], Value("running"));
    while (site.retention.runPiece()) {}
    QCOMPARE(site.instances(), 0);
    const Value document = site.retention.document();
    QCOMPARE(document["state"], Value("idle"));
    QCOMPARE(document["last_run"]["removed"]["trigger_instances"], Value(many));
    QCOMPARE(document["removed_since_start"]["trigger_instances"], Value(many));
    QCOMPARE(document["last_run"]["for_budget"], Value(false));
}

void TestRetention::takesTheOldestBeforeItsTimeWhereTheDiskIsFull()
{
    Settings settings;
    settings.historyMegabytes = 4;
    Site site(settings);
    // Six days of a megabyte each, all of them younger than they may become.
    for (int day = 0; day < 6; ++day) {
        for (int i = 0; i < 10; ++i)
            site.instance(TriggerInstanceStatus::Processed, 100'000);
        site.clock.advance(std::chrono::hours(24));
    }
    site.run();
    QVERIFY(site.instances() >= 10);
    QVERIFY(site.instances() <= 40);
    const Value document = site.retention.document();
    QCOMPARE(document["last_run"]["for_budget"], Value(true));
    QCOMPARE(document["budget"]["is_over"], Value(false));
    QVERIFY(document["budget"]["used"].toInt() <= 4LL * 1024 * 1024);
    // Nothing more goes while there is room.
    const std::int64_t left = site.instances();
    site.run();
    QCOMPARE(site.instances(), left);
}

void TestRetention::neverTakesTheLastHour()
{
    Settings settings;
    settings.historyMegabytes = 1;
    Site site(settings);
    for (int i = 0; i < 20; ++i)
        site.instance(TriggerInstanceStatus::Processed, 100'000);
    site.clock.advance(std::chrono::minutes(50));
    site.run();
    QCOMPARE(site.instances(), 20);
    QCOMPARE(site.retention.document()["budget"]["is_over"], Value(true));
}

void TestRetention::goesOnWithOtherKindsWhereOneFails()
{
    Site site;
    site.instance(TriggerInstanceStatus::Processed);
    site.clock.advance(std::chrono::hours(24 * 8));
    // The first call is the removal of output.
    site.database->failCall(1, {ErrorCode::Unavailable, u"The disk is full."_s});
    site.run();
    QCOMPARE(site.instances(), 0);
    QCOMPARE(site.retention.document()["last_run"]["errors"]["output"], Value("The disk is full."));
}

void TestRetention::letsExpiredKeysGo()
{
    Site site;
    const KeyValue key{.id = site.ids.make(),
                       .scope = u"st2kv.system"_s,
                       .name = u"a"_s,
                       .value = u"1"_s,
                       .expires = site.clock.now() + std::chrono::seconds(30)};
    site.write([&] { return site.keys.set(key, site.clock.now()); });
    site.run();
    QVERIFY(site.keys.find(key.scope, key.name, site.clock.now()).value());
    site.clock.advance(std::chrono::seconds(30));
    // As good as gone at once, and gone with the next run.
    QVERIFY(!site.keys.find(key.scope, key.name, site.clock.now()).value());
    site.run();
    QCOMPARE(site.retention.document()["last_run"]["removed"]["expired_keys"], Value(1));
}

QTEST_GUILESS_MAIN(TestRetention)
#include "tst_retention.moc"
