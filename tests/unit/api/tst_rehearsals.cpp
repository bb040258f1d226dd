#include "engine/api/rehearsal_desk.h"
#include "engine/base/json.h"

#include "tests/support/fake_clock.h"
#include "tests/support/result_checks.h"
#include "tests/support/stub_feed.h"
#include "tests/support/test_database.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace stormglass;

namespace {

class KeptChanges final : public ChangeSink
{
public:
    void add(QString event, Value payload) override
    {
        m_changes.push_back({0, std::move(event), std::move(payload)});
    }
    bool isHeard() const override { return true; }
    std::size_t mark() const override { return m_changes.size(); }
    void dropSince(std::size_t mark) override { m_changes.resize(mark); }
    const Change &last() const { return m_changes.back(); }

private:
    std::vector<Change> m_changes;
};

Rule ruleOf(const QString &name, std::string_view criteria)
{
    Rule rule;
    rule.ref = {u"weather"_s, name};
    rule.criteria = *readJson(criteria);
    return rule;
}

struct Bench
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids{clock};
    StubFeed feed;
    ReadContext context{database, clock, feed, nullptr, u"stanley"_s, {}};
    Id trigger = ids.make();

    Id happened(std::string_view payload)
    {
        clock.advance(10s);
        TriggerInstance instance;
        instance.id = ids.make();
        instance.triggerId = trigger;
        instance.trigger = {u"weather"_s, u"reading"_s};
        instance.payload = *readJson(payload);
        instance.occurrence = clock.now();
        instance.status = TriggerInstanceStatus::Processed;
        committed(database, [&] { return context.stores.triggerInstances.add(instance); });
        return instance.id;
    }

    void addAction(std::string_view parameters)
    {
        RunnerType runner;
        runner.id = ids.make();
        runner.name = u"noop"_s;
        Action action;
        action.id = ids.make();
        action.ref = {u"weather"_s, u"close"_s};
        action.runnerType = runner.name;
        action.parameters = *readJson(parameters);
        committed(database, [&]() -> Result<> {
            SG_TRY(context.stores.runnerTypes.add(runner));
            return context.stores.actions.add(action);
        });
    }

    RehearsalOrder order(Rule draft, std::optional<Rule> saved = {})
    {
        RehearsalOrder order;
        order.report.id = ids.make();
        order.report.started = clock.now();
        order.draft = std::move(draft);
        order.saved = std::move(saved);
        order.trigger = trigger;
        order.limit = 1'000'000;
        order.marks = 50;
        order.rendered = 20;
        return order;
    }

    RehearsalReport rehearse(RehearsalOrder order)
    {
        RehearsalRun run(context, std::move(order));
        for (;;) {
            const Result<bool> hasMore = run.step(0ms);
            if (!hasMore)
                qFatal("%s", qPrintable(hasMore.error().message));
            if (!*hasMore)
                return run.report();
        }
    }
};

const char *strongWind = R"({"trigger.wind": {"type": "greaterthan", "pattern": 20}})";

} // namespace

class TestRehearsals : public QObject
{
    Q_OBJECT

private slots:
    void lookAtEveryEventASliceAtATime();
    void compareWithTheSavedVersion();
    void lookAtTheNewestEventsOfTheirTime();
    void workOutTheActionsParameters();
    void sayWhyParametersFail();
    void showNothingOfASecret();
    void askABackstopOnlyWhereNoOtherRuleMatched();
    void explainNearMisses();
    void areReportedWholeInJson();
    void areFollowedAndCanceledAtTheDesk();
    void areRefusedWhereTooManyAreUnderWay();
};

void TestRehearsals::lookAtEveryEventASliceAtATime()
{
    Bench bench;
    std::vector<Id> storms;
    for (int i = 0; i < 1'203; ++i) {
        const Id id = bench.happened(i % 3 == 0 ? R"({"wind": 31})" : R"({"wind": 3})");
        if (i % 3 == 0)
            storms.push_back(id);
    }
    RehearsalRun run(bench.context, bench.order(ruleOf(u"close"_s, strongWind)));
    QCOMPARE(*run.step(0ms), true);
    QCOMPARE(run.report().summary.events, 500);
    QCOMPARE(run.report().total, 1'203);
    QCOMPARE(*run.step(0ms), true);
    QCOMPARE(*run.step(0ms), false);
    const RehearsalReport report = run.report();
    QCOMPARE(report.summary.events, 1'203);
    QCOMPARE(report.summary.fires, 401);
    QCOMPARE(report.summary.nearMisses, 802);
    QCOMPARE(report.summary.peak, 2);
    // The newest, no more than wanted; the timeline has them all in few pieces.
    QCOMPARE(report.marks.size(), std::size_t(50));
    QCOMPARE(report.marks.front().triggerInstance, storms.back());
    std::int64_t fires = 0;
    for (const RehearsalBucket &bucket : report.timeline)
        fires += bucket.fires;
    QCOMPARE(fires, 401);
    QVERIFY(report.timeline.size() <= 241);
}

void TestRehearsals::compareWithTheSavedVersion()
{
    Bench bench;
    const Id strong = bench.happened(R"({"wind": 31, "hail": false})");
    const Id hail = bench.happened(R"({"wind": 3, "hail": true})");
    const Rule saved
        = ruleOf(u"close"_s, R"({"trigger.hail": {"type": "equals", "pattern": true}})");
    const RehearsalReport report
        = bench.rehearse(bench.order(ruleOf(u"close"_s, strongWind), saved));
    QCOMPARE(report.summary.gained, 1);
    QCOMPARE(report.summary.lost, 1);
    QCOMPARE(report.marks.size(), std::size_t(2));
    QCOMPARE(report.marks[0].triggerInstance, hail);
    QCOMPARE(report.marks[0].kind, RehearsalMark::Kind::Lost);
    QCOMPARE(report.marks[1].triggerInstance, strong);
    QCOMPARE(report.marks[1].kind, RehearsalMark::Kind::Gained);
}

void TestRehearsals::lookAtTheNewestEventsOfTheirTime()
{
    Bench bench;
    for (int i = 0; i < 10; ++i)
        bench.happened(R"({"wind": 31})");
    RehearsalOrder late = bench.order(ruleOf(u"close"_s, strongWind));
    late.report.from = bench.clock.now() - 25s;
    QCOMPARE(bench.rehearse(late).summary.events, 3);
    RehearsalOrder few = bench.order(ruleOf(u"close"_s, strongWind));
    few.limit = 4;
    const RehearsalReport report = bench.rehearse(few);
    QCOMPARE(report.summary.events, 4);
    QCOMPARE(report.marks.front().occurrence, bench.clock.now());
    RehearsalOrder none = bench.order(ruleOf(u"close"_s, strongWind));
    none.trigger = {};
    QCOMPARE(bench.rehearse(none).summary.events, 0);
}

void TestRehearsals::workOutTheActionsParameters()
{
    Bench bench;
    bench.addAction(R"({"room": {"type": "string"}, "level": {"type": "integer"},
                        "code": {"type": "string", "secret": true}})");
    bench.happened(R"({"wind": 31, "room": "attic"})");
    Rule draft = ruleOf(u"close"_s, strongWind);
    draft.action = {u"weather"_s, u"close"_s};
    draft.actionParameters = *readJson(
        R"({"room": "{{ trigger.room }}", "level": "{{ trigger.wind }}", "code": "x"})");
    const RehearsalReport report = bench.rehearse(bench.order(draft));
    QCOMPARE(report.marks.at(0).parameters,
             *readJson(R"({"room": "attic", "level": 31, "code": "********"})"));
    QVERIFY(report.marks.at(0).message.isEmpty());
}

void TestRehearsals::sayWhyParametersFail()
{
    Bench bench;
    bench.addAction(R"({"level": {"type": "integer"}})");
    bench.happened(R"({"wind": 31, "level": "high"})");
    Rule draft = ruleOf(u"close"_s, strongWind);
    draft.action = {u"weather"_s, u"close"_s};
    draft.actionParameters = *readJson(R"({"level": "{{ trigger.level }}"})");
    const RehearsalReport uncastable = bench.rehearse(bench.order(draft));
    QVERIFY2(uncastable.marks.at(0).message.contains(u"\"level\""),
             qPrintable(uncastable.marks.at(0).message));
    QVERIFY(uncastable.marks.at(0).parameters.isNull());
    draft.action.name = u"open"_s;
    const RehearsalReport missing = bench.rehearse(bench.order(draft));
    QVERIFY(missing.marks.at(0).message.contains(u"cannot be found"));
}

void TestRehearsals::showNothingOfASecret()
{
    Bench bench;
    bench.addAction(R"({"text": {"type": "string"}})");
    bench.happened(R"({"password": "Hunter2", "n": "Hunter2"})");
    bench.happened(R"({"password": "Hunter2", "n": 5})");
    Rule draft = ruleOf(u"close"_s, R"({"trigger.n": {"type": "td_lt", "pattern": 1}})");
    draft.action = {u"weather"_s, u"close"_s};
    draft.actionParameters = *readJson(R"({"text": "{{ trigger.password }}"})");
    for (const char *criteria :
         {R"({"trigger.password": {"type": "lt", "pattern": 1}})",
          R"({"trigger.password": {"type": "equals", "pattern": "hunter2"}})",
          R"({"trigger.password": {"type": "td_gt", "pattern": 1}})", "{}"}) {
        draft.criteria = *readJson(criteria);
        RehearsalOrder order = bench.order(draft);
        order.payloadSchema = *readJson(R"({"properties": {"password": {"secret": true}}})");
        const std::string text = writeJson(toJson(bench.rehearse(order)));
        QVERIFY2(text.find("Hunter2") == std::string::npos, text.c_str());
    }
}

void TestRehearsals::askABackstopOnlyWhereNoOtherRuleMatched()
{
    Bench bench;
    bench.happened(R"({"wind": 31})");
    const Id calm = bench.happened(R"({"wind": 3})");
    Rule other = ruleOf(u"close"_s, strongWind);
    other.id = bench.ids.make();
    other.trigger = bench.trigger;
    committed(bench.database, [&] { return bench.context.stores.rules.add(other); });
    Rule draft = ruleOf(u"otherwise"_s, "{}");
    draft.type = u"backstop"_s;
    const RehearsalReport report = bench.rehearse(bench.order(draft));
    QCOMPARE(report.summary.fires, 1);
    QCOMPARE(report.marks.at(0).triggerInstance, calm);
}

void TestRehearsals::explainNearMisses()
{
    Bench bench;
    const Id calm = bench.happened(R"({"wind": 3})");
    const RehearsalReport report = bench.rehearse(bench.order(ruleOf(u"close"_s, strongWind)));
    QCOMPARE(report.summary.heldBackBy.at(u"trigger.wind"_s), 1);
    QCOMPARE(report.nearMisses.at(0).triggerInstance, calm);
    QCOMPARE(report.nearMisses.at(0).criterion, u"trigger.wind"_s);
    QVERIFY(!report.nearMisses.at(0).sentence.isEmpty());
}

void TestRehearsals::areReportedWholeInJson()
{
    Bench bench;
    bench.addAction(R"({"room": {"type": "string"}})");
    bench.happened(R"({"wind": 31})");
    bench.happened(R"({"wind": 3})");
    bench.happened(R"({"wind": "much"})");
    Rule draft = ruleOf(u"close"_s, strongWind);
    draft.action = {u"weather"_s, u"close"_s};
    draft.actionParameters = *readJson(R"({"room": "attic"})");
    RehearsalOrder order = bench.order(draft, ruleOf(u"close"_s, "{}"));
    order.report.isCompared = true;
    order.report.from = Timestamp(5s);
    order.report.ended = Timestamp(7s);
    RehearsalReport report = bench.rehearse(order);
    report.message = u"x"_s;
    report.status = RehearsalStatus::Canceled;
    SG_VALUE(const RehearsalReport read, rehearsalReportFromJson(toJson(report)));
    QCOMPARE(read, report);
    SG_FAILS(ErrorCode::Invalid, rehearsalReportFromJson(Value::map({{"id", "x"}})));
}

void TestRehearsals::areFollowedAndCanceledAtTheDesk()
{
    Bench bench;
    KeptChanges changes;
    std::vector<Id> started;
    std::vector<Id> canceled;
    RehearsalDesk desk(bench.clock, changes,
                       {[&](const RehearsalOrder &order) { started.push_back(order.report.id); },
                        [&](const Id &id) { canceled.push_back(id); }});
    const RehearsalOrder order = bench.order(ruleOf(u"close"_s, strongWind));
    SG_VALUE(RehearsalReport report, desk.start(order));
    QCOMPARE(started, std::vector{report.id});
    report.summary.events = 10;
    report.marks.push_back({});
    desk.take(report);
    QCOMPARE(desk.find(report.id)->summary.events, 10);
    QCOMPARE(changes.last().event, u"stormglass.rehearsal__update"_s);
    QCOMPARE(changes.last().payload["events"], Value(10));
    QCOMPARE(changes.last().payload["marks"], Value::list());
    SG_VALUE(const RehearsalReport after, desk.cancel(report.id));
    QCOMPARE(after.status, RehearsalStatus::Canceled);
    QCOMPARE(canceled, std::vector{report.id});
    // Too late.
    report.status = RehearsalStatus::Succeeded;
    desk.take(report);
    QCOMPARE(desk.find(report.id)->status, RehearsalStatus::Canceled);
    SG_FAILS(ErrorCode::NotFound, desk.find(bench.ids.make()));
    SG_FAILS(ErrorCode::NotFound, desk.cancel(bench.ids.make()));
}

void TestRehearsals::areRefusedWhereTooManyAreUnderWay()
{
    Bench bench;
    KeptChanges changes;
    RehearsalDesk desk(bench.clock, changes, {[](const auto &) {}, [](const auto &) {}});
    std::vector<Id> ids;
    for (int i = 0; i < 4; ++i) {
        SG_VALUE(const RehearsalReport report,
                 desk.start(bench.order(ruleOf(u"close"_s, strongWind))));
        ids.push_back(report.id);
    }
    SG_FAILS(ErrorCode::Unavailable, desk.start(bench.order(ruleOf(u"close"_s, strongWind))));
    // Those that ended make room, also where reports are kept.
    for (int i = 0; i < 40; ++i) {
        SG_OK(desk.cancel(ids.back()));
        ids.pop_back();
        SG_VALUE(const RehearsalReport report,
                 desk.start(bench.order(ruleOf(u"close"_s, strongWind))));
        ids.push_back(report.id);
    }
    QVERIFY(desk.all().size() <= 16);
    SG_OK(desk.find(ids.front()));
}

QTEST_APPLESS_MAIN(TestRehearsals)
#include "tst_rehearsals.moc"
