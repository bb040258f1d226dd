#include "engine/runners/local_command_runner.h"
#include "engine/runners/local_script_runner.h"

#include "tests/support/recording_sink.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

RunnerSettings plainSettings()
{
    RunnerSettings settings;
    settings.environment = {{u"PATH"_s, u"/usr/bin:/bin"_s}};
    return settings;
}

bool isAlive(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

} // namespace

class ShellRunnerTest : public QObject
{
    Q_OBJECT

private:
    Reactor m_reactor;
    Launcher m_launcher{m_reactor};
    RecordingSink m_sink{m_reactor};
    LocalCommandRunner m_commands{m_reactor, m_launcher, plainSettings()};
    LocalScriptRunner m_scripts{m_reactor, m_launcher, plainSettings()};
    SystemClock m_clock;
    IdGenerator m_ids{m_clock};

    Job command(const char *text, Value more = Value::map())
    {
        Job job;
        job.execution = m_ids.make();
        job.action = {u"core"_s, u"local"_s};
        job.runnerType = u"local-shell-cmd"_s;
        more.set("cmd", text);
        job.runnerParameters = more;
        return job;
    }
    Job script(Value parameters, Value schema = Value::map())
    {
        Job job;
        job.execution = m_ids.make();
        job.action = {u"probe"_s, u"greet"_s};
        job.packPath = QStringLiteral(SG_SOURCE_DIR "/tests/support/packs/probe");
        job.entryPoint = u"greet.sh"_s;
        job.actionParameters = std::move(parameters);
        job.actionSchema = std::move(schema);
        return job;
    }

private slots:
    void cleanup() { m_sink.onOutput = {}; }

    void reportsOutputAndSuccess()
    {
        const auto &seen = m_sink.run(m_commands, command("echo one; echo two; echo err >&2"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Succeeded);
        QCOMPARE(seen.outcome->result,
                 Value::map({{"failed", false},
                             {"succeeded", true},
                             {"return_code", 0},
                             {"stdout", "one\ntwo"},
                             {"stderr", "err"}}));
        QCOMPARE(seen.out, QByteArray("one\ntwo\n"));
        QCOMPARE(seen.err, QByteArray("err\n"));
        QVERIFY(seen.process > 0 && seen.startTicks > 0);
        QCOMPARE(seen.finishes, 1);
    }

    void readsOutputAsJsonWhereItIs_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Value>("value");
        QTest::newRow("number") << QByteArray("10") << Value(10);
        QTest::newRow("map") << QByteArray("{\"a\": 1.0}") << Value::map({{"a", 1.0}});
        QTest::newRow("word") << QByteArray("true story") << Value("true story");
        QTest::newRow("NaN") << QByteArray("NaN") << Value("NaN");
        QTest::newRow("nothing") << QByteArray("") << Value("");
        QTest::newRow("line ends") << QByteArray("a\r\n") << Value("a\r\n");
    }

    void readsOutputAsJsonWhereItIs()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const Value, value);
        const auto &seen = m_sink.run(
            m_commands,
            command("printf '%s\\r\\n' \"$TEXT\"; printf '%s' \"$TEXT\" >&2",
                    Value::map({{"env", Value::map({{"TEXT", text.toStdString()}})}})));
        QCOMPARE(seen.outcome->result["stdout"], value);
        if (!text.endsWith('\n'))
            QCOMPARE(seen.outcome->result["stderr"], value);
    }

    void reportsFailureWithItsCode()
    {
        const auto &seen = m_sink.run(m_commands, command("echo partial; exit 3"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Failed);
        QCOMPARE(seen.outcome->result["return_code"], Value(3));
        QCOMPARE(seen.outcome->result["failed"], Value(true));
        QCOMPARE(seen.outcome->result["stdout"], Value("partial"));
    }

    void tellsSignalsApart()
    {
        const auto &killed = m_sink.run(m_commands, command("kill -KILL $$"));
        QCOMPARE(killed.outcome->status, ExecutionStatus::Failed);
        QCOMPARE(killed.outcome->result["return_code"], Value(-9));
        const auto &ended = m_sink.run(m_commands, command("kill -TERM $$"));
        QCOMPARE(ended.outcome->status, ExecutionStatus::Abandoned);
        QCOMPARE(ended.outcome->result["return_code"], Value(-15));
    }

    void endsWhatRunsTooLong()
    {
        const auto &seen = m_sink.run(
            m_commands, command("echo begun; sleep 60", Value::map({{"timeout", 0.2}})));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Timeout);
        QCOMPARE(seen.outcome->result["return_code"], Value(-9));
        QCOMPARE(seen.outcome->result["error"], Value("Action failed to complete in 0.2 seconds"));
        QCOMPARE(seen.outcome->result["stdout"], Value("begun"));
        QCOMPARE(seen.outcome->result["succeeded"], Value(false));
    }

    void cancelsTheWholeGroup()
    {
        const Job job = command("sleep 60 & echo $!; wait");
        m_sink.onOutput = [&](const Id &execution) { m_commands.cancel(execution, 5s); };
        QElapsedTimer clock;
        clock.start();
        const auto &seen = m_sink.run(m_commands, job);
        QVERIFY(clock.elapsed() < 4'000);
        QCOMPARE(seen.outcome->status, ExecutionStatus::Canceled);
        QTRY_VERIFY(!isAlive(seen.out.trimmed().toLongLong()));
        // Too late, and unknown: nothing happens.
        m_commands.cancel(job.execution, 0ms);
        QCOMPARE(seen.finishes, 1);
    }

    void killsWhatIgnoresTheRequest()
    {
        m_sink.onOutput = [&](const Id &execution) { m_commands.cancel(execution, 100ms); };
        const auto &seen = m_sink.run(
            m_commands, command("trap '' TERM; echo up; while :; do sleep 0.05; done"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Canceled);
        QVERIFY(!isAlive(seen.process));
    }

    void handsOnWholeLines()
    {
        const auto &seen = m_sink.run(
            m_commands, command("printf 'a'; sleep 0.05; printf 'b\\nc'; sleep 0.05; printf 'd'"));
        QCOMPARE(seen.pieces, (QList<QByteArray>{"ab\n", "cd"}));
    }

    void handsOnAnEndlessLineInPieces()
    {
        const auto &seen = m_sink.run(m_commands, command("head -c 300000 /dev/zero | tr '\\0' x"));
        QCOMPARE(seen.out.size(), 300'000);
        QVERIFY(seen.pieces.size() >= 2);
    }

    void cutsAHugeOutputAndSaysSo()
    {
        RunnerSettings settings = plainSettings();
        settings.outputLimit = 10'000;
        LocalCommandRunner runner(m_reactor, m_launcher, settings);
        const auto &seen = m_sink.run(runner, command("yes | head -c 100000000"));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Succeeded);
        QCOMPARE(seen.outcome->result["stdout"].text().size(), 9'999UL);
        QCOMPARE(seen.outcome->result["note"],
                 Value("The output was cut: 99990000 bytes over the limit of 10000 bytes a stream "
                       "were dropped"));
        QCOMPARE(seen.out.size(), 10'000);
    }

    void replacesWhatIsNoUtf8()
    {
        const auto &seen = m_sink.run(m_commands, command("printf 'a\\377b'"));
        QCOMPARE(seen.outcome->result["stdout"], Value("a\uFFFDb"));
        QCOMPARE(seen.out, QByteArray("a\377b"));
    }

    void runsInTheFolderAskedFor()
    {
        const QTemporaryDir folder;
        const auto &seen
            = m_sink.run(m_commands, command("pwd", Value::map({{"cwd", folder.path()}})));
        QCOMPARE(seen.outcome->result["stdout"].toQStringOr({}), folder.path());
        const auto &absent
            = m_sink.run(m_commands, command("pwd", Value::map({{"cwd", "/no/such"}})));
        QCOMPARE(absent.outcome->status, ExecutionStatus::Failed);
        QVERIFY(absent.outcome->result["error"].toQStringOr({}).contains(u"/no/such"_s));
    }

    void runsScriptsWithTheirArguments()
    {
        const Value schema = Value::map({{"who", Value::map({{"type", "string"}, {"position", 0}})},
                                         {"loud", Value::map({{"type", "boolean"}})},
                                         {"note", Value::map({{"type", "string"}})}});
        const auto &seen = m_sink.run(
            m_scripts,
            script(Value::map({{"who", "Ann & Bob"}, {"loud", true}, {"note", "it's \"fine\""}}),
                   schema));
        QCOMPARE(seen.outcome->result["stdout"],
                 Value("arguments: 3\n[--loud]\n[--note=it's \"fine\"]\n[Ann & Bob]"));
    }

    void makesAScriptExecutable()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(u"actions"_s));
        QFile file(folder.filePath(u"actions/hello.sh"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho hello\n");
        file.close();
        Job job = script(Value::map());
        job.packPath = folder.path();
        job.entryPoint = u"hello.sh"_s;
        QCOMPARE(m_sink.run(m_scripts, job).outcome->result["stdout"], Value("hello"));
        QVERIFY(file.permissions().testFlag(QFile::ExeOwner));
    }

    void refusesAScriptOutsideOfItsPack()
    {
        Job job = script(Value::map());
        job.entryPoint = u"../../../../bin/sh"_s;
        const auto &seen = m_sink.run(m_scripts, job);
        QCOMPARE(seen.outcome->status, ExecutionStatus::Failed);
        QVERIFY(seen.outcome->result["error"].toQStringOr({}).contains(u"outside of its pack"_s));
    }

    void refusesAScriptThatIsNotNamed()
    {
        Job job = script(Value::map());
        job.entryPoint.clear();
        QCOMPARE(m_sink.run(m_scripts, job).outcome->result["error"],
                 Value("Missing entry_point action metadata attribute"));
    }

    void reportsAScriptThatIsNotThere()
    {
        Job job = script(Value::map());
        job.entryPoint = u"absent.sh"_s;
        const auto &seen = m_sink.run(m_scripts, job);
        QCOMPARE(seen.outcome->status, ExecutionStatus::Failed);
        QCOMPARE(seen.outcome->result["return_code"], Value(127));
    }

    void goesThroughSudoWithItsPassword()
    {
        const QTemporaryDir folder;
        RunnerSettings settings
            = settingsWithSudo(folder,
                               "read -r given; test \"$given\" = right || { "
                               "echo '[sudo] password for ann: ' >&2; "
                               "echo 'sudo: 3 incorrect password attempts' >&2; exit 1; }");
        LocalCommandRunner runner(m_reactor, m_launcher, settings);
        const auto &good
            = m_sink.run(runner,
                         command("echo $BASH_VERSION | cut -c1",
                                 Value::map({{"sudo", true}, {"sudo_password", "right"}})));
        QCOMPARE(good.outcome->status, ExecutionStatus::Succeeded);
        QVERIFY(good.outcome->result["stdout"].isInt());

        const auto &bad = m_sink.run(
            runner, command("true", Value::map({{"sudo", true}, {"sudo_password", "wrong"}})));
        QCOMPARE(bad.outcome->status, ExecutionStatus::Failed);
        QCOMPARE(bad.outcome->result["return_code"], Value(-1));
        QCOMPARE(
            bad.outcome->result["error"],
            Value("Invalid sudo password provided or sudo is not configured for this user (ann)"));
    }

    void endsElevatedCommandsThroughSudo()
    {
        const QTemporaryDir folder;
        RunnerSettings settings = settingsWithSudo(
            folder, "echo \"sudo $*\" >> " + folder.filePath(u"calls"_s).toUtf8());
        LocalCommandRunner runner(m_reactor, m_launcher, settings);
        const auto &seen = m_sink.run(
            runner, command("sleep 60", Value::map({{"sudo", true}, {"timeout", 0.3}})));
        QCOMPARE(seen.outcome->status, ExecutionStatus::Timeout);
        QTRY_VERIFY(contentOf(folder.filePath(u"calls"_s))
                        .contains("pkill -TERM -s " + QByteArray::number(seen.process)));
    }

    void startsTheNextFromWithinTheReport()
    {
        // A sink that starts a job for each that ends.
        struct Chain final : RunnerSink
        {
            Chain(Reactor &loop, Runner &next, std::function<Job()> make)
                : reactor(loop)
                , runner(next)
                , job(std::move(make))
            {
            }
            void started(const Id &, qint64, std::uint64_t) override {}
            void output(const Id &, const QString &, const QByteArray &) override {}
            void finished(const Id &, Outcome) override
            {
                if (++ended < 5)
                    runner.start(job(), *this);
                else
                    reactor.stop();
            }
            Reactor &reactor;
            Runner &runner;
            std::function<Job()> job;
            int ended = 0;
        } chain(m_reactor, m_commands, [this] { return command("true"); });
        m_commands.start(command("true"), chain);
        m_reactor.run();
        QCOMPARE(chain.ended, 5);
    }

private:
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // A stand-in that does `before` and then what it is asked, as the same user.
    static RunnerSettings settingsWithSudo(const QTemporaryDir &folder, const QByteArray &before)
    {
        QFile sudo(folder.filePath(u"sudo"_s));
        if (!sudo.open(QIODevice::WriteOnly))
            qFatal("no place for a stand-in");
        sudo.write("#!/bin/sh\n" + before
                   + "\nwhile test \"$1\" != --; do shift; done; shift; exec \"$@\"\n");
        sudo.close();
        sudo.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        RunnerSettings settings = plainSettings();
        settings.environment = {{u"PATH"_s, folder.path() + u":/usr/bin:/bin"_s}};
        return settings;
    }
};

QTEST_GUILESS_MAIN(ShellRunnerTest)
#include "tst_shell_runner.moc"
