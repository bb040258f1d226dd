#include "engine/store/enforcement_store.h"
#include "engine/store/execution_store.h"
#include "engine/store/trace_store.h"
#include "engine/store/trigger_instance_store.h"
#include "engine/store/verdict_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

// What if a call to the database fails here? Every call of a batch in turn: nothing is half there,
// nothing is lost that was said to be kept, and the next try completes.
class TestDatabaseCalls : public QObject
{
    Q_OBJECT

private slots:
    void undoTheItemThatFails();
    void undoTheBatchThatCannotBeCommitted();
    void completeOnceCallsSucceedAgain();
};

namespace {

const Error fault{ErrorCode::Unavailable, u"The disk does not answer."_s};

struct Site
{
    Site()
        : ids(clock)
        , instances(database)
        , verdicts(database)
        , enforcements(database)
        , executions(database)
        , traces(database)
    {
    }

    // An event, what a rule said of it, and what followed, as one item.
    Result<> item()
    {
        Transaction transaction(database);
        const Trace trace{.id = ids.make(), .tag = u"t"_s, .started = clock.now()};
        SG_TRY(traces.add(trace));
        TriggerInstance instance{.id = ids.make(),
                                 .triggerId = ids.make(),
                                 .trigger = {u"p"_s, u"t"_s},
                                 .trace = trace.id};
        SG_TRY(instances.add(instance));
        const Enforcement enforcement{.id = ids.make(),
                                      .triggerInstance = instance.id,
                                      .rule = ids.make(),
                                      .ruleRef = {u"p"_s, u"r"_s},
                                      .trace = trace.id};
        SG_TRY(enforcements.add(enforcement));
        SG_TRY(verdicts.add(instance.id, clock.now(),
                            {{.rule = enforcement.rule,
                              .ruleRef = enforcement.ruleRef,
                              .criterion = u"trigger.x"_s}}));
        instance.status = TriggerInstanceStatus::Processed;
        SG_TRY(instances.move(instance, TriggerInstanceStatus::Pending));
        SG_LET(Execution execution,
               executions.add({.id = ids.make(),
                               .liveAction = ids.make(),
                               .action = {u"core"_s, u"noop"_s},
                               .enforcement = enforcement.id,
                               .trace = trace.id}));
        SG_TRY(enforcements.succeed(enforcement, execution.id));
        for (const ExecutionStatus status :
             {ExecutionStatus::Scheduled, ExecutionStatus::Running, ExecutionStatus::Succeeded}) {
            SG_LET(execution,
                   executions.move(execution,
                                   {.to = status, .time = clock.now(), .result = Value(1)}));
        }
        return transaction.commit();
    }

    // Items that fail are left out; gives how many did not.
    Result<int> batch(int items)
    {
        Transaction transaction(database);
        int done = 0;
        for (int i = 0; i < items; ++i)
            done += item().has_value();
        SG_TRY(transaction.commit());
        return done;
    }

    std::int64_t number(Sql sql)
    {
        return database->row(sql, [](Row &row) { return row.integer(); })->value_or(-1);
    }

    // Every item there is, is whole, and the counters agree.
    bool holds(int items)
    {
        return number("SELECT count(*) FROM trace") == items
            && number("SELECT count(*) FROM trigger_instance") == items
            && number("SELECT count(*) FROM verdict") == items
            && number("SELECT count(*) FROM enforcement WHERE status = 1") == items
            && number("SELECT count(*) FROM enforcement") == items
            && number("SELECT count(*) FROM execution WHERE status = 4") == items
            && number("SELECT count(*) FROM execution_result") == items
            && database->counted("execution", {}) == items
            && database->counted("execution.status", "succeeded") == items
            && database->counted("execution.status", "running") == 0
            && database->counted("enforcement.rule", "p.r") == items
            && database->counted("trigger_instance", {}) == items;
    }

    FakeClock clock;
    TestDatabase database;
    IdGenerator ids;
    TriggerInstanceStore instances;
    VerdictStore verdicts;
    EnforcementStore enforcements;
    ExecutionStore executions;
    TraceStore traces;
};

} // namespace

void TestDatabaseCalls::undoTheItemThatFails()
{
    bool isOver = false;
    int failed = 0;
    for (std::int64_t number = 1; !isOver; ++number) {
        Site site;
        site.database->failCall(number, fault);
        const Result<int> done = site.batch(3);
        isOver = site.database->callsSinceFault() < number;
        site.database->failCall(0, {});
        const int expected = done.value_or(0);
        failed += expected < 3;
        QVERIFY2(site.holds(expected), qPrintable(u"call %1"_s.arg(number)));
    }
    QVERIFY(failed > 40);
}

void TestDatabaseCalls::undoTheBatchThatCannotBeCommitted()
{
    Site counting;
    counting.database->failCall(0, {});
    QVERIFY(counting.batch(2).has_value());
    const std::int64_t last = counting.database->callsSinceFault();

    Site site;
    site.database->failCall(last, fault);
    const Result<int> done = site.batch(2);
    QVERIFY(!done);
    QCOMPARE(done.error(), fault);
    site.database->failCall(0, {});
    QVERIFY(site.holds(0));
}

void TestDatabaseCalls::completeOnceCallsSucceedAgain()
{
    bool isOver = false;
    for (std::int64_t number = 1; !isOver; number += 7) {
        Site site;
        site.database->failCall(number, fault, Database::FaultSpan::AllFromThen);
        const Result<int> done = site.batch(2);
        isOver = site.database->callsSinceFault() < number;
        QVERIFY(isOver || done.value_or(0) < 2);
        site.database->failCall(0, {});
        const int kept = done.value_or(0);
        SG_VALUE(const int after, site.batch(2));
        QCOMPARE(after, 2);
        QVERIFY2(site.holds(kept + 2), qPrintable(u"call %1"_s.arg(number)));
    }
}

QTEST_GUILESS_MAIN(TestDatabaseCalls)
#include "tst_database_calls.moc"
