#include "tests/scenarios/scenario_site.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"
#include "engine/instance/rehearsals.h"
#include "tests/support/result_checks.h"

using namespace stormglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(stormglass::ScenarioSite::Kind)

namespace {

constexpr int patience = 20'000;

Value closing(int above)
{
    Value rule = *readJson(R"({"name": "close", "enabled": true,
        "trigger": {"type": "core.st2.webhook", "parameters": {"url": "storm"}},
        "action": {"ref": "core.local", "parameters": {"cmd": "echo {{ trigger.body.wind }}"}}})");
    rule.set("criteria",
             Value::map({{"trigger.body.wind",
                          Value::map({{"type", "greaterthan"}, {"pattern", above}})}}));
    return rule;
}

Result<Value> ask(ScenarioSite &site, Verb verb, const QString &path, const Value &body = {})
{
    Request request;
    request.verb = verb;
    request.path = u"/api/v1"_s + path;
    request.body = body;
    SG_LET(const Response response, site.call(std::move(request)));
    return response.body;
}

Result<RehearsalReport> rehearse(ScenarioSite &site, const RehearsalWish &wish)
{
    SG_LET(const Value begun, ask(site, Verb::Post, rehearsalsPath(), toJson(wish)));
    SG_LET(RehearsalReport report, rehearsalReportFromJson(begun));
    const auto isOver = [&] {
        const auto answer = ask(site, Verb::Get, rehearsalPath(report.id));
        report = answer ? rehearsalReportFromJson(*answer).value_or(report) : report;
        return report.status != RehearsalStatus::Running;
    };
    if (!QTest::qWaitFor(isOver, patience))
        return failure(ErrorCode::Timeout, u"The rehearsal does not end."_s);
    return report;
}

} // namespace

// A rule tried on what has happened, wherever the engine is.
class RehearsalTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void tellsWhatADraftWouldHaveDone_data() { addSites(); }
    void tellsWhatADraftWouldHaveDone();
    void refusesWhatCannotBeRehearsed_data() { addSites(); }
    void refusesWhatCannotBeRehearsed();
    void explainsAnEventThatManyRulesPassedOver();
    void keepsASecretThatComesBackMasked();

private:
    static void addSites()
    {
        QTest::addColumn<ScenarioSite::Kind>("kind");
        QTest::newRow("local") << ScenarioSite::Kind::Local;
        QTest::newRow("http") << ScenarioSite::Kind::Http;
    }
    // Sent, and asked of every rule.
    static void blow(ScenarioSite &site, std::initializer_list<int> winds);
};

void RehearsalTest::blow(ScenarioSite &site, std::initializer_list<int> winds)
{
    for (const int wind : winds)
        SG_OK(ask(site, Verb::Post, u"/webhooks/storm"_s, Value::map({{"wind", wind}})));
    const auto areStored = [&] {
        const auto all = ask(site, Verb::Get, u"/triggerinstances"_s);
        return all && all->items().size() >= winds.size()
            && std::ranges::all_of(all->items(), [](const Value &one) {
                   return one["status"] == Value("processed");
               });
    };
    QVERIFY(QTest::qWaitFor(areStored, patience));
}

void RehearsalTest::tellsWhatADraftWouldHaveDone()
{
    QFETCH(ScenarioSite::Kind, kind);
    ScenarioSite site(kind);
    SG_OK(site.start());
    SG_OK(ask(site, Verb::Post, u"/rules"_s, closing(30)));
    blow(site, {3, 25, 31});
    SG_VALUE(const RehearsalReport report, rehearse(site, {.rule = closing(20)}));
    QCOMPARE(report.status, RehearsalStatus::Succeeded);
    QVERIFY(report.isCompared);
    QCOMPARE(report.summary.events, 3);
    QCOMPARE(report.summary.fires, 2);
    QCOMPARE(report.summary.firedBefore, 1);
    QCOMPARE(report.summary.gained, 1);
    QCOMPARE(report.summary.nearMisses, 1);
    QCOMPARE(report.marks.size(), std::size_t(2));
    QCOMPARE(report.marks[0].parameters["cmd"], Value("echo 31"));
    QCOMPARE(report.marks[1].kind, RehearsalMark::Kind::Gained);
    QCOMPARE(report.marks[1].parameters["cmd"], Value("echo 25"));
    SG_VALUE(const RehearsalReport one, rehearse(site, {.rule = closing(20), .limit = 1}));
    QCOMPARE(one.summary.events, 1);
    SG_VALUE(const Value canceled, ask(site, Verb::Delete, rehearsalPath(report.id)));
    QCOMPARE(canceled["status"], Value("succeeded"));
}

void RehearsalTest::refusesWhatCannotBeRehearsed()
{
    QFETCH(ScenarioSite::Kind, kind);
    ScenarioSite site(kind);
    SG_OK(site.start());
    const auto post = [&](const char *body) {
        return ask(site, Verb::Post, rehearsalsPath(), *readJson(body));
    };
    SG_FAILS(ErrorCode::Invalid, post("{}"));
    SG_FAILS(ErrorCode::Invalid, post("[]"));
    SG_FAILS(ErrorCode::NotFound, post(R"({"rule": "nowhere.none"})"));
    SG_FAILS(ErrorCode::Invalid, post(R"({"rule": {"trigger": {"type": "no.such"}}})"));
    SG_FAILS(ErrorCode::Invalid, post(R"({"rule": {"trigger": {"type": "core.st2.webhook"}},
                                          "from": "yesterday"})"));
    SG_FAILS(ErrorCode::Invalid, post(R"({"rule": {"trigger": {"type": "core.st2.webhook"}},
                                          "limit": -1})"));
    SG_FAILS(ErrorCode::Invalid, post(R"({"rule": {"trigger": {"type": "core.st2.webhook"},
        "criteria": {"trigger.a": {"type": "nope", "pattern": 1}}}})"));
    SG_FAILS(ErrorCode::NotFound, ask(site, Verb::Get, u"/rehearsals/x"_s));
    // What nobody has listened to yet has no history, and says so.
    SG_VALUE(const RehearsalReport nothing, rehearse(site, {.rule = closing(1)}));
    QCOMPARE(nothing.status, RehearsalStatus::Succeeded);
    QCOMPARE(nothing.summary.events, 0);
    QVERIFY(!nothing.message.isEmpty());
}

void RehearsalTest::explainsAnEventThatManyRulesPassedOver()
{
    ScenarioSite site(ScenarioSite::Kind::Local);
    SG_OK(site.start());
    for (int i = 0; i < 70; ++i) {
        Value rule = closing(i < 2 ? 1 : 100 + i);
        rule.set("name", u"rule_%1"_s.arg(i));
        rule.set("state", "observe");
        SG_OK(ask(site, Verb::Post, u"/rules"_s, rule));
    }
    blow(site, {31});
    SG_VALUE(const Value events, ask(site, Verb::Get, u"/triggerinstances"_s));
    const QString id = events.items().at(0)["id"].toQString();
    SG_VALUE(const Value verdicts,
             ask(site, Verb::Get, u"/triggerinstances/%1/verdicts"_s.arg(id)));
    QCOMPARE(verdicts.items().size(), std::size_t(70));
    QCOMPARE(verdicts.items().at(1)["verdict"], Value("observed"));
    const Value &passedOver = verdicts.items().at(2);
    QCOMPARE(passedOver["verdict"], Value("not_matched"));
    QCOMPARE(passedOver["actual"], Value(31));
    QCOMPARE(passedOver["computed_again"], Value(true));
    QVERIFY(!passedOver["near_miss"]["sentence"].toQString().isEmpty());
}

void RehearsalTest::keepsASecretThatComesBackMasked()
{
    ScenarioSite site(ScenarioSite::Kind::Local);
    SG_OK(
        site.write(u"packs/demo/pack.yaml"_s,
                   "name: demo\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n",
                   QIODevice::WriteOnly));
    SG_OK(site.write(u"packs/demo/actions/call.yaml"_s,
                     "name: call\nrunner_type: noop\nparameters:\n"
                     "  code: {type: string, secret: true}\n",
                     QIODevice::WriteOnly));
    SG_OK(site.start());
    Value rule = closing(20);
    rule.set("action", *readJson(R"({"ref": "demo.call", "parameters": {"code": "Hunter2"}})"));
    SG_VALUE(Value shown, ask(site, Verb::Post, u"/rules"_s, rule));
    QCOMPARE(shown["action"]["parameters"]["code"], Value("********"));
    QVERIFY(shown["trigger"]["ref"].isText());
    shown.set("description", "other");
    SG_OK(ask(site, Verb::Put, u"/rules/default.close"_s, shown));
    blow(site, {31});
    Request request;
    request.path = u"/api/v1/executions"_s;
    request.query = {{u"action"_s, u"demo.call"_s}, {u"show_secrets"_s, u"true"_s}};
    Value executions;
    QVERIFY(QTest::qWaitFor(
        [&] {
            const auto answer = site.call(request);
            executions = answer ? answer->body : Value();
            return !executions.itemsOrNone().empty();
        },
        patience));
    QCOMPARE(executions.items().at(0)["parameters"]["code"], Value("Hunter2"));
    SG_VALUE(const RehearsalReport report, rehearse(site, {.rule = shown}));
    QCOMPARE(report.marks.at(0).parameters["code"], Value("********"));
}

QTEST_GUILESS_MAIN(RehearsalTest)
#include "tst_rehearsal.moc"
