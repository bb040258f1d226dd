#include "engine/pipeline/pipeline.h"
#include "engine/pipeline/slots.h"

#include "engine/store/transaction.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

class CountingChanges final : public ChangeSink
{
public:
    void add(QString event, Value) override { events << event; }
    bool isHeard() const override { return true; }
    std::size_t mark() const override { return static_cast<std::size_t>(events.size()); }
    void dropSince(std::size_t mark) override { events.resize(static_cast<qsizetype>(mark)); }
    QStringList events;
};

// Answers as it is told to, and remembers what it was asked.
class ScriptedStation final : public Station
{
public:
    Topic takes() const override { return Topic::ExecutionRequested; }
    Result<> take(const Id &id) override
    {
        ++taken;
        last = id;
        return answer;
    }
    Result<> fail(const Id &, const Error &error) override
    {
        failedWith = error.message;
        return {};
    }
    Result<std::vector<Id>> waiting(int) override { return rows; }

    Result<> answer;
    int taken = 0;
    Id last;
    QString failedWith;
    std::vector<Id> rows;
};

struct Bench
{
    TestDatabase database;
    LocalBus bus;
    Outbox outbox;
    CountingChanges changes;
    Pipeline pipeline{database, bus, outbox, changes};
    ScriptedStation station;
    FakeClock clock;
    IdGenerator ids{clock};

    Bench() { pipeline.add(station); }
};

} // namespace

class TestPipeline : public QObject
{
    Q_OBJECT

private slots:
    void anUndoneItemLeavesNoEffectChangeOrRing();
    void aRefusalFailsTheRowAtOnce();
    void troubleIsTriedFiveTimes();
    void aSweepTakesWhatNobodyRangFor();
    void slotsCallWhoWaitsInOrder();
    void aPlaceIsKeptForWhomItWasOffered();
    void theOutboxTellsHowTheCommitWent();
};

void TestPipeline::anUndoneItemLeavesNoEffectChangeOrRing()
{
    Bench b;
    Transaction batch(b.database);
    const Result<> done = b.pipeline.attempt([&]() -> Result<> {
        b.outbox.add([](const Result<> &) { QFAIL("an undone item has no effect"); });
        b.changes.add(u"x"_s, Value());
        b.bus.ring(Topic::ExecutionRequested, b.ids.make());
        return failure(ErrorCode::Invalid, u"no"_s);
    });
    QVERIFY(!done);
    QVERIFY(b.outbox.isEmpty());
    QVERIFY(b.changes.events.isEmpty());
    QVERIFY(b.bus.isQuiet());
    QVERIFY(batch.commit());
}

void TestPipeline::aRefusalFailsTheRowAtOnce()
{
    Bench b;
    b.station.answer = failure(ErrorCode::NotFound, u"gone"_s);
    b.bus.ring(Topic::ExecutionRequested, b.ids.make());
    QVERIFY(b.pipeline.serve());
    QCOMPARE(b.station.taken, 1);
    QCOMPARE(b.station.failedWith, u"gone"_s);
}

void TestPipeline::troubleIsTriedFiveTimes()
{
    Bench b;
    b.station.answer = failure(ErrorCode::Unavailable, u"busy"_s);
    b.station.rows = {b.ids.make()};
    for (int sweep = 1; sweep < 5; ++sweep) {
        b.pipeline.sweep();
        b.pipeline.serve();
        QVERIFY2(b.station.failedWith.isEmpty(), "trouble may pass");
    }
    b.pipeline.sweep();
    b.pipeline.serve();
    QCOMPARE(b.station.taken, 5);
    QCOMPARE(b.station.failedWith, u"busy"_s);
}

void TestPipeline::aSweepTakesWhatNobodyRangFor()
{
    Bench b;
    const Id id = b.ids.make();
    b.station.rows = {id};
    b.pipeline.sweep();
    b.pipeline.serve();
    QCOMPARE(b.station.last, id);
}

void TestPipeline::slotsCallWhoWaitsInOrder()
{
    FakeClock clock;
    IdGenerator ids(clock);
    LocalBus bus;
    Slots places(bus, 1);
    const Id first = ids.make();
    const Id second = ids.make();
    const Id third = ids.make();
    places.take(first);
    QVERIFY(!places.isFreeFor(second));
    places.wait(second);
    places.wait(third);
    places.wait(second);
    QCOMPARE(places.waitingCount(), std::size_t(2));
    places.release(first);
    std::vector<Id> called;
    bus.serve(10, [&](Topic, const Id &id) { called.push_back(id); });
    QCOMPARE(called, std::vector{second});
    // A place that was lost to an undone batch comes back, and so does a call.
    places.take(second);
    places.reconcile({});
    called.clear();
    bus.serve(10, [&](Topic, const Id &id) { called.push_back(id); });
    QCOMPARE(called, std::vector{third});
}

void TestPipeline::aPlaceIsKeptForWhomItWasOffered()
{
    FakeClock clock;
    IdGenerator ids(clock);
    LocalBus bus;
    Slots places(bus, 2);
    std::vector<Id> all;
    std::generate_n(std::back_inserter(all), 6, [&] { return ids.make(); });
    places.take(all[0]);
    places.take(all[1]);
    for (const std::size_t i : {2U, 3U, 4U})
        places.wait(all[i]);
    std::vector<Id> called;
    const auto serve = [&] { bus.serve(10, [&](Topic, const Id &id) { called.push_back(id); }); };

    places.release(all[0]);
    places.release(all[1]);
    serve();
    QCOMPARE(called, (std::vector{all[2], all[3]}));
    QVERIFY(!places.isFreeFor(all[5]));
    QVERIFY(places.isFreeFor(all[2]));
    QVERIFY(places.isFreeFor(all[3]));

    places.take(all[2]);
    // Canceled while it waited: what it was offered goes to the next.
    places.decline(all[3]);
    // A message that comes twice takes no place from what runs.
    places.decline(all[2]);
    called.clear();
    serve();
    QCOMPARE(called, std::vector{all[4]});
}

void TestPipeline::theOutboxTellsHowTheCommitWent()
{
    Outbox outbox;
    QStringList told;
    outbox.add([&](const Result<> &committed) {
        told << (committed ? u"kept"_s : committed.error().message);
    });
    outbox.release(failure(ErrorCode::Unavailable, u"disk full"_s));
    outbox.add([&](const Result<> &committed) {
        told << (committed ? u"kept"_s : committed.error().message);
    });
    outbox.release({});
    outbox.release({});
    QCOMPARE(told, (QStringList{u"disk full"_s, u"kept"_s}));
}

QTEST_APPLESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
