#include "engine/runners/python_runner.h"

#include "tests/support/http_peer.h"
#include "tests/support/recording_sink.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString probe = QStringLiteral(SG_SOURCE_DIR "/tests/support/packs/probe");

RunnerSettings plainSettings()
{
    RunnerSettings settings;
    settings.environment = {{u"PATH"_s, u"/usr/bin:/bin"_s}, {u"PYTHONPATH"_s, u"/no/such"_s}};
    settings.packFolders = {QStringLiteral(SG_SOURCE_DIR "/tests/support/packs")};
    settings.configFolder = u"/etc/configs"_s;
    return settings;
}

} // namespace

class PythonRunnerTest : public QObject
{
    Q_OBJECT

private:
    Reactor m_reactor;
    Launcher m_launcher{m_reactor};
    PythonHost m_host{m_reactor, m_launcher, {QStringLiteral(SG_SOURCE_DIR "/resources/python")}};
    RecordingSink m_sink{m_reactor};
    PythonRunner m_runner{m_host, plainSettings()};
    SystemClock m_clock;
    IdGenerator m_ids{m_clock};

    Job job(const QString &file, Value parameters)
    {
        Job made;
        made.execution = m_ids.make();
        made.action = {u"probe"_s, u"behave"_s};
        made.packPath = probe;
        made.entryPoint = file;
        made.actionParameters = std::move(parameters);
        made.config = Value::map({{"room", "attic"}});
        return made;
    }
    Job behave(const char *how, Value parameters = Value::map())
    {
        parameters.set("how", how);
        return job(u"behave.py"_s, parameters);
    }
    Outcome run(const Job &made) { return *m_sink.run(m_runner, made).outcome; }

private slots:
    void cleanup() { m_sink.onOutput = {}; }

    void reportsResultAndOutput()
    {
        const auto &seen = m_sink.run(m_runner, behave("prints"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Succeeded);
        const Value &result = seen.outcome->result;
        QCOMPARE(result["result"], Value("printed"));
        QCOMPARE(result["stdout"], Value("out\n"));
        QVERIFY(result["stderr"].toQStringOr({}).contains(
            u"actions.python.BehaveAction: INFO     logged"_s));
        QVERIFY(result["stderr"].toQStringOr({}).contains(u"only with DEBUG"_s));
        QCOMPARE(result["exit_code"], Value(0));
        QCOMPARE(result.entries().size(), std::size_t(4));
        QCOMPARE(seen.out, QByteArray("out\n"));
        QVERIFY(seen.process > 0 && seen.startTicks > 0);
    }

    void logsAtTheLevelAsked()
    {
        Job made = behave("prints");
        made.runnerParameters.set("log_level", "INFO");
        QVERIFY(!run(made).result["stderr"].toQStringOr({}).contains(u"only with DEBUG"_s));
        made.execution = m_ids.make();
        made.runnerParameters.set("log_level", "AUDIT");
        QVERIFY(!run(made).result["stderr"].toQStringOr({}).contains(u"logged"_s));
    }

    void failsAsTheActionSays()
    {
        const Outcome good
            = run(behave("succeed", Value::map({{"result", Value::map({{"a", 1}})}})));
        QCOMPARE(good.status, ExecutionStatus::Succeeded);
        const Outcome bad = run(behave("fail", Value::map({{"result", Value::map({{"a", 1}})}})));
        QCOMPARE(bad.status, ExecutionStatus::Failed);
        QCOMPARE(bad.result["result"], Value::map({{"a", 1}}));
        QCOMPARE(bad.result["exit_code"], Value(0));
    }

    void failsByExceptionExitAndSignal()
    {
        const Outcome raised = run(behave("raises"));
        QCOMPARE(raised.status, ExecutionStatus::Failed);
        QCOMPARE(raised.result["exit_code"], Value(1));
        QCOMPARE(raised.result["result"], Value("None"));
        QVERIFY(raised.result["stderr"].toQStringOr({}).contains(u"RuntimeError: as asked"_s));
        QCOMPARE(run(behave("leaves", Value::map({{"code", 3}}))).result["exit_code"], Value(3));
        const Outcome left = run(behave("leaves", Value::map({{"code", 0}})));
        QCOMPARE(left.status, ExecutionStatus::Succeeded);
        QCOMPARE(left.result["result"], Value("None"));
        QCOMPARE(run(behave("own_signal")).result["exit_code"], Value(-9));
    }

    void tellsNoneFromNoResult() { QVERIFY(run(behave("nothing")).result["result"].isNull()); }

    void refusesAStatusThatIsNone()
    {
        const Outcome outcome = run(behave("bad_status"));
        QCOMPARE(outcome.status, ExecutionStatus::Failed);
        QVERIFY(
            outcome.result["error"].toQStringOr({}).contains(u"must be True or False, not: yes"_s));
    }

    void endsWhatRunsTooLong()
    {
        Job made = behave("sleeps");
        made.runnerParameters.set("timeout", 0.4);
        const Outcome outcome = run(made);
        QCOMPARE(outcome.status, ExecutionStatus::Timeout);
        QCOMPARE(outcome.result["exit_code"], Value(-9));
        QCOMPARE(outcome.result["error"], Value("Action failed to complete in 0.4 seconds"));
        QCOMPARE(outcome.result["stdout"], Value("begun\n"));
        QCOMPARE(outcome.result["result"], Value("None"));
    }

    void canBeCancelled()
    {
        m_sink.onOutput = [&](const Id &execution) { m_runner.cancel(execution, 100ms); };
        const auto &seen = m_sink.run(m_runner, behave("stubborn"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Canceled);
        QCOMPARE(seen.finishes, 1);
        m_runner.cancel(m_ids.make(), 0ms);
    }

    void givesTheEngineVariables()
    {
        Job made = behave("surroundings");
        made.apiUrl = u"http://127.0.0.1:9101/"_s;
        made.apiToken = u"tok"_s;
        made.runnerParameters.set("env", Value::map({{"MINE", "1"}, {"PythonPath", "/mine"}}));
        const Value environment = run(made).result["result"]["environment"];
        QCOMPARE(environment["ST2_ACTION_PACK_NAME"], Value("probe"));
        QCOMPARE(environment["ST2_ACTION_EXECUTION_ID"].toQStringOr({}), made.execution.text());
        QCOMPARE(environment["ST2_ACTION_API_URL"], Value("http://127.0.0.1:9101/v1"));
        QCOMPARE(environment["ST2_API_URL"], Value("http://127.0.0.1:9101/v1"));
        QCOMPARE(environment["ST2_ACTION_AUTH_TOKEN"], Value("tok"));
        QCOMPARE(environment["ST2_AUTH_TOKEN"], Value("tok"));
        QCOMPARE(environment["MINE"], Value("1"));
        QVERIFY(!environment.find("PYTHONPATH") && !environment.find("PythonPath"));
    }

    void saysWhereAConfigurationIsMissing()
    {
        const Outcome outcome = run(behave("missing_config"));
        QVERIFY(outcome.result["stderr"].toQStringOr({}).contains(
            u"add it to /etc/configs/probe.yaml"_s));
    }

    void reachesTheDatastore()
    {
        HttpPeer peer(m_reactor, m_launcher);
        Job made = behave("stored", Value::map({{"name", "a.b"}, {"value", "kept"}}));
        made.apiUrl = peer.url();
        made.apiToken = u"token"_s;
        const Outcome outcome = run(made);
        QVERIFY2(outcome.status == ExecutionStatus::Succeeded,
                 outcome.result["stderr"].text().data());
        QCOMPARE(outcome.result["result"],
                 Value::map({{"value", "kept"},
                             {"plain", nullptr},
                             {"missing", nullptr},
                             {"names", Value::list({"probe.BehaveAction:a.b"})},
                             {"deleted", true},
                             {"user", Value::map({{"username", "ann"}})}}));
    }

    void saysThatTheDatastoreCannotBeReached()
    {
        Job made = behave("stored", Value::map({{"name", "a"}, {"value", "kept"}}));
        QVERIFY(run(made).result["stderr"].toQStringOr({}).contains(u"API is not served"_s));
        made.execution = m_ids.make();
        made.apiUrl = u"http://127.0.0.1:1"_s;
        QVERIFY(run(made).result["stderr"].toQStringOr({}).contains(
            u"PUT /keys/probe.BehaveAction:a"_s));
    }

    void cutsAHugeOutputAndSaysSo()
    {
        RunnerSettings settings = plainSettings();
        settings.outputLimit = 10'000;
        PythonRunner runner(m_host, settings);
        const Outcome outcome
            = *m_sink.run(runner, behave("floods", Value::map({{"size", 3'000'000}}))).outcome;
        QCOMPARE(outcome.status, ExecutionStatus::Succeeded);
        QCOMPARE(outcome.result["stdout"].text().size(), std::size_t(10'000));
        QVERIFY(outcome.result["note"].toQStringOr({}).contains(u"2990000 bytes"_s));
    }

    void refusesAResultThatIsTooLarge()
    {
        const Outcome outcome = run(behave("big", Value::map({{"size", 17 * 1024 * 1024}})));
        QCOMPARE(outcome.status, ExecutionStatus::Failed);
        QVERIFY(outcome.result["error"].toQStringOr({}).contains(u"16 MiB"_s));
    }

    void refusesWhatItCannotRun()
    {
        Job made = job(QString(), Value::map());
        QCOMPARE(run(made).result["error"],
                 Value("Action \"behave\" is missing entry_point attribute"));
        made = job(u"../../../elsewhere.py"_s, Value::map());
        QVERIFY(run(made).result["error"].toQStringOr({}).contains(u"outside of its pack"_s));
        made = behave("prints");
        made.runnerParameters.set("content_version", "v1");
        QVERIFY(run(made).result["error"].toQStringOr({}).contains(
            u"content_version is not supported"_s));
    }

    void usesTheVirtualEnvironmentOfAPack()
    {
        const QTemporaryDir folder;
        RunnerSettings settings = plainSettings();
        settings.virtualenvs = folder.path();
        QCOMPARE(packInterpreter(u"core"_s, settings).program, settings.interpreter);
        QVERIFY(packInterpreter(u"probe"_s, settings).hint.contains(folder.filePath(u"probe"_s)));

        QVERIFY(QDir(folder.path()).mkpath(u"probe/bin"_s));
        QVERIFY(QFile::link(u"/usr/bin/python3"_s, folder.filePath(u"probe/bin/python"_s)));
        QCOMPARE(packInterpreter(u"probe"_s, settings).program,
                 folder.filePath(u"probe/bin/python"_s));
        PythonRunner runner(m_host, settings);
        const Value result = m_sink.run(runner, behave("surroundings")).outcome->result["result"];
        QVERIFY(result["environment"]["PATH"].toQStringOr({}).startsWith(
            folder.filePath(u"probe/bin:"_s)));
    }

    void hintsAtAMissingVirtualEnvironment()
    {
        RunnerSettings settings = plainSettings();
        settings.virtualenvs = u"/no/venvs"_s;
        PythonRunner runner(m_host, settings);
        const Value result = m_sink.run(runner, behave("missing_module")).outcome->result;
        QVERIFY(result["stderr"].toQStringOr({}).contains(
            u"The virtual environment (/no/venvs/probe) for pack \"probe\" does not exist"_s));
    }

    void runsFreshWhenThePackWantsIt()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"actions"_s));
        QVERIFY(QFile::copy(probe + u"/actions/echo.py"_s, folder.filePath(u"actions/echo.py"_s)));
        QFile marker(folder.filePath(u".fresh-interpreter"_s));
        QVERIFY(marker.open(QIODevice::WriteOnly));
        marker.close();
        Job made = job(u"echo.py"_s, Value::map({{"a", 1}}));
        made.packPath = folder.path();
        const auto &seen = m_sink.run(m_runner, made);
        QCOMPARE(seen.outcome->result["result"], Value::map({{"a", 1}}));
    }

    void reportsAnInterpreterThatIsMissing()
    {
        RunnerSettings settings = plainSettings();
        settings.interpreter = u"/no/such/python"_s;
        PythonRunner runner(m_host, settings);
        const Outcome outcome = *m_sink.run(runner, behave("prints")).outcome;
        QCOMPARE(outcome.status, ExecutionStatus::Failed);
        QVERIFY(outcome.result["error"].toQStringOr({}).contains(u"/no/such/python"_s));
    }
};

QTEST_GUILESS_MAIN(PythonRunnerTest)
#include "tst_python_runner.moc"
