#include "engine/store/execution_store.h"

#include "engine/store/transaction.h"
#include "tests/support/fake_clock.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

using Status = ExecutionStatus;

// One store that remembers, and one over the same connection that reads.
struct Bench
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids{clock};
    RecentExecutions recent{database};
    ExecutionStore store{database, &recent};
    ExecutionStore reading{database};

    Execution made(const Value &parameters = Value::map({{"cmd", "date"}}))
    {
        Execution execution;
        execution.id = ids.make();
        execution.liveAction = ids.make();
        execution.action = Ref{u"core"_s, u"local"_s};
        execution.runnerType = u"local-shell-cmd"_s;
        execution.parameters = parameters;
        execution.context = Value::map({{"user", "ada"}, {"number", 1.5}});
        execution.started = clock.now();
        execution.trace = ids.make();
        return execution;
    }
    template <typename Work>
    void commit(Work work)
    {
        Transaction transaction(database);
        QVERIFY(work());
        QVERIFY(transaction.commit());
    }
    Execution added(const Value &parameters = Value::map({{"cmd", "date"}}))
    {
        const Execution execution = made(parameters);
        commit([&] { return store.add(execution); });
        return *reading.get(execution.id);
    }
    void move(const Id &id, ExecutionMove to)
    {
        clock.advance(std::chrono::seconds(1));
        to.time = clock.now();
        commit([&] { return store.move(*store.get(id), to); });
    }
    bool remembersWhatIsStored(const Id &id)
    {
        const Execution *known = recent.find(id);
        return known && *known == *reading.get(id) && *store.get(id) == *known;
    }
};

} // namespace

class TestRecentExecutions : public QObject
{
    Q_OBJECT

private slots:
    void holdsWhatWouldBeRead();
    void claimsByTheStatusItHolds();
    void forgetsWhatWasUndone();
    void forgetsWhatIsDone();
    void holdsNoSecretAndNothingThatJsonChanges();
    void staysSmall();
};

void TestRecentExecutions::holdsWhatWouldBeRead()
{
    Bench b;
    const Id id = b.added().id;
    QVERIFY(b.remembersWhatIsStored(id));
    b.move(id, {.to = Status::Delayed, .notBefore = b.clock.now()});
    QVERIFY(b.remembersWhatIsStored(id));
    b.move(id, {.to = Status::Scheduled, .reason = u"now"_s});
    b.move(id, {.to = Status::Running});
    b.commit([&] { return b.store.setProcess(id, 17, 4); });
    QVERIFY(b.remembersWhatIsStored(id));
    b.commit([&] { return b.store.setContext(id, Value::map({{"user", "bob"}})); });
    QCOMPARE(b.store.get(id)->context["user"], Value("bob"));
    b.commit([&] { return b.store.setResult(id, Value(1)); });
    QCOMPARE(b.store.get(id)->result, Value(1));
    b.move(id, {.to = Status::Succeeded, .result = Value::map({{"stdout", "x"}})});
    QVERIFY(b.remembersWhatIsStored(id));
}

void TestRecentExecutions::claimsByTheStatusItHolds()
{
    Bench b;
    const Id id = b.added().id;
    QVERIFY(*b.store.claim(id, Status::Requested));
    QVERIFY(!*b.store.claim(id, Status::Delayed));
}

void TestRecentExecutions::forgetsWhatWasUndone()
{
    Bench b;
    const Id id = b.added().id;
    {
        Transaction batch(b.database);
        {
            Transaction item(b.database);
            QVERIFY(
                b.store.move(*b.store.get(id), {.to = Status::Scheduled, .time = b.clock.now()}));
        }
        QCOMPARE(b.store.get(id)->status, Status::Requested);
        QVERIFY(batch.commit());
    }
    {
        const Transaction batch(b.database);
        QVERIFY(b.store.move(*b.store.get(id), {.to = Status::Scheduled, .time = b.clock.now()}));
    }
    QCOMPARE(b.store.get(id)->status, Status::Requested);
}

void TestRecentExecutions::forgetsWhatIsDone()
{
    Bench b;
    const Id id = b.added().id;
    b.commit([&] { return b.store.setNoticed(id); });
    QVERIFY(!b.recent.find(id));
}

void TestRecentExecutions::holdsNoSecretAndNothingThatJsonChanges()
{
    Bench b;
    const Value secret = Value::map({{"password", Value("hush").markedSecret()}});
    QVERIFY(!b.recent.find(b.added(secret).id));
    QVERIFY(!b.recent.find(b.added(Value::map({{"at", Value::date(1)}})).id));
    QVERIFY(!b.recent.find(b.added(Value::map({{1, "one"}})).id));
}

void TestRecentExecutions::staysSmall()
{
    Bench b;
    const Execution execution = b.made();
    for (int i = 0; i < 5'000; ++i) {
        Execution each = execution;
        each.id = b.ids.make();
        b.recent.put(each);
        QVERIFY(b.recent.find(each.id));
        QVERIFY(b.recent.size() <= 2'000);
    }
}

QTEST_APPLESS_MAIN(TestRecentExecutions)
#include "tst_recent_executions.moc"
