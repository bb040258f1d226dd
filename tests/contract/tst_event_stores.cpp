#include "engine/store/enforcement_store.h"
#include "engine/store/execution_store.h"
#include "engine/store/output_store.h"
#include "engine/store/trace_store.h"
#include "engine/store/trigger_instance_store.h"
#include "engine/store/verdict_store.h"
#include "tests/contract/store_fixture.h"

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Trigger instances, verdicts, enforcements, traces, output.
class TestEventStores : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase_data() { everyPlace(); }
    void claimATriggerInstanceOnlyInItsStatus();
    void listTriggerInstancesOfSeveralTriggersInOrder();
    void listTriggerInstancesByStatusAndTime();
    void countTriggerInstances();
    void removeTriggerInstancesWithTheirVerdicts();
    void rememberHowFarASourceHasCome();
    void countTries();
    void tellWhatARuleSaidOfItsTriggerInstances();
    void changeAVerdict();
    void refuseVerdictsOnNothing();
    void forgetVerdictsBeforeTriggerInstances();
    void settleAnEnforcementOnce();
    void listEnforcementsByEveryFilter();
    void removeEnforcements();
    void gatherATrace();
    void findTracesByTagObjectAndRule();
    void removeTraces();
    void giveOutputFromWhereOneLeftOff();
    void removeOutput();
};

namespace {

TriggerInstance madeInstance(StoreFixture &fixture,
                             const Id &trigger = *Id::fromHex("00000000000000000000000a"))
{
    return {.id = fixture.ids.make(),
            .triggerId = trigger,
            .trigger = {u"p"_s, u"t"_s},
            .payload = Value::map({{"wind", 31}}),
            .occurrence = fixture.clock.now(),
            .trace = fixture.ids.make()};
}

TriggerInstance addedInstance(StoreFixture &fixture,
                              const Id &trigger = *Id::fromHex("00000000000000000000000a"))
{
    const TriggerInstance instance = madeInstance(fixture, trigger);
    committed(fixture.database,
              [&] { return TriggerInstanceStore(fixture.database).add(instance); });
    fixture.clock.advance(1s);
    return instance;
}

TriggerInstance processed(StoreFixture &fixture, TriggerInstance instance)
{
    instance.status = TriggerInstanceStatus::Processed;
    instance.candidates = 3;
    instance.matched = 1;
    committed(fixture.database, [&] {
        return TriggerInstanceStore(fixture.database)
            .move(instance, TriggerInstanceStatus::Pending);
    });
    return instance;
}

std::vector<Id> idsOf(const auto &rows)
{
    std::vector<Id> ids;
    for (const auto &row : rows)
        ids.push_back(row.id);
    return ids;
}

Enforcement addedEnforcement(StoreFixture &fixture, const QString &rule, const Id &triggerInstance)
{
    const Enforcement enforcement{.id = fixture.ids.make(),
                                  .triggerInstance = triggerInstance,
                                  .rule = fixture.ids.make(),
                                  .ruleRef = {u"p"_s, rule},
                                  .trace = fixture.ids.make(),
                                  .enforcedAt = fixture.clock.now()};
    committed(fixture.database,
              [&] { return EnforcementStore(fixture.database).add(enforcement); });
    fixture.clock.advance(1s);
    return enforcement;
}

Trace addedTrace(StoreFixture &fixture, const QString &tag)
{
    const Trace trace{.id = fixture.ids.make(), .tag = tag, .started = fixture.clock.now()};
    committed(fixture.database, [&] { return TraceStore(fixture.database).add(trace); });
    fixture.clock.advance(1s);
    return trace;
}

} // namespace

void TestEventStores::claimATriggerInstanceOnlyInItsStatus()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    const TriggerInstance instance = addedInstance(fixture);
    SG_VALUE(const auto claimed, store.claim(instance.id));
    QCOMPARE(*claimed, instance);
    const TriggerInstance done = processed(fixture, instance);
    SG_VALUE(const auto again, store.claim(instance.id));
    QVERIFY(!again);
    SG_VALUE(const auto read, store.find(instance.id));
    QCOMPARE(*read, done);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict, store.move(done, TriggerInstanceStatus::Pending));
}

void TestEventStores::listTriggerInstancesOfSeveralTriggersInOrder()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    const std::vector<Id> triggers{fixture.ids.make(), fixture.ids.make(), fixture.ids.make()};
    std::vector<Id> expected;
    for (int i = 0; i < 9; ++i) {
        const Id id = addedInstance(fixture, triggers[static_cast<std::size_t>(i) % 3]).id;
        if (i % 3 != 2)
            expected.insert(expected.begin(), id);
    }
    const TriggerInstanceFilter filter{.triggers = {triggers[0], triggers[1]}};
    SG_VALUE(const auto all, store.list(filter, {}));
    QCOMPARE(idsOf(all.rows), expected);
    SG_VALUE(const auto middle, store.list(filter, {.limit = 2, .offset = 1}));
    QCOMPARE(idsOf(middle.rows), std::vector<Id>(expected.begin() + 1, expected.begin() + 3));
    SG_VALUE(const auto rest, store.list(filter, {.limit = 10, .after = middle.last}));
    QCOMPARE(idsOf(rest.rows), std::vector<Id>(expected.begin() + 3, expected.end()));
    SG_VALUE(const auto beyond, store.list(filter, {.limit = 10, .offset = 100}));
    QVERIFY(beyond.rows.empty());
    SG_VALUE(const auto upwards, store.list(filter, {.order = SliceRequest::Order::OldestFirst}));
    QCOMPARE(idsOf(upwards.rows), std::vector<Id>(expected.rbegin(), expected.rend()));
    SG_VALUE(const auto one, store.list({.triggers = {triggers[2]}}, {}));
    QCOMPARE(one.rows.size(), std::size_t(3));
}

void TestEventStores::listTriggerInstancesByStatusAndTime()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    const TriggerInstance first = processed(fixture, addedInstance(fixture));
    const TriggerInstance second = addedInstance(fixture);
    const TriggerInstance third = addedInstance(fixture);
    SG_VALUE(const auto pending, store.list({.status = TriggerInstanceStatus::Pending}, {}));
    QCOMPARE(idsOf(pending.rows), (std::vector<Id>{third.id, second.id}));
    SG_VALUE(const auto done, store.list({.status = TriggerInstanceStatus::Processed}, {}));
    QCOMPARE(idsOf(done.rows), std::vector<Id>{first.id});
    SG_VALUE(const auto early, store.list({.occurrence = {.to = second.occurrence}}, {}));
    QCOMPARE(idsOf(early.rows), (std::vector<Id>{second.id, first.id}));
    SG_VALUE(const auto late, store.list({.occurrence = {.from = second.occurrence + 1us}}, {}));
    QCOMPARE(idsOf(late.rows), std::vector<Id>{third.id});
    SG_VALUE(const std::vector<Id> waiting, store.waiting(TriggerInstanceStatus::Pending, 10));
    QCOMPARE(waiting, (std::vector<Id>{second.id, third.id}));
}

void TestEventStores::countTriggerInstances()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    const Id trigger = fixture.ids.make();
    addedInstance(fixture, trigger);
    const TriggerInstance second = addedInstance(fixture, trigger);
    const TriggerInstance third = addedInstance(fixture);
    const auto count
        = [&](const TriggerInstanceFilter &filter) { return store.count(filter).value_or(-1); };
    QCOMPARE(count({}), 3);
    QCOMPARE(count({.triggers = {trigger}}), 2);
    QCOMPARE(count({.triggers = {trigger, third.triggerId}}), 3);
    QCOMPARE(count({.status = TriggerInstanceStatus::Processed}), 0);
    QCOMPARE(count({.triggers = {trigger}, .occurrence = {.from = second.occurrence}}), 1);
}

void TestEventStores::removeTriggerInstancesWithTheirVerdicts()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    VerdictStore verdicts(fixture.database);
    std::vector<TriggerInstance> instances;
    // One that rules have still to see stays, however old it is.
    const TriggerInstance pending = addedInstance(fixture);
    for (int i = 0; i < 4; ++i) {
        instances.push_back(processed(fixture, addedInstance(fixture)));
        SG_WRITES(fixture,
                  verdicts.add(instances.back().id, fixture.clock.now(),
                               {{.rule = fixture.ids.make(), .ruleRef = {u"p"_s, u"r"_s}}}));
    }
    const Timestamp moment = instances[3].occurrence;
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 2); }), 2);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 2); }), 1);
    SG_VALUE(const std::int64_t left, store.count({}));
    QCOMPARE(left, 2);
    SG_VALUE(const auto kept, store.find(pending.id));
    QVERIFY(kept);
    SG_VALUE(const auto rows, fixture.database->row("SELECT count(*) FROM verdict", [](Row &row) {
        return row.integer();
    }));
    QCOMPARE(*rows, 1);
}

void TestEventStores::rememberHowFarASourceHasCome()
{
    StoreFixture fixture;
    TriggerInstanceStore store(fixture.database);
    SG_VALUE(const QString nothing, store.cursorOf(u"file:/var/log/x"_s));
    QCOMPARE(nothing, QString());
    SG_WRITES(fixture, store.setCursor(u"file:/var/log/x"_s, u"17"_s));
    SG_WRITES(fixture, store.setCursor(u"file:/var/log/x"_s, u"42"_s));
    SG_VALUE(const QString cursor, store.cursorOf(u"file:/var/log/x"_s));
    QCOMPARE(cursor, u"42"_s);
}

void TestEventStores::countTries()
{
    StoreFixture fixture;
    const TriggerInstance instance = addedInstance(fixture);
    const Enforcement enforcement = addedEnforcement(fixture, u"r"_s, instance.id);
    Transaction transaction(fixture.database);
    for (int expected = 1; expected <= 3; ++expected) {
        SG_VALUE(const int tries, TriggerInstanceStore(fixture.database).countTry(instance.id));
        QCOMPARE(tries, expected);
        SG_VALUE(const int others, EnforcementStore(fixture.database).countTry(enforcement.id));
        QCOMPARE(others, expected);
    }
    SG_FAILS(ErrorCode::NotFound,
             TriggerInstanceStore(fixture.database).countTry(fixture.ids.make()));
    SG_FAILS(ErrorCode::NotFound, EnforcementStore(fixture.database).countTry(fixture.ids.make()));
    SG_FAILS(ErrorCode::NotFound, ExecutionStore(fixture.database).countTry(fixture.ids.make()));
}

void TestEventStores::tellWhatARuleSaidOfItsTriggerInstances()
{
    StoreFixture fixture;
    VerdictStore store(fixture.database);
    const Id trigger = fixture.ids.make();
    const Id rule = fixture.ids.make();
    std::vector<Id> asked;
    for (int i = 0; i < 6; ++i) {
        const TriggerInstance instance = addedInstance(fixture, trigger);
        std::vector<Verdict> verdicts{
            {.rule = fixture.ids.make(), .ruleRef = {u"p"_s, u"other"_s}}};
        if (i % 2 == 0) {
            verdicts.push_back(
                {.rule = rule, .ruleRef = {u"p"_s, u"r"_s}, .kind = VerdictKind::Matched});
            asked.insert(asked.begin(), instance.id);
        }
        SG_WRITES(fixture, store.add(instance.id, fixture.clock.now(), verdicts));
    }
    std::vector<Id> seen;
    SliceRequest request{.limit = 2};
    int slices = 0;
    for (;; ++slices) {
        SG_VALUE(const Slice<Verdict> slice, store.ofRule(rule, trigger, request));
        if (!slice.last)
            break;
        for (const Verdict &verdict : slice.rows)
            seen.push_back(verdict.triggerInstance);
        request.after = slice.last;
    }
    QCOMPARE(seen, asked);
    QCOMPARE(slices, 3);
    SG_VALUE(const Slice<Verdict> upwards,
             store.ofRule(rule, trigger, {.order = SliceRequest::Order::OldestFirst}));
    QCOMPARE(upwards.rows.front().triggerInstance, asked.back());
}

void TestEventStores::changeAVerdict()
{
    StoreFixture fixture;
    VerdictStore store(fixture.database);
    const TriggerInstance instance = addedInstance(fixture);
    const Id rule = fixture.ids.make();
    SG_WRITES(
        fixture,
        store.add(instance.id, fixture.clock.now(),
                  {{.rule = rule, .ruleRef = {u"p"_s, u"r"_s}, .kind = VerdictKind::Matched}}));
    SG_WRITES(
        fixture,
        store.change(instance.id, rule, VerdictKind::ActionMissing, u"There is no action p.x."_s));
    SG_VALUE(const std::vector<Verdict> read, store.of(instance.id));
    QCOMPARE(read.at(0).kind, VerdictKind::ActionMissing);
    QCOMPARE(read.at(0).message, u"There is no action p.x."_s);
    // Of a rule or a trigger instance that has gone.
    SG_WRITES(fixture, store.change(instance.id, fixture.ids.make(), VerdictKind::Held, {}));
    SG_WRITES(fixture, store.change(fixture.ids.make(), rule, VerdictKind::Held, {}));
}

void TestEventStores::refuseVerdictsOnNothing()
{
    StoreFixture fixture;
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::NotFound,
             VerdictStore(fixture.database).add(fixture.ids.make(), fixture.clock.now(), {}));
}

void TestEventStores::forgetVerdictsBeforeTriggerInstances()
{
    StoreFixture fixture;
    VerdictStore store(fixture.database);
    std::vector<TriggerInstance> instances;
    for (int i = 0; i < 4; ++i) {
        instances.push_back(addedInstance(fixture));
        SG_WRITES(fixture,
                  store.add(instances.back().id, instances.back().occurrence,
                            {{.rule = fixture.ids.make(), .ruleRef = {u"p"_s, u"r"_s}}}));
    }
    const Timestamp moment = instances[3].occurrence;
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 2); }), 2);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 2); }), 1);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 2); }), 0);
    SG_VALUE(const std::vector<Verdict> gone, store.of(instances[0].id));
    QVERIFY(gone.empty());
    SG_VALUE(const std::vector<Verdict> kept, store.of(instances[3].id));
    QCOMPARE(kept.size(), std::size_t(1));
}

void TestEventStores::settleAnEnforcementOnce()
{
    StoreFixture fixture;
    EnforcementStore store(fixture.database);
    const Enforcement good = addedEnforcement(fixture, u"r"_s, fixture.ids.make());
    const Enforcement bad = addedEnforcement(fixture, u"r"_s, fixture.ids.make());
    const Id execution = fixture.ids.make();
    SG_VALUE(const std::vector<Id> waiting, store.waiting(10));
    QCOMPARE(waiting, (std::vector<Id>{good.id, bad.id}));
    SG_VALUE(const auto claimed, store.claim(good.id));
    QCOMPARE(*claimed, good);
    SG_WRITES(fixture, store.succeed(good, execution));
    SG_WRITES(fixture, store.fail(bad, u"no such action"_s));
    SG_VALUE(const auto again, store.claim(good.id));
    QVERIFY(!again);
    SG_VALUE(const auto succeeded, store.find(good.id));
    QCOMPARE(succeeded->execution, execution);
    QCOMPARE(succeeded->status, EnforcementStatus::Succeeded);
    SG_VALUE(const auto failed, store.find(bad.id));
    QCOMPARE(failed->failureReason, u"no such action"_s);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict, store.succeed(bad, execution));
    SG_FAILS(ErrorCode::Conflict, store.fail(good, u"too late"_s));
}

void TestEventStores::listEnforcementsByEveryFilter()
{
    StoreFixture fixture;
    EnforcementStore store(fixture.database);
    const Id instance = fixture.ids.make();
    const Enforcement first = addedEnforcement(fixture, u"a"_s, instance);
    const Enforcement second = addedEnforcement(fixture, u"b"_s, instance);
    const Enforcement third = addedEnforcement(fixture, u"a"_s, fixture.ids.make());
    const Execution execution{
        .id = fixture.ids.make(), .liveAction = fixture.ids.make(), .enforcement = second.id};
    SG_WRITES(fixture, ExecutionStore(fixture.database).add(execution));
    SG_WRITES(fixture, store.succeed(second, execution.id));
    const auto check = [&](const EnforcementFilter &filter, const std::vector<Id> &expected) {
        SG_VALUE(const auto newest, store.list(filter, {}));
        QCOMPARE(idsOf(newest.rows), expected);
        SG_VALUE(const auto oldest,
                 store.list(filter, {.order = SliceRequest::Order::OldestFirst}));
        QCOMPARE(idsOf(oldest.rows), std::vector<Id>(expected.rbegin(), expected.rend()));
        SG_VALUE(const std::int64_t count, store.count(filter));
        QCOMPARE(count, static_cast<std::int64_t>(expected.size()));
    };
    check({}, {third.id, second.id, first.id});
    check({.rule = first.ruleRef}, {third.id, first.id});
    check({.ruleId = first.rule}, {first.id});
    check({.execution = execution.id}, {second.id});
    check({.triggerInstance = instance}, {second.id, first.id});
    check({.status = EnforcementStatus::Pending}, {third.id, first.id});
    check({.enforcedAt = {.from = second.enforcedAt, .to = second.enforcedAt}}, {second.id});
    check({.rule = second.ruleRef, .triggerInstance = instance}, {second.id});
    SG_VALUE(const auto ofInstance, store.ofTriggerInstance(instance));
    QCOMPARE(idsOf(ofInstance), (std::vector<Id>{first.id, second.id}));
    SG_VALUE(const auto one, store.list({}, {.limit = 1}));
    SG_VALUE(const auto next, store.list({}, {.limit = 1, .after = one.last}));
    QCOMPARE(idsOf(next.rows), std::vector<Id>{second.id});
}

void TestEventStores::removeEnforcements()
{
    StoreFixture fixture;
    EnforcementStore store(fixture.database);
    const Enforcement first = addedEnforcement(fixture, u"a"_s, fixture.ids.make());
    const Enforcement pending = addedEnforcement(fixture, u"b"_s, fixture.ids.make());
    SG_WRITES(fixture, store.fail(first, u"no such action"_s));
    const Enforcement second = addedEnforcement(fixture, u"a"_s, fixture.ids.make());
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(second.enforcedAt, 10); }),
             1);
    SG_VALUE(const auto gone, store.find(first.id));
    QVERIFY(!gone);
    SG_VALUE(const auto kept, store.find(pending.id));
    QVERIFY(kept);
    SG_VALUE(const std::int64_t count, store.count({.rule = first.ruleRef}));
    QCOMPARE(count, 1);
}

void TestEventStores::gatherATrace()
{
    StoreFixture fixture;
    TraceStore store(fixture.database);
    const Trace trace = addedTrace(fixture, u"storm"_s);
    TriggerInstance instance = madeInstance(fixture);
    instance.trace = trace.id;
    const Enforcement enforcement{.id = fixture.ids.make(),
                                  .triggerInstance = instance.id,
                                  .rule = fixture.ids.make(),
                                  .ruleRef = {u"p"_s, u"r"_s},
                                  .trace = trace.id,
                                  .status = EnforcementStatus::Succeeded,
                                  .enforcedAt = fixture.clock.now()};
    Enforcement unanswered = enforcement;
    unanswered.id = fixture.ids.make();
    unanswered.status = EnforcementStatus::Failed;
    unanswered.failureReason = u"Failed to match rule \"p.r\" against trigger instance"_s;
    const Execution execution{.id = fixture.ids.make(),
                              .liveAction = fixture.ids.make(),
                              .action = {u"core"_s, u"noop"_s},
                              .started = fixture.clock.now(),
                              .rule = enforcement.rule,
                              .triggerInstance = instance.id,
                              .enforcement = enforcement.id,
                              .trace = trace.id};
    SG_WRITES(fixture, TriggerInstanceStore(fixture.database).add(instance));
    SG_WRITES(fixture, EnforcementStore(fixture.database).add(enforcement));
    SG_WRITES(fixture, EnforcementStore(fixture.database).add(unanswered));
    SG_WRITES(fixture, ExecutionStore(fixture.database).add(execution));
    SG_VALUE(const auto links, store.links(trace.id));
    const Timestamp now = fixture.clock.now();
    const std::vector<TraceLink> expected{
        {trace.id, TraceLinkKind::TriggerInstance, instance.id, u"p.t"_s, {}, {}, now},
        {trace.id, TraceLinkKind::Rule, enforcement.rule, u"p.r"_s, u"trigger_instance"_s,
         instance.id.text(), now},
        {trace.id, TraceLinkKind::Execution, execution.id, u"core.noop"_s, u"rule"_s,
         enforcement.rule.text() + u':' + instance.id.text(), now}};
    QCOMPARE(links, expected);
    SG_VALUE(const auto found, store.find(trace.id));
    QCOMPARE(*found, trace);
}

void TestEventStores::findTracesByTagObjectAndRule()
{
    StoreFixture fixture;
    TraceStore store(fixture.database);
    TriggerInstance instance = madeInstance(fixture);
    const Trace ofInstance = addedTrace(fixture, u"trigger_instance-"_s + instance.id.text());
    instance.trace = ofInstance.id;
    SG_WRITES(fixture, TriggerInstanceStore(fixture.database).add(instance));
    const Enforcement enforcement{
        .id = fixture.ids.make(), .rule = fixture.ids.make(), .trace = ofInstance.id};
    SG_WRITES(fixture,
              fixture.database->run(
                  "INSERT INTO enforcement (id, trigger_instance, rule, rule_ref, trace, "
                  "status, failure_reason, enforced_at, tries) "
                  "VALUES (?1, ?2, ?3, 'p.r', ?4, 0, '', 0, 0)",
                  enforcement.id, instance.id, enforcement.rule, ofInstance.id));
    const Execution execution{.id = fixture.ids.make(), .liveAction = fixture.ids.make()};
    const Trace ofExecution = addedTrace(fixture, u"execution-"_s + execution.liveAction.text());
    Execution traced = execution;
    traced.trace = ofExecution.id;
    SG_WRITES(fixture, ExecutionStore(fixture.database).add(traced));
    const Trace named = addedTrace(fixture, u"storm"_s);
    const Trace sameName = addedTrace(fixture, u"storm"_s);
    const Trace misnamed = addedTrace(fixture, u"execution-of-the-king"_s);
    const auto check = [&](const TraceFilter &filter, const std::vector<Id> &expected) {
        SG_VALUE(const auto newest, store.list(filter, {}));
        QCOMPARE(idsOf(newest.rows), expected);
        SG_VALUE(const auto oldest,
                 store.list(filter, {.order = SliceRequest::Order::OldestFirst}));
        QCOMPARE(idsOf(oldest.rows), std::vector<Id>(expected.rbegin(), expected.rend()));
        SG_VALUE(const std::int64_t count, store.count(filter));
        QCOMPARE(count, static_cast<std::int64_t>(expected.size()));
    };
    check({}, {misnamed.id, sameName.id, named.id, ofExecution.id, ofInstance.id});
    check({.tag = named.tag}, {sameName.id, named.id});
    check({.tag = misnamed.tag}, {misnamed.id});
    check({.tag = ofInstance.tag}, {ofInstance.id});
    check({.tag = ofExecution.tag}, {ofExecution.id});
    check({.object = instance.id}, {ofInstance.id});
    check({.object = enforcement.id}, {ofInstance.id});
    check({.object = execution.id}, {ofExecution.id});
    check({.rule = enforcement.rule}, {ofInstance.id});
    SG_VALUE(const auto first, store.list({}, {.limit = 2}));
    SG_VALUE(const auto next, store.list({}, {.limit = 1, .after = first.last}));
    QCOMPARE(idsOf(next.rows), std::vector<Id>{named.id});
}

void TestEventStores::removeTraces()
{
    StoreFixture fixture;
    TraceStore store(fixture.database);
    addedTrace(fixture, u"a"_s);
    const Trace second = addedTrace(fixture, u"b"_s);
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(second.started, 10); }),
             1);
    SG_VALUE(const std::int64_t count, store.count({}));
    QCOMPARE(count, 1);
}

void TestEventStores::giveOutputFromWhereOneLeftOff()
{
    StoreFixture fixture;
    OutputStore store(fixture.database);
    const Id execution = fixture.ids.make();
    std::vector<OutputChunk> chunks;
    for (int i = 1; i <= 5; ++i) {
        chunks.push_back({.execution = execution,
                          .number = i,
                          .stream = i % 2 == 1 ? u"stdout"_s : u"stderr"_s,
                          .data = QByteArray("\0\xff line", 7),
                          .time = fixture.clock.now()});
        SG_WRITES(fixture, store.add(chunks.back()));
    }
    SG_VALUE(const auto all, store.of(execution, 0, 100));
    QCOMPARE(all, chunks);
    SG_VALUE(const auto some, store.of(execution, 2, 2));
    QCOMPARE(some, (std::vector<OutputChunk>{chunks[2], chunks[3]}));
    SG_VALUE(const auto errors, store.of(execution, 0, 100, u"stderr"_s));
    QCOMPARE(errors, (std::vector<OutputChunk>{chunks[1], chunks[3]}));
    SG_VALUE(const std::int64_t last, store.lastNumber(execution));
    QCOMPARE(last, 5);
    Transaction transaction(fixture.database);
    SG_FAILS(ErrorCode::Conflict, store.add(chunks[0]));
}

void TestEventStores::removeOutput()
{
    StoreFixture fixture;
    OutputStore store(fixture.database);
    const Id execution = fixture.ids.make();
    for (int i = 1; i <= 3; ++i) {
        SG_WRITES(fixture,
                  store.add({.execution = execution, .number = i, .time = fixture.clock.now()}));
        fixture.clock.advance(1h);
    }
    const Timestamp moment = fixture.clock.now() - 1h;
    QCOMPARE(committed(fixture.database, [&] { return store.removeBefore(moment, 10); }), 2);
    SG_VALUE(const auto left, store.of(execution, 0, 10));
    QCOMPARE(left.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestEventStores)
#include "tst_event_stores.moc"
