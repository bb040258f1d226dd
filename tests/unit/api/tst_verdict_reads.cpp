#include "engine/api/listing.h"
#include "engine/api/read_context.h"
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

// One trigger with its rules and what happened, as the engine leaves them.
struct Bench
{
    TestDatabase database;
    FakeClock clock;
    IdGenerator ids{clock};
    StubFeed feed;
    ReadContext context{database, clock, feed, nullptr, u"stanley"_s, {}};
    Routes routes;
    Trigger trigger;

    Bench()
    {
        addEventReads(routes, context);
        TriggerType type;
        type.id = ids.make();
        type.ref = {u"weather"_s, u"reading"_s};
        type.payloadSchema = *readJson(
            R"({"type": "object", "properties": {"password": {"type": "string", "secret": true}}})");
        trigger.id = ids.make();
        trigger.ref = trigger.type = type.ref;
        committed(database, [&]() -> Result<> {
            SG_TRY(context.stores.triggers.addType(type));
            return context.stores.triggers.add(trigger);
        });
    }

    Rule add(const QString &name, std::string_view criteria)
    {
        Rule rule;
        rule.id = ids.make();
        rule.ref = {u"weather"_s, name};
        rule.triggerType = trigger.type;
        rule.trigger = trigger.id;
        rule.criteria = *readJson(criteria);
        rule.changed = clock.now();
        committed(database, [&] { return context.stores.rules.add(rule); });
        return rule;
    }

    TriggerInstance happened(std::string_view payload, int candidates)
    {
        clock.advance(10s);
        TriggerInstance instance;
        instance.id = ids.make();
        instance.triggerId = trigger.id;
        instance.trigger = trigger.ref;
        instance.payload = *readJson(payload);
        instance.occurrence = clock.now();
        instance.status = TriggerInstanceStatus::Processed;
        instance.candidates = candidates;
        committed(database, [&] { return context.stores.triggerInstances.add(instance); });
        clock.advance(10s);
        return instance;
    }

    void said(const TriggerInstance &instance, const Rule &rule, const Value &actual)
    {
        const Value &content = rule.criteria.entries().begin()->value;
        Verdict verdict;
        verdict.rule = rule.id;
        verdict.ruleRef = rule.ref;
        verdict.criterion = rule.criteria.entries().begin()->key.toQString();
        verdict.operatorName = content["type"].toQString();
        verdict.actual = actual;
        verdict.expected = content["pattern"];
        committed(database, [&] {
            return context.stores.verdicts.add(instance.id, instance.occurrence, {verdict});
        });
    }

    Result<Response> get(const TriggerInstance &instance, const QString &below = u"/verdicts"_s,
                         std::vector<std::pair<QString, QString>> query = {})
    {
        Request request;
        request.path = u"/api/v1/triggerinstances/"_s + instance.id.text() + below;
        request.query = std::move(query);
        const Routes::Match match = routes.find(Verb::Get, request.path);
        return (*match.handler)(Call{request, match.arguments, {}});
    }
};

constexpr const char *strongWind = R"({"trigger.wind": {"type": "greaterthan", "pattern": 20}})";

} // namespace

class TestVerdictReads : public QObject
{
    Q_OBJECT

private slots:
    void tellTheSmallestChange();
    void computeAgainWhatWasDropped();
    void sayThatARuleHasChangedAndWhatItSaysNow();
    void sayThatARuleIsGone();
    void showNothingOfASecret();
    void maskThePayloadOfATriggerInstance();
    void areBounded();
    void leaveOutRulesMadeAfterwards();
    void areNoneBeforeTheRulesWereAsked();
};

void TestVerdictReads::tellTheSmallestChange()
{
    Bench bench;
    const Rule rule = bench.add(u"close"_s, strongWind);
    const TriggerInstance instance = bench.happened(R"({"wind": 3})", 1);
    bench.said(instance, rule, 3);
    SG_VALUE(const Response response, bench.get(instance));
    const Value &verdict = response.body.items().at(0);
    QCOMPARE(verdict["verdict"], Value("not_matched"));
    QCOMPARE(verdict["criterion"], Value("trigger.wind"));
    QCOMPARE(verdict["actual"], Value(3));
    QCOMPARE(verdict["expected"], Value(20));
    QCOMPARE(verdict["near_miss"]["change"]["operator"], Value("greaterthan"));
    QCOMPARE(verdict["near_miss"]["change"]["pattern"], Value(2));
    QCOMPARE(verdict["near_miss"]["also_failing"], Value::list());
    QVERIFY(!verdict.find("computed_again"));
    QVERIFY(!verdict.find("rule_changed"));
}

void TestVerdictReads::computeAgainWhatWasDropped()
{
    Bench bench;
    bench.add(u"close"_s, strongWind);
    const TriggerInstance instance = bench.happened(R"({"wind": 3})", 1);
    SG_VALUE(const Response response, bench.get(instance));
    QCOMPARE(response.body.items().size(), std::size_t(1));
    const Value &verdict = response.body.items().at(0);
    QCOMPARE(verdict["computed_again"], Value(true));
    QCOMPARE(verdict["verdict"], Value("not_matched"));
    QCOMPARE(verdict["actual"], Value(3));
    QVERIFY(!verdict["near_miss"]["sentence"].toQString().isEmpty());
}

void TestVerdictReads::sayThatARuleHasChangedAndWhatItSaysNow()
{
    Bench bench;
    Rule rule = bench.add(u"close"_s, strongWind);
    const TriggerInstance instance = bench.happened(R"({"wind": 3})", 1);
    bench.said(instance, rule, 3);
    rule.criteria = *readJson(R"({"trigger.wind": {"type": "greaterthan", "pattern": 1}})");
    rule.changed = bench.clock.now();
    committed(bench.database, [&] { return bench.context.stores.rules.update(rule); });
    SG_VALUE(const Response response, bench.get(instance));
    const Value &verdict = response.body.items().at(0);
    QCOMPARE(verdict["rule_changed"], Value(true));
    QCOMPARE(verdict["verdict"], Value("not_matched"));
    QCOMPARE(verdict["expected"], Value(20));
    QVERIFY(!verdict.find("near_miss"));
    QCOMPARE(verdict["now"]["verdict"], Value("matched"));
}

void TestVerdictReads::sayThatARuleIsGone()
{
    Bench bench;
    const Rule rule = bench.add(u"close"_s, strongWind);
    const TriggerInstance instance = bench.happened(R"({"wind": 3})", 1);
    bench.said(instance, rule, 3);
    committed(bench.database, [&] { return bench.context.stores.rules.remove(rule.id); });
    SG_VALUE(const Response response, bench.get(instance));
    const Value &verdict = response.body.items().at(0);
    QCOMPARE(verdict["rule_removed"], Value(true));
    QCOMPARE(verdict["actual"], Value(3));
}

void TestVerdictReads::showNothingOfASecret()
{
    Bench bench;
    const Rule plain
        = bench.add(u"plain"_s, R"({"trigger.password": {"type": "equals", "pattern": "x"}})");
    bench.add(u"rendered"_s,
              R"({"trigger.user": {"type": "equals", "pattern": "{{ trigger.password }}"}})");
    bench.add(u"failing"_s, R"({"trigger.password": {"type": "greaterthan", "pattern": 1}})");
    bench.add(u"nearby"_s, R"({"trigger.pass_word": {"type": "equals", "pattern": "Hunter2"}})");
    const TriggerInstance instance = bench.happened(R"({"user": "eve", "password": "Hunter2"})", 4);
    bench.said(instance, plain, "Hunter2");
    SG_VALUE(const Response response, bench.get(instance));
    QCOMPARE(response.body.items().size(), std::size_t(4));
    for (const Value &verdict : response.body.items()) {
        Value shown = verdict;
        if (verdict["rule"]["ref"] == Value("weather.nearby"))
            shown.set("expected", Value()); // The rule's own text is no secret.
        QVERIFY2(writeJson(shown).find("Hunter2") == std::string::npos, writeJson(shown).c_str());
    }
    committed(bench.database, [&] { return bench.context.stores.rules.remove(plain.id); });
    SG_VALUE(const Response after, bench.get(instance));
    const Value &gone = *std::find_if(
        after.body.items().begin(), after.body.items().end(),
        [](const Value &verdict) { return verdict.find("rule_removed") != nullptr; });
    QCOMPARE(gone["actual"], Value("********"));
}

void TestVerdictReads::maskThePayloadOfATriggerInstance()
{
    Bench bench;
    const TriggerInstance instance = bench.happened(R"({"user": "eve", "password": "Hunter2"})", 0);
    SG_VALUE(const Response masked, bench.get(instance, {}));
    QCOMPARE(masked.body["payload"]["password"], Value("********"));
    QCOMPARE(masked.body["payload"]["user"], Value("eve"));
    SG_VALUE(const Response shown, bench.get(instance, {}, {{u"show_secrets"_s, u"true"_s}}));
    QCOMPARE(shown.body["payload"]["password"], Value("Hunter2"));
}

void TestVerdictReads::areBounded()
{
    Bench bench;
    for (int i = 0; i < 120; ++i)
        bench.add(u"rule_%1"_s.arg(i), R"({"trigger.text": {"type": "equals", "pattern": "a"}})");
    const std::string longText(50'000, 'x');
    const TriggerInstance instance = bench.happened(R"({"text": ")" + longText + R"("})", 120);
    SG_VALUE(const Response response, bench.get(instance));
    QCOMPARE(response.body.items().size(), std::size_t(100));
    const auto total = std::make_pair(u"X-Total-Count"_s, u"120"_s);
    QVERIFY(std::ranges::find(response.headers, total) != response.headers.end());
    QVERIFY(writeJson(response.body).size() < 300'000);
    SG_VALUE(const Response rest, bench.get(instance, u"/verdicts"_s, {{u"offset"_s, u"100"_s}}));
    QCOMPARE(rest.body.items().size(), std::size_t(20));
}

void TestVerdictReads::leaveOutRulesMadeAfterwards()
{
    Bench bench;
    bench.add(u"close"_s, strongWind);
    const TriggerInstance instance = bench.happened(R"({"wind": 3})", 1);
    bench.add(u"later"_s, strongWind);
    SG_VALUE(const Response response, bench.get(instance));
    QCOMPARE(response.body.items().size(), std::size_t(1));
    QCOMPARE(response.body.items().at(0)["rule"]["ref"], Value("weather.close"));
}

void TestVerdictReads::areNoneBeforeTheRulesWereAsked()
{
    Bench bench;
    bench.add(u"close"_s, strongWind);
    TriggerInstance instance = bench.happened(R"({"wind": 3})", 0);
    SG_VALUE(const Response response, bench.get(instance));
    QCOMPARE(response.body, Value::list());
}

QTEST_APPLESS_MAIN(TestVerdictReads)
#include "tst_verdict_reads.moc"
