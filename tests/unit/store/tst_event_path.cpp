#include "engine/store/enforcement_store.h"
#include "engine/store/execution_store.h"
#include "engine/store/output_store.h"
#include "engine/store/trace_store.h"
#include "engine/store/trigger_instance_store.h"
#include "engine/store/verdict_store.h"
#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

// From event to result through the stores, as the stations go.
class TestEventPath : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatHappenedAndWhatFollowed();
};

void TestEventPath::keepsWhatHappenedAndWhatFollowed()
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids(clock);
    TriggerInstanceStore instances(database);
    VerdictStore verdicts(database);
    EnforcementStore enforcements(database);
    ExecutionStore executions(database);
    TraceStore traces(database);

    Transaction transaction(database);
    const Trace trace{.id = ids.make(), .tag = u"storm"_s, .started = clock.now()};
    SG_OK(traces.add(trace));
    TriggerInstance instance{.id = ids.make(),
                             .triggerId = ids.make(),
                             .trigger = {u"weather"_s, u"reading"_s},
                             .payload = Value::map({{"wind", 31}}),
                             .occurrence = clock.now(),
                             .trace = trace.id};
    SG_OK(instances.add(instance));
    SG_VALUE(std::optional<TriggerInstance> claimed, instances.claim(instance.id));
    QCOMPARE(*claimed, instance);

    const Id rule = ids.make();
    const Ref ruleRef{u"weather"_s, u"close"_s};
    Enforcement enforcement{.id = ids.make(),
                            .triggerInstance = instance.id,
                            .rule = rule,
                            .ruleRef = ruleRef,
                            .trace = trace.id,
                            .enforcedAt = clock.now()};
    SG_OK(enforcements.add(enforcement));
    const Verdict yes{.triggerInstance = instance.id,
                      .rule = rule,
                      .ruleRef = ruleRef,
                      .kind = VerdictKind::Matched,
                      .enforcement = enforcement.id,
                      .time = clock.now()};
    const Verdict no{.triggerInstance = instance.id,
                     .rule = ids.make(),
                     .ruleRef = {u"weather"_s, u"open"_s},
                     .kind = VerdictKind::NotMatched,
                     .criterion = u"trigger.wind"_s,
                     .operatorName = u"lessthan"_s,
                     .actual = 31,
                     .expected = 20.5,
                     .time = clock.now()};
    SG_OK(verdicts.add(instance.id, clock.now(), {yes, no}));
    claimed->status = TriggerInstanceStatus::Processed;
    claimed->candidates = 2;
    claimed->matched = 1;
    SG_OK(instances.move(*claimed, TriggerInstanceStatus::Pending));
    SG_VALUE(const std::optional<TriggerInstance> again, instances.claim(instance.id));
    QVERIFY(!again);

    Execution execution{.id = ids.make(),
                        .liveAction = ids.make(),
                        .action = {u"weather"_s, u"shut"_s},
                        .runnerType = u"noop"_s,
                        .parameters = Value::map({{"room", "attic"}}),
                        .context = Value::map({{"user", "stanley"}}),
                        .started = clock.now(),
                        .rule = rule,
                        .ruleRef = ruleRef,
                        .triggerInstance = instance.id,
                        .enforcement = enforcement.id,
                        .trace = trace.id};
    SG_VALUE(execution, executions.add(execution));
    SG_OK(enforcements.succeed(enforcement, execution.id));
    SG_FAILS(ErrorCode::Conflict, enforcements.fail(enforcement, u"late"_s));
    for (const ExecutionStatus status : {ExecutionStatus::Scheduled, ExecutionStatus::Running}) {
        clock.advance(std::chrono::milliseconds(1));
        SG_VALUE(execution, executions.move(execution, {.to = status, .time = clock.now()}));
    }
    SG_VALUE(execution,
             executions.move(execution,
                             {.to = ExecutionStatus::Succeeded,
                              .time = clock.now(),
                              .reason = u"done"_s,
                              .result = Value::map({{"ok", true}})}));
    SG_OK(transaction.commit());

    SG_VALUE(const Execution stored, executions.get(execution.id));
    QCOMPARE(stored, execution);
    QCOMPARE(stored.log.items().size(), std::size_t(4));
    SG_VALUE(const std::vector<Verdict> judged, verdicts.of(instance.id));
    QCOMPARE(judged, (std::vector<Verdict>{yes, no}));
    SG_VALUE(const std::vector<TraceLink> links, traces.links(trace.id));
    QCOMPARE(links.size(), std::size_t(3));
    SG_VALUE(const std::vector<Id> unnoticed, executions.unnoticed(10));
    QCOMPARE(unnoticed, std::vector<Id>{execution.id});
    SG_VALUE(const std::int64_t succeeded,
             executions.count({.status = ExecutionStatus::Succeeded}));
    QCOMPARE(succeeded, 1);
    SG_VALUE(const Slice<Execution> listed, executions.list({.action = execution.action}, {}));
    QCOMPARE(listed.rows, std::vector<Execution>{execution});
    SG_VALUE(const std::int64_t counted,
             executions.count({.action = execution.action, .user = u"stanley"_s}));
    QCOMPARE(counted, 1);
    SG_VALUE(const Slice<Execution> fromInstance,
             executions.list({.triggerInstance = instance.id}, {}));
    QCOMPARE(fromInstance.rows.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestEventPath)
#include "tst_event_path.moc"
