#include "engine/base/thread_name.h"
#include "tests/scenarios/scenario_match.h"
#include "tests/scenarios/scenario_site.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

QStringList bundledPacks()
{
    return QDir(QStringLiteral(SG_SOURCE_DIR) + u"/packs"_s)
        .entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

// An engine with every pack that comes with it, served over HTTP as actions need it.
class Site
{
public:
    Site()
        : m_site(ScenarioSite::Kind::Http)
    {
        const QString folder = m_site.folder() + u"/packs/"_s;
        for (const QString &pack : bundledPacks()) {
            if (!QFile::exists(folder + pack))
                QFile::link(QStringLiteral(SG_SOURCE_DIR) + u"/packs/"_s + pack, folder + pack);
        }
        SG_OK(m_site.start());
    }

    Value ask(Verb verb, const QString &path, const Value &body = {}, const Value &query = {})
    {
        Request request{.verb = verb, .path = u"/api/v1/"_s + path, .body = body};
        for (const ValueMap::Entry &entry : query.entriesOrNone())
            request.query.push_back({entry.key.toQString(), entry.value.toQString()});
        const Result<Response> answer = m_site.call(request);
        if (!answer) {
            qWarning("%s: %s", qPrintable(path), qPrintable(answer.error().message));
            return {};
        }
        return answer->body;
    }

    // The execution once it has ended; null if that takes too long.
    Value ended(const QString &id)
    {
        Value execution;
        const bool isEnded = QTest::qWaitFor(
            [&] {
                execution = ask(Verb::Get, u"executions/"_s + id);
                return execution.isNull() || execution.find("end_timestamp");
            },
            30'000);
        return isEnded ? execution : Value();
    }

    Value ran(const QString &action, const Value &parameters)
    {
        const Value asked = ask(Verb::Post, u"executions"_s,
                                Value::map({{"action", action}, {"parameters", parameters}}));
        return ended(asked["id"].toQStringOr(u"?"_s));
    }

    // Of the newest execution of an action, once there is one.
    Value newest(const QString &action)
    {
        Value found;
        const bool isThere = QTest::qWaitFor(
            [&] {
                found = ask(Verb::Get, u"executions"_s, {},
                            Value::map({{"action", action}, {"limit", "1"}}));
                return !found.itemsOrNone().empty();
            },
            30'000);
        return isThere ? ended(found.items().front()["id"].toQString()) : Value();
    }

private:
    ScenarioSite m_site;
};

QString shown(const Value &execution)
{
    return execution["status"].toQStringOr(u"none"_s) + u": "_s
        + execution["result"]["stderr"].toQStringOr({})
        + execution["result"]["error"].toQStringOr({});
}

} // namespace

// The packs that come with the program load, run, and do nothing unasked.
class TestBundledPacks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void loadWithoutAProblem();
    void examplesDoNothingUnasked();
    void examplesRun_data();
    void examplesRun();
    void everyExampleIsTried();
    void aSampleSensorRaisesItsEvents();
    void aChatCommandIsAnsweredInTheChat();
    void chatActionsDoWhatTheySay();
    void chatIsToldNothingWhereAnAliasWantsNothingTold();
    void cleanupTestCase() { m_site.reset(); }

private:
    std::unique_ptr<Site> m_site;
};

void TestBundledPacks::initTestCase()
{
    nameThisThread(ThreadName::Main);
    m_site = std::make_unique<Site>();
}

void TestBundledPacks::loadWithoutAProblem()
{
    QStringList loaded;
    const Value packs = m_site->ask(Verb::Get, u"packs"_s);
    for (const Value &pack : packs.itemsOrNone())
        loaded << pack["ref"].toQString();
    loaded.sort();
    QCOMPARE(loaded, bundledPacks());
    const Value problems = m_site->ask(Verb::Get, u"packs/views/health"_s);
    for (const Value &problem : problems.itemsOrNone())
        QFAIL(qPrintable(problem["file"].toQStringOr({}) + u": "_s
                         + problem["message"].toQStringOr({})));
}

void TestBundledPacks::examplesDoNothingUnasked()
{
    const Value pack = Value::map({{"pack", "examples"}});
    const Value rules = m_site->ask(Verb::Get, u"rules"_s, {}, pack);
    QVERIFY(rules.itemsOrNone().size() > 5);
    for (const Value &rule : rules.items())
        QVERIFY2(!rule["enabled"].toBoolOr(true), qPrintable(rule["ref"].toQString()));
    const Value sensors = m_site->ask(Verb::Get, u"sensortypes"_s, {}, pack);
    QCOMPARE(sensors.itemsOrNone().size(), 3U);
    for (const Value &sensor : sensors.items())
        QVERIFY2(!sensor["enabled"].toBoolOr(true), qPrintable(sensor["ref"].toQString()));
}

void TestBundledPacks::examplesRun_data()
{
    QTest::addColumn<Value>("parameters");
    QTest::addColumn<Value>("expected");
    const auto row = [](const char *action, const Value &parameters, const Value &expected) {
        QTest::newRow(action) << parameters << expected;
    };
    const Value both = Value::map({{"stdout", "out 1\nout 2"}, {"stderr", "err 1\nerr 2"}});
    const Value two = Value::map({{"count", 2}});
    row("announce_build", Value::map({{"number", 7}}), Value::map({{"number", 7}}));
    row("count_calls", Value::map({{"name", "doors"}}), Value::map({{"result", 1}}));
    row("env_reader", {}, Value::map({{"stdout", "~ST2_ACTION_PACK_NAME=examples"}}));
    row("isprime", Value::map({{"value", 7919}}), Value::map({{"result", true}}));
    row("json_string_to_object", Value::map({{"json_str", "{\"a\": [1]}"}}),
        Value::map({{"result", Value::map({{"a", Value::list({1})}})}}));
    row("local-notify", Value::map({{"cmd", "echo hi"}}), Value::map({{"stdout", "hi"}}));
    row("local-random-exit", Value::map({{"codes", 1}}), Value::map({{"stdout", "exit code 0"}}));
    row("local_command_runner_print_to_stdout_and_stderr", two, both);
    row("local_script_runner_print_to_stdout_and_stderr", two, both);
    row("nothing", {}, {});
    row("object_return", {}, Value::map({{"result", Value::map({{"height", 42}})}}));
    row("print_config", {}, Value::map({{"result", "*"}}));
    row("progress", Value::map({{"steps", 2}, {"pause", 0}}),
        Value::map({{"stdout", "~step 1 of 2\nstep 2 of 2"}}));
    row("python-mock-create-vm", Value::map({{"cpu_cores", "4"}}),
        Value::map({{"result", Value::map({{"vm_id", "~^vm"}, {"cpu_cores", "4"}})}}));
    row("python_runner_print_python_version", {}, Value::map({{"result", "~^3\\."}}));
    row("python_runner_print_to_stdout_and_stderr", two,
        Value::map({{"stdout", "~out 1\nout 2"}, {"stderr", "~err 1\nerr 2"}}));
}

void TestBundledPacks::examplesRun()
{
    QFETCH(const Value, parameters);
    QFETCH(const Value, expected);
    const QString action = u"examples."_s + QString::fromUtf8(QTest::currentDataTag());
    const Value execution = m_site->ran(action, parameters.isMap() ? parameters : Value::map());
    QVERIFY2(execution["status"] == Value("succeeded"), qPrintable(shown(execution)));
    QVERIFY2(expected.isNull() || hasWanted(expected, execution["result"]),
             qPrintable(shown(execution)));
}

// What needs a network or a package of the system is not tried here.
void TestBundledPacks::everyExampleIsTried()
{
    const QStringList outside{u"examples.ping"_s, u"examples.weather"_s};
    const Value actions
        = m_site->ask(Verb::Get, u"actions"_s, {}, Value::map({{"pack", "examples"}}));
    for (const Value &action : actions.itemsOrNone()) {
        const QString ref = action["ref"].toQString();
        const Value runs = m_site->ask(Verb::Get, u"executions"_s, {},
                                       Value::map({{"action", ref}, {"limit", "1"}}));
        QVERIFY2(outside.contains(ref) || runs.itemsOrNone().size() == 1, qPrintable(ref));
    }
}

void TestBundledPacks::aSampleSensorRaisesItsEvents()
{
    m_site->ask(Verb::Put, u"sensortypes/examples.SamplePollingSensor"_s,
                Value::map({{"enabled", true}}));
    QVERIFY(QTest::qWaitFor(
        [&] {
            const Value found
                = m_site->ask(Verb::Get, u"triggerinstances"_s, {},
                              Value::map({{"trigger_type", "examples.polling_event"}}));
            return !found.itemsOrNone().empty();
        },
        30'000));
    m_site->ask(Verb::Put, u"sensortypes/examples.SamplePollingSensor"_s,
                Value::map({{"enabled", false}}));
}

void TestBundledPacks::aChatCommandIsAnsweredInTheChat()
{
    const Value answer = m_site->ask(Verb::Post, u"aliasexecution/match_and_execute"_s,
                                     Value::map({{"command", "is 7919 a prime?"},
                                                 {"user", "joe"},
                                                 {"source_channel", "ops"},
                                                 {"source_context", Value::map({{"thread", "12"}})},
                                                 {"notification_route", "hubot"}}));
    QCOMPARE(answer["results"].itemsOrNone().size(), 1U);
    QCOMPARE(answer["results"].items()[0]["message"], Value("Let me see about 7919."));
    const Value posted = m_site->newest(u"chatops.post_message"_s);
    QVERIFY2(posted["status"] == Value("succeeded"), qPrintable(shown(posted)));
    const Value expected = Value::map({{"message", "7919 is a prime."},
                                       {"channel", "ops"},
                                       {"user", "joe"},
                                       {"context", Value::map({{"thread", "12"}})}});
    QVERIFY(hasWanted(expected, posted["parameters"]));
    // It all belongs to one story.
    QCOMPARE(posted["context"]["trace_context"]["id_"],
             m_site->newest(u"chatops.post_result"_s)["context"]["trace_context"]["id_"]);
}

void TestBundledPacks::chatActionsDoWhatTheySay()
{
    const Value text = Value::map({{"text", "prime 9"}});
    const Value match = m_site->ran(u"chatops.match"_s, text);
    const Value alias
        = Value::map({{"name", "prime"}, {"pack", "examples"}, {"action_ref", "examples.isprime"}});
    QVERIFY2(hasWanted(Value::map({{"alias", alias}, {"representation", "~^prime"}}),
                       match["result"]["result"]),
             qPrintable(shown(match)));
    const Value executed = m_site->ran(u"chatops.match_and_execute"_s, text);
    const QString id = executed["result"]["result"].toQStringOr({});
    QCOMPARE(m_site->ended(id)["parameters"]["value"], Value(9));
    const Value formatted
        = m_site->ran(u"chatops.format_execution_result"_s, Value::map({{"execution_id", id}}));
    QCOMPARE(formatted["result"]["result"]["message"], Value("9 is no prime."));
    const Value run = m_site->ran(
        u"chatops.run"_s, Value::map({{"text", "prime 11"}, {"channel", "ops"}, {"user", "joe"}}));
    QCOMPARE(run["result"]["result"]["message"], Value("11 is a prime."));
    const Value unknown = m_site->ran(u"chatops.match"_s, Value::map({{"text", "who is there"}}));
    QCOMPARE(unknown["status"], Value("failed"));
    QVERIFY(unknown["result"]["stderr"].toQString().contains(u"matched no patterns"));
}

void TestBundledPacks::chatIsToldNothingWhereAnAliasWantsNothingTold()
{
    m_site->ask(Verb::Post, u"actionalias"_s,
                Value::map({{"name", "quiet"},
                            {"action_ref", "core.noop"},
                            {"formats", Value::list({"be quiet"})},
                            {"result", Value::map({{"enabled", false}})}}));
    const Value answer
        = m_site->ask(Verb::Post, u"aliasexecution/match_and_execute"_s,
                      Value::map({{"command", "be quiet"}, {"source_channel", "ops"}}));
    const QString id = answer["results"].itemsOrNone().at(0)["execution"]["id"].toQStringOr(u"?"_s);
    m_site->ended(id);
    const Value told = m_site->ran(u"chatops.post_result"_s,
                                   Value::map({{"execution_id", id}, {"channel", "ops"}}));
    QCOMPARE(told["result"]["result"]["note"], Value("Execution result is disabled."));
}

QTEST_GUILESS_MAIN(TestBundledPacks)
#include "tst_bundled_packs.moc"
