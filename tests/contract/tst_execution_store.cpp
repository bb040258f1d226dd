#include "engine/store/execution_store.h"
#include "engine/store/output_store.h"
#include "tests/contract/store_fixture.h"

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Status = ExecutionStatus;

class TestExecutionStore : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { everyPlace(); }
    void givesBackWhatItWasGiven();
    void isClaimedOnlyInItsStatus();
    void refusesAMoveTheTableDoesNotHave();
    void refusesAMoveFromAStatusThatHasPassed();
    void forgetsTheProcessOfOneThatHasEnded();
    void knowsAProcessOnlyWhileOneMayRun();
    void keepsAnIntermediateResult();
    void freezesWhatHasCompleted();
    void listsWhatWaitsOldestFirst();
    void findsWhatIsDue();
    void countsWhatIsActive();
    void seesToCompletedOnesOnce();
    void followsChildrenOnly();
    void listsNewestFirstAndGoesOnByKey();
    void listsByEveryFilter_data();
    void listsByEveryFilter();
    void leavesOutResultsWhereAsked();
    void keepsCounts();
    void removesOldOnesWithAllThatBelongsToThem();
    void keepsAbandonedAndUnfinishedOnes();
};

namespace {

Execution made(StoreFixture &fixture, const QString &action = u"noop"_s)
{
    return {.id = fixture.ids.make(),
            .liveAction = fixture.ids.make(),
            .action = {u"core"_s, action},
            .runnerType = u"noop"_s,
            .context = Value::map({{"user", "stanley"}}),
            .started = fixture.clock.now()};
}

Execution added(StoreFixture &fixture, Execution execution)
{
    return committed(fixture.database,
                     [&] { return ExecutionStore(fixture.database).add(std::move(execution)); });
}

Execution moved(StoreFixture &fixture, Execution execution, const std::vector<Status> &way)
{
    return committed(fixture.database, [&]() -> Result<Execution> {
        ExecutionStore store(fixture.database);
        for (const Status status : way) {
            SG_LET(execution, store.move(execution, {.to = status, .time = fixture.clock.now()}));
        }
        return execution;
    });
}

const std::vector<Status> toRunning{Status::Scheduled, Status::Running};
const std::vector<Status> toSucceeded{Status::Scheduled, Status::Running, Status::Succeeded};

std::vector<Id> idsOf(const std::vector<Execution> &executions)
{
    std::vector<Id> ids;
    for (const Execution &execution : executions)
        ids.push_back(execution.id);
    return ids;
}

} // namespace

void TestExecutionStore::givesBackWhatItWasGiven()
{
    StoreFixture fixture;
    Execution execution = made(fixture);
    execution.parameters
        = Value::map({{"z", 1.0}, {"a", Value::list({nullptr, true})}, {"text", "ü\u0000"}});
    execution.result = Value::map({{"so", "far"}});
    execution.notify
        = Value::map({{"on-complete", Value::map({{"routes", Value::list({"hubot"})}})}});
    execution.parent = fixture.ids.make();
    execution.rule = fixture.ids.make();
    execution.ruleRef = {u"p"_s, u"r"_s};
    execution.triggerInstance = fixture.ids.make();
    execution.enforcement = fixture.ids.make();
    execution.trace = fixture.ids.make();
    execution.taskName = u"task1"_s;
    execution.notBefore = fixture.clock.now() + 5s;
    const Execution stored = added(fixture, execution);
    QCOMPARE(stored.log.items().size(), std::size_t(1));
    SG_VALUE(const Execution read, ExecutionStore(fixture.database).get(execution.id));
    QCOMPARE(read, stored);
    SG_FAILS(ErrorCode::NotFound, ExecutionStore(fixture.database).get(fixture.ids.make()));
}

void TestExecutionStore::isClaimedOnlyInItsStatus()
{
    StoreFixture fixture;
    const Execution execution = added(fixture, made(fixture));
    ExecutionStore store(fixture.database);
    SG_VALUE(const auto claimed, store.claim(execution.id, Status::Requested));
    QVERIFY(claimed);
    moved(fixture, execution, {Status::Scheduled});
    SG_VALUE(const auto again, store.claim(execution.id, Status::Requested));
    QVERIFY(!again);
}

void TestExecutionStore::refusesAMoveTheTableDoesNotHave()
{
    StoreFixture fixture;
    const Execution execution = added(fixture, made(fixture));
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict,
             ExecutionStore(fixture.database)
                 .move(execution, {.to = Status::Running, .time = fixture.clock.now()}));
}

void TestExecutionStore::refusesAMoveFromAStatusThatHasPassed()
{
    StoreFixture fixture;
    const Execution execution = added(fixture, made(fixture));
    moved(fixture, execution, toRunning);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict,
             ExecutionStore(fixture.database)
                 .move(execution, {.to = Status::Canceled, .time = fixture.clock.now()}));
}

void TestExecutionStore::forgetsTheProcessOfOneThatHasEnded()
{
    StoreFixture fixture;
    Execution execution = moved(fixture, added(fixture, made(fixture)), toRunning);
    ExecutionStore store(fixture.database);
    SG_WRITES(fixture, store.setProcess(execution.id, 4711, 12345));
    SG_VALUE(execution, store.get(execution.id));
    QCOMPARE(execution.process, 4711);
    QCOMPARE(execution.processStart, std::uint64_t(12345));
    fixture.clock.advance(2s);
    execution = moved(fixture, execution, {Status::Failed});
    SG_VALUE(const Execution read, store.get(execution.id));
    QCOMPARE(read, execution);
    QCOMPARE(read.process, 0);
    QCOMPARE(read.ended, std::optional(fixture.clock.now()));
    QCOMPARE(read.log.items().size(), std::size_t(4));
    QCOMPARE(read.log.items().back()["status"].toQString(), u"failed"_s);
}

void TestExecutionStore::knowsAProcessOnlyWhileOneMayRun()
{
    StoreFixture fixture;
    const Execution execution = added(fixture, made(fixture));
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound, ExecutionStore(fixture.database).setProcess(execution.id, 1, 1));
}

void TestExecutionStore::keepsAnIntermediateResult()
{
    StoreFixture fixture;
    const Execution execution = added(fixture, made(fixture));
    ExecutionStore store(fixture.database);
    SG_WRITES(fixture, store.setResult(execution.id, Value::map({{"tasks", 1}})));
    SG_WRITES(fixture, store.setResult(execution.id, Value::map({{"tasks", 2}})));
    SG_WRITES(fixture, store.setContext(execution.id, Value::map({{"user", "eve"}})));
    SG_VALUE(const Execution read, store.get(execution.id));
    QCOMPARE(read.result["tasks"], Value(2));
    QCOMPARE(read.context["user"].toQString(), u"eve"_s);
    SG_WRITES(fixture, store.setResult(execution.id, Value()));
    SG_VALUE(const Execution cleared, store.get(execution.id));
    QVERIFY(cleared.result.isNull());
}

void TestExecutionStore::freezesWhatHasCompleted()
{
    StoreFixture fixture;
    const Execution execution = moved(fixture, added(fixture, made(fixture)), toSucceeded);
    ExecutionStore store(fixture.database);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict,
             store.move(execution, {.to = Status::Failed, .time = fixture.clock.now()}));
    SG_FAILS(ErrorCode::NotFound, store.setResult(execution.id, Value::map({{"late", true}})));
}

void TestExecutionStore::listsWhatWaitsOldestFirst()
{
    StoreFixture fixture;
    std::vector<Id> expected;
    for (int i = 0; i < 3; ++i) {
        expected.push_back(added(fixture, made(fixture)).id);
        fixture.clock.advance(1s);
    }
    moved(fixture, added(fixture, made(fixture)), {Status::Scheduled});
    ExecutionStore store(fixture.database);
    SG_VALUE(const std::vector<Id> waiting, store.waiting(Status::Requested, 10));
    QCOMPARE(waiting, expected);
    SG_VALUE(const std::vector<Id> two, store.waiting(Status::Requested, 2));
    QCOMPARE(two.size(), std::size_t(2));
}

void TestExecutionStore::findsWhatIsDue()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    SG_VALUE(const auto never, store.nextDue());
    QVERIFY(!never);
    const auto delay = [&](std::chrono::seconds by) {
        const Execution execution = added(fixture, made(fixture));
        const Timestamp until = fixture.clock.now() + by;
        return committed(fixture.database, [&] {
            return store.move(
                execution,
                {.to = Status::Delayed, .time = fixture.clock.now(), .notBefore = until});
        });
    };
    const Execution later = delay(60s);
    const Execution sooner = delay(10s);
    SG_VALUE(const auto next, store.nextDue());
    QCOMPARE(next, sooner.notBefore);
    SG_VALUE(const auto none, store.due(fixture.clock.now(), 10));
    QVERIFY(none.empty());
    fixture.clock.advance(60s);
    SG_VALUE(const std::vector<Id> due, store.due(fixture.clock.now(), 10));
    QCOMPARE(due, (std::vector<Id>{sooner.id, later.id}));
    moved(fixture, sooner, {Status::Scheduled});
    SG_VALUE(const Execution scheduled, store.get(sooner.id));
    QVERIFY(!scheduled.notBefore);
}

void TestExecutionStore::countsWhatIsActive()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    added(fixture, made(fixture, u"a"_s));
    moved(fixture, added(fixture, made(fixture, u"a"_s)), {Status::Scheduled});
    moved(fixture, added(fixture, made(fixture, u"a"_s)), toRunning);
    moved(fixture, added(fixture, made(fixture, u"a"_s)), toSucceeded);
    moved(fixture, added(fixture, made(fixture, u"b"_s)), toRunning);
    SG_VALUE(const std::int64_t active, store.countActive({u"core"_s, u"a"_s}));
    QCOMPARE(active, 2);
    SG_VALUE(const std::vector<Execution> those, store.active({u"core"_s, u"a"_s}));
    QCOMPARE(those.size(), std::size_t(2));
}

void TestExecutionStore::seesToCompletedOnesOnce()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    moved(fixture, added(fixture, made(fixture)), toRunning);
    const Execution done = moved(fixture, added(fixture, made(fixture)), toSucceeded);
    SG_VALUE(const std::vector<Id> unnoticed, store.unnoticed(10));
    QCOMPARE(unnoticed, std::vector<Id>{done.id});
    SG_WRITES(fixture, store.setNoticed(done.id));
    SG_VALUE(const std::vector<Id> none, store.unnoticed(10));
    QVERIFY(none.empty());
}

void TestExecutionStore::followsChildrenOnly()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    const Execution parent = added(fixture, made(fixture));
    Execution child = made(fixture);
    child.parent = parent.id;
    child = moved(fixture, added(fixture, child), toSucceeded);
    Execution running = made(fixture);
    running.parent = parent.id;
    running = added(fixture, running);
    moved(fixture, added(fixture, made(fixture)), toSucceeded);
    SG_VALUE(const std::vector<Id> unfollowed, store.unfollowed(10));
    QCOMPARE(unfollowed, std::vector<Id>{child.id});
    SG_VALUE(const std::vector<Id> children, store.childrenOf(parent.id));
    QCOMPARE(children, (std::vector<Id>{child.id, running.id}));
    SG_WRITES(fixture, store.setFollowed(child.id));
    SG_VALUE(const std::vector<Id> none, store.unfollowed(10));
    QVERIFY(none.empty());
}

void TestExecutionStore::listsNewestFirstAndGoesOnByKey()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    std::vector<Id> expected;
    for (int i = 0; i < 7; ++i) {
        expected.insert(expected.begin(), added(fixture, made(fixture)).id);
        // Some share their time.
        if (i % 3 == 0)
            fixture.clock.advance(1s);
    }
    std::vector<Id> seen;
    SliceRequest request{.limit = 2};
    for (;;) {
        SG_VALUE(const Slice<Execution> slice, store.list({}, request));
        if (!slice.last)
            break;
        const std::vector<Id> some = idsOf(slice.rows);
        seen.insert(seen.end(), some.begin(), some.end());
        request.after = slice.last;
    }
    QCOMPARE(seen, expected);

    SG_VALUE(const Slice<Execution> offset, store.list({}, {.limit = 3, .offset = 5}));
    QCOMPARE(idsOf(offset.rows), std::vector<Id>(expected.begin() + 5, expected.end()));

    request = {.limit = 4, .order = SliceRequest::Order::OldestFirst};
    SG_VALUE(const Slice<Execution> oldest, store.list({}, request));
    request.after = oldest.last;
    SG_VALUE(const Slice<Execution> rest, store.list({}, request));
    std::vector<Id> upwards = idsOf(oldest.rows);
    for (const Execution &execution : rest.rows)
        upwards.push_back(execution.id);
    std::reverse(upwards.begin(), upwards.end());
    QCOMPARE(upwards, expected);
}

void TestExecutionStore::listsByEveryFilter_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"status", "succeeded", "action", "rule", "runner", "user",
                             "live action", "parent", "top level", "trigger instance", "trigger",
                             "trigger type", "trace", "time", "status and action"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestExecutionStore::listsByEveryFilter()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    const Id trigger = fixture.ids.make();
    const Id instance = fixture.ids.make();
    Execution special = made(fixture, u"special"_s);
    committed(fixture.database, [&]() -> Result<> {
        Database &database = fixture.database;
        SG_TRY(database.run(
            "INSERT INTO trigger (id, pack, name, trigger_type, parameters, parameters_hash, "
            "description, reference_count) VALUES (?1, 'p', 't', 'p.type', '{}', '', '', 0)",
            trigger));
        SG_TRY(database.run("INSERT INTO trigger_instance (id, trigger_id, trigger_ref, "
                            "occurrence, status, candidates, "
                            "matched, tries, payload) VALUES (?1, ?2, 'p.t', 0, 2, 0, 0, 0, '{}')",
                            instance, trigger));
        SG_TRY(database.run(
            "INSERT INTO enforcement (id, trigger_instance, rule, rule_ref, execution, status, "
            "failure_reason, enforced_at, tries) VALUES (?1, ?2, ?1, 'p.r', ?3, 1, '', 0, 0)",
            fixture.ids.make(), instance, special.id));
        return {};
    });
    const Execution other = added(fixture, made(fixture));
    fixture.clock.advance(10s);
    special.started = fixture.clock.now();
    special.runnerType = u"local-shell-cmd"_s;
    special.context = Value::map({{"user", "eve"}});
    special.parent = other.id;
    special.ruleRef = {u"p"_s, u"r"_s};
    special.triggerInstance = instance;
    special.trace = fixture.ids.make();
    special = moved(fixture, added(fixture, special), toRunning);
    fixture.clock.advance(10s);
    const Execution done = moved(fixture, added(fixture, made(fixture)), toSucceeded);

    const TimeWindow window{special.started - 1s, special.started + 1s};
    const QHash<QString, ExecutionFilter> filters{
        {u"status"_s, {.status = Status::Running}},
        {u"succeeded"_s, {.status = Status::Succeeded}},
        {u"action"_s, {.action = special.action}},
        {u"rule"_s, {.rule = special.ruleRef}},
        {u"runner"_s, {.runnerType = special.runnerType}},
        {u"user"_s, {.user = u"eve"_s}},
        {u"live action"_s, {.liveAction = special.liveAction}},
        {u"parent"_s, {.parent = other.id}},
        {u"top level"_s, {.onlyTopLevel = true}},
        {u"trigger instance"_s, {.triggerInstance = instance}},
        {u"trigger"_s, {.trigger = {u"p"_s, u"t"_s}}},
        {u"trigger type"_s, {.triggerType = {u"p"_s, u"type"_s}}},
        {u"trace"_s, {.trace = special.trace}},
        {u"time"_s, {.started = window}},
        {u"status and action"_s,
         {.status = Status::Running, .action = special.action, .started = window}},
    };
    QFETCH(const QString, name);
    const ExecutionFilter filter = filters.value(name);
    const std::vector<Id> expected = name == u"succeeded"_s ? std::vector<Id>{done.id}
        : name == u"top level"_s                            ? std::vector<Id>{done.id, other.id}
                                                            : std::vector<Id>{special.id};
    SG_VALUE(const Slice<Execution> newest, store.list(filter, {}));
    QCOMPARE(idsOf(newest.rows), expected);
    SG_VALUE(const Slice<Execution> oldest,
             store.list(filter, {.order = SliceRequest::Order::OldestFirst}));
    QCOMPARE(idsOf(oldest.rows), std::vector<Id>(expected.rbegin(), expected.rend()));
    SG_VALUE(const std::int64_t count, store.count(filter));
    QCOMPARE(count, static_cast<std::int64_t>(expected.size()));
}

void TestExecutionStore::leavesOutResultsWhereAsked()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    Execution execution = made(fixture);
    execution.result = Value::map({{"stdout", "äh"}});
    added(fixture, execution);
    SG_VALUE(const auto with, store.list({}, {}));
    QCOMPARE(with.rows.front().result, execution.result);
    SG_VALUE(const auto without, store.list({}, {}, ExecutionStore::Results::LeftOut));
    QVERIFY(without.rows.front().result.isNull());
    QCOMPARE(without.rows.front().resultSize, std::int64_t(strlen("{\"stdout\":\"äh\"}")));
}

void TestExecutionStore::keepsCounts()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    added(fixture, made(fixture, u"a"_s));
    moved(fixture, added(fixture, made(fixture, u"b"_s)), toSucceeded);
    moved(fixture, added(fixture, made(fixture, u"b"_s)), toSucceeded);
    SG_VALUE(const auto byStatus, store.countByStatus());
    QCOMPARE(byStatus, (std::vector<Database::Count>{{u"requested"_s, 1}, {u"succeeded"_s, 2}}));
    SG_VALUE(const auto byAction, store.countByAction());
    QCOMPARE(byAction, (std::vector<Database::Count>{{u"core.a"_s, 1}, {u"core.b"_s, 2}}));
    SG_VALUE(const auto byRule, store.countByRule());
    QVERIFY(byRule.empty());
    SG_VALUE(const auto byRunner, store.countByRunnerType());
    QCOMPARE(byRunner, (std::vector<Database::Count>{{u"noop"_s, 3}}));
    SG_VALUE(const auto byUser, store.countByUser());
    QCOMPARE(byUser, (std::vector<Database::Count>{{u"stanley"_s, 3}}));
    SG_VALUE(const std::int64_t all, store.count({}));
    QCOMPARE(all, 3);
}

void TestExecutionStore::removesOldOnesWithAllThatBelongsToThem()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    OutputStore output(fixture.database);
    std::vector<Execution> old;
    for (int i = 0; i < 3; ++i) {
        old.push_back(moved(fixture, added(fixture, made(fixture)), toSucceeded));
        SG_WRITES(fixture,
                  output.add({.execution = old.back().id,
                              .number = 1,
                              .stream = u"stdout"_s,
                              .data = "x",
                              .time = fixture.clock.now()}));
        SG_WRITES(fixture, store.setNoticed(old.back().id));
    }
    fixture.clock.advance(std::chrono::hours(48));
    const Execution recent = moved(fixture, added(fixture, made(fixture)), toSucceeded);
    SG_WRITES(fixture, store.setNoticed(recent.id));
    const Timestamp yesterday = fixture.clock.now() - std::chrono::hours(24);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(yesterday, 2); }), 2);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(yesterday, 2); }), 1);
    SG_VALUE(const std::int64_t left, store.count({}));
    QCOMPARE(left, 1);
    SG_VALUE(const std::int64_t number, output.lastNumber(old.front().id));
    QCOMPARE(number, 0);
    SG_VALUE(const auto byStatus, store.countByStatus());
    QCOMPARE(byStatus, (std::vector<Database::Count>{{u"succeeded"_s, 1}}));
}

void TestExecutionStore::keepsAbandonedAndUnfinishedOnes()
{
    StoreFixture fixture;
    ExecutionStore store(fixture.database);
    const Execution abandoned = moved(fixture, added(fixture, made(fixture)),
                                      {Status::Scheduled, Status::Running, Status::Abandoned});
    SG_WRITES(fixture, store.setNoticed(abandoned.id));
    moved(fixture, added(fixture, made(fixture)), toRunning);
    // Completed, but nobody has been told yet.
    moved(fixture, added(fixture, made(fixture)), toSucceeded);
    fixture.clock.advance(std::chrono::hours(48));
    QCOMPARE(
        committed(fixture.database, [&] { return store.removeBefore(fixture.clock.now(), 10); }),
        0);
}

QTEST_GUILESS_MAIN(TestExecutionStore)
#include "tst_execution_store.moc"
