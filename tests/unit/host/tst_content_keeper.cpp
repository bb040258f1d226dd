#include "engine/host/change_hub.h"
#include "engine/host/content_keeper.h"
#include "engine/host/memory.h"

#include "engine/base/thread_name.h"
#include "engine/packs/builtin_trigger_types.h"
#include "engine/store/stores.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

// A keeper whose batches a test runs one by one, and whose packs are read when a test says so.
struct Bench
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids{clock};
    Stores stores{database};
    SensorTypeStore sensors{database};
    Mailbox mailbox;
    ChangeHub changes{mailbox, clock};
    LocalBus bus;
    Outbox outbox;
    Catalogue catalogue{stores.actions, stores.runnerTypes, stores.packs};
    Memory memory{stores.triggers, stores.rules, catalogue, changes};
    TriggerRegistry triggers{ids, stores.triggers, memory};
    RuleRegistry rules{clock,    ids,    stores.rules,
                       triggers, memory, [](const Rule &) { return Result<>(); }};
    Registrar registrar{ids,
                        {stores.packs, stores.actions, stores.runnerTypes, sensors, stores.triggers,
                         stores.rules, stores.aliases, stores.policies},
                        triggers,
                        rules,
                        memory};
    Pipeline pipeline{*database, bus, outbox, changes};
    QTemporaryDir folder;
    std::deque<PackOrder> ordered;
    std::deque<std::function<void()>> later;
    std::deque<std::function<void()>> afterwards;
    ContentKeeper keeper{{folder.path()},
                         {},
                         pipeline,
                         outbox,
                         registrar,
                         {[this](PackOrder order) { ordered.push_back(std::move(order)); },
                          [this](std::function<void()> work) { later.push_back(std::move(work)); },
                          [this](std::chrono::milliseconds, std::function<void()> work) {
                              afterwards.push_back(std::move(work));
                          },
                          [](const QHash<QString, QString> &) {}}};

    Bench()
    {
        committed(database, [&]() -> Result<> {
            RunnerType noop;
            noop.id = ids.make();
            noop.name = u"noop"_s;
            return stores.runnerTypes.add(noop);
        });
        write(u"p/pack.yaml"_s,
              "name: p\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n");
    }
    void write(const QString &path, const QByteArray &text)
    {
        const QString file = folder.filePath(path);
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    void writeActions(int count)
    {
        for (int i = 0; i < count; ++i)
            write(u"p/actions/a%1.yaml"_s.arg(i),
                  "name: a" + QByteArray::number(i) + "\nrunner_type: noop\n");
    }

    // One batch: all of the work, committed or not.
    Result<> batch(const std::function<void()> &work)
    {
        Transaction transaction(database);
        work();
        const Result<> kept = transaction.commit();
        outbox.release(kept);
        return kept;
    }
    // The same, but the disk is full when it is to be kept.
    void lostBatch(const std::function<void()> &work)
    {
        Transaction transaction(database);
        work();
        database->failCall(1, {ErrorCode::Unavailable, u"disk full"_s}, Database::FaultSpan::One);
        const Result<> kept = transaction.commit();
        QVERIFY(!kept);
        outbox.release(kept);
        database->failCall(0, {});
    }
    void read()
    {
        PackOrder order = std::move(ordered.front());
        ordered.pop_front();
        keeper.take(readPack(order));
    }
    // Until nothing is left to do at once.
    void runAll()
    {
        while (!ordered.empty() || !later.empty())
            SG_OK(batch([&] { step(); }));
    }
    void step()
    {
        if (!ordered.empty())
            return read();
        const auto work = std::move(later.front());
        later.pop_front();
        work();
    }
    void waitALittle()
    {
        SG_OK(batch([&] {
            for (const auto &work : std::exchange(afterwards, {}))
                work();
        }));
    }
    std::size_t actionCount() { return stores.actions.all()->size(); }
    QString stamp() { return stores.packs.stamp(u"p"_s).value(); }
};

} // namespace

class TestContentKeeper : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Engine); }
    void registersAPackInBatches();
    void readsAgainWhatABatchCouldNotKeep();
    void isNotTakenForUnchangedHalfRegistered();
    void givesAPackThatVanishesAMomentToComeBack();
    void removesAPackAgainWhoseRemovalWasLost();
    void aReadingThatWasOvertakenIsMadeAgain();
    void tellsWhoAsksOnceItIsKept();
    void tellsWhoAsksThatItCouldNotBeKept();
    void refusesAPackThatNoFolderHas();
    void forgetsWhatWasWrongWithAFolderThatIsGone();
};

void TestContentKeeper::registersAPackInBatches()
{
    Bench b;
    b.writeActions(400);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    SG_OK(b.batch([&] { b.read(); }));
    SG_OK(b.batch([&] { b.step(); }));
    QCOMPARE(b.actionCount(), std::size_t(300));
    QCOMPARE(b.stamp(), QString());
    b.runAll();
    QCOMPARE(b.actionCount(), std::size_t(400));
    QVERIFY(!b.stamp().isEmpty());
}

void TestContentKeeper::readsAgainWhatABatchCouldNotKeep()
{
    Bench b;
    b.writeActions(400);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    SG_OK(b.batch([&] { b.read(); }));
    b.lostBatch([&] { b.step(); });
    b.runAll();
    QCOMPARE(b.actionCount(), std::size_t(0));
    QCOMPARE(b.stamp(), QString());
    b.waitALittle();
    b.runAll();
    QCOMPARE(b.actionCount(), std::size_t(400));
    QVERIFY(!b.stamp().isEmpty());
}

void TestContentKeeper::isNotTakenForUnchangedHalfRegistered()
{
    Bench b;
    b.writeActions(1);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.runAll();
    const QString before = b.stamp();
    b.writeActions(400);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    SG_OK(b.batch([&] { b.read(); }));
    SG_OK(b.batch([&] { b.step(); }));
    // Killed here, the next start must not find the stamp of what was there.
    QVERIFY(!before.isEmpty());
    QCOMPARE(b.stamp(), QString());
}

void TestContentKeeper::givesAPackThatVanishesAMomentToComeBack()
{
    Bench b;
    b.writeActions(1);
    b.write(u"p/rules/r.yaml"_s, "name: r\ntrigger: {type: p.t}\naction: {ref: p.a0}\n");
    b.write(u"p/triggers/t.yaml"_s, "name: t\n");
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.runAll();
    const Id rule = (*b.stores.rules.find(Ref{u"p"_s, u"r"_s}))->id;
    SG_OK(b.batch([&] { return b.rules.setState(rule, RuleState::Observe); }));

    // An upgrade by hand: one folder goes, another takes its place.
    QDir(b.folder.path()).rename(u"p"_s, u".p.old"_s);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    QCOMPARE(b.actionCount(), std::size_t(1));
    QDir(b.folder.path()).rename(u".p.old"_s, u"p"_s);
    b.waitALittle();
    b.runAll();
    QCOMPARE((*b.stores.rules.find(Ref{u"p"_s, u"r"_s}))->state, RuleState::Observe);

    QDir(b.folder.filePath(u"p"_s)).removeRecursively();
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.waitALittle();
    b.runAll();
    QCOMPARE(b.actionCount(), std::size_t(0));
    QVERIFY(!*b.stores.packs.find(u"p"_s));
}

void TestContentKeeper::removesAPackAgainWhoseRemovalWasLost()
{
    Bench b;
    b.writeActions(3);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.runAll();
    QDir(b.folder.filePath(u"p"_s)).removeRecursively();
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.lostBatch([&] {
        for (const auto &work : std::exchange(b.afterwards, {}))
            work();
    });
    QCOMPARE(b.actionCount(), std::size_t(3));
    QVERIFY(*b.stores.packs.find(u"p"_s));
    for (int i = 0; i < 3 && b.actionCount() > 0; ++i) {
        b.waitALittle();
        b.runAll();
    }
    QCOMPARE(b.actionCount(), std::size_t(0));
    QVERIFY(!*b.stores.packs.find(u"p"_s));
}

void TestContentKeeper::aReadingThatWasOvertakenIsMadeAgain()
{
    Bench b;
    b.writeActions(1);
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    const ReadPack old = readPack(b.ordered.front());
    b.ordered.pop_front();
    // An installation puts another version in place and registers it.
    QFile::remove(b.folder.filePath(u"p/actions/a0.yaml"_s));
    b.write(u"p/actions/b.yaml"_s, "name: b\nrunner_type: noop\n");
    committed(b.database, [&] { return b.registrar.registerPack(b.folder.filePath(u"p"_s)); });
    SG_OK(b.batch([&] { b.keeper.take(old); }));
    b.runAll();
    QVERIFY(*b.stores.actions.find(Ref{u"p"_s, u"b"_s}));
    QVERIFY(!*b.stores.actions.find(Ref{u"p"_s, u"a0"_s}));
}

void TestContentKeeper::tellsWhoAsksOnceItIsKept()
{
    Bench b;
    b.writeActions(2);
    b.write(u"p/actions/odd.yaml"_s, "name: odd\nrunner_type: nothing\n");
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.runAll();
    std::optional<Result<RegistrationDemands::Summaries>> told;
    SG_OK(b.batch([&] {
        b.keeper.registerNow({u"p"_s},
                             [&](Result<RegistrationDemands::Summaries> result) { told = result; });
    }));
    QVERIFY(!told);
    b.runAll();
    QVERIFY(told && *told);
    QCOMPARE((**told).size(), std::size_t(1));
    QCOMPARE((**told)[0].actions, 2);
    QCOMPARE((**told)[0].problems.size(), std::size_t(1));
}

void TestContentKeeper::tellsWhoAsksThatItCouldNotBeKept()
{
    Bench b;
    b.writeActions(2);
    std::optional<Result<RegistrationDemands::Summaries>> told;
    SG_OK(b.batch([&] {
        b.keeper.registerNow({},
                             [&](Result<RegistrationDemands::Summaries> result) { told = result; });
    }));
    SG_OK(b.batch([&] { b.read(); }));
    b.lostBatch([&] { b.step(); });
    QVERIFY(told && !*told);
    QCOMPARE(told->error().message, u"disk full"_s);
}

void TestContentKeeper::refusesAPackThatNoFolderHas()
{
    Bench b;
    std::optional<Result<RegistrationDemands::Summaries>> told;
    SG_OK(b.batch([&] {
        b.keeper.registerNow({u"p"_s, u"nobody"_s},
                             [&](Result<RegistrationDemands::Summaries> r) { told = r; });
    }));
    QVERIFY(told && !*told);
    QCOMPARE(told->error().code, ErrorCode::Invalid);
    QVERIFY(told->error().message.startsWith(u"Pack \"nobody\" not found on disk"));
    QVERIFY(b.ordered.empty());
}

void TestContentKeeper::forgetsWhatWasWrongWithAFolderThatIsGone()
{
    Bench b;
    b.write(u"ruined/pack.yaml"_s, "name: [ruined\n");
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    b.runAll();
    QCOMPARE(b.stores.packs.problems(u"ruined"_s)->size(), std::size_t(1));
    QDir(b.folder.filePath(u"ruined"_s)).removeRecursively();
    SG_OK(b.batch([&] { b.keeper.scan(); }));
    QVERIFY(b.stores.packs.problems(u"ruined"_s)->empty());
}

QTEST_GUILESS_MAIN(TestContentKeeper)
#include "tst_content_keeper.moc"
