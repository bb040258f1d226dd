#include "engine/processes/python_host.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString actions = QStringLiteral(SG_SOURCE_DIR "/tests/support/packs/probe/actions");

PythonJob jobFor(const QString &file, const Value &parameters)
{
    PythonJob job;
    job.interpreter = u"/usr/bin/python3"_s;
    job.environment = {{u"PATH"_s, u"/usr/bin:/bin"_s}, {u"SG_ONE"_s, u"a b"_s}};
    job.request = Value::map({{"file", actions + u'/' + file},
                              {"pack", "probe"},
                              {"parameters", parameters},
                              {"config", Value::map({{"room", "attic"}})},
                              {"log_level", "INFO"},
                              {"paths", Value::list({actions + u"/lib"_s})}});
    return job;
}

PythonJob behave(const char *how, Value parameters = Value::map())
{
    parameters.set("how", how);
    return jobFor(u"behave.py"_s, parameters);
}

// Fields of /proc/<number>/stat from the third on: state, parent, …; none if there is no such
// process.
QByteArrayList statOf(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray stat = file.readAll();
    return stat.mid(stat.lastIndexOf(')') + 2).split(' ');
}

// A zombie is not.
bool isAlive(qint64 process)
{
    const QByteArrayList stat = statOf(process);
    return !stat.isEmpty() && stat[0] != "Z" && stat[0] != "X";
}

} // namespace

// A host on a reactor, and what its jobs reported.
class Bench
{
public:
    struct Seen
    {
        qint64 process = 0;
        QByteArray out;
        QByteArray err;
        std::optional<Result<Value>> answer;
        std::optional<ProcessExit> exit;
        std::optional<Error> error;

        Value result() const
        {
            return answer && *answer ? (**answer)["result"] : Value("no answer");
        }
        Value status() const
        {
            return answer && *answer ? (**answer)["status"] : Value("no answer");
        }
    };

    explicit Bench(std::chrono::milliseconds idleTime = 60s)
        : host(std::make_unique<PythonHost>(
            reactor, launcher,
            PythonSettings{QStringLiteral(SG_SOURCE_DIR "/resources/python"), idleTime}))
    {
    }

    Seen &start(PythonJob job)
    {
        seen.push_back(std::make_unique<Seen>());
        Seen &mine = *seen.back();
        ++left;
        const auto id
            = host->start(std::move(job),
                          {[&mine, this](qint64 process, std::uint64_t) {
                               mine.process = process;
                               if (onStarted)
                                   onStarted(mine);
                           },
                           [&mine, this](OutputStream stream, const QByteArray &data) {
                               (stream == OutputStream::Out ? mine.out : mine.err) += data;
                               if (onOutput)
                                   onOutput(mine);
                           },
                           [&mine](Result<Value> answer) { mine.answer = std::move(answer); },
                           [&mine, this](ProcessExit exit) {
                               mine.exit = exit;
                               ended();
                           },
                           [&mine, this](const Error &error) {
                               mine.error = error;
                               ended();
                           }});
        if (id) {
            last = *id;
        } else {
            mine.error = id.error();
            --left;
        }
        return mine;
    }
    void ended()
    {
        if (--left == 0)
            reactor.stop();
    }
    void run()
    {
        if (left > 0)
            reactor.run();
    }
    Seen &run(PythonJob job)
    {
        Seen &mine = start(std::move(job));
        run();
        return mine;
    }

    Reactor reactor;
    Launcher launcher{reactor};
    std::unique_ptr<PythonHost> host;
    PythonHost::JobId last = 0;
    int left = 0;
    std::vector<std::unique_ptr<Seen>> seen;
    std::function<void(Seen &)> onStarted;
    std::function<void(Seen &)> onOutput;
};

class PythonHostTest : public QObject
{
    Q_OBJECT

private:
    static void bothWays()
    {
        QTest::addColumn<bool>("fresh");
        QTest::newRow("forked") << false;
        QTest::newRow("fresh") << true;
    }
    static PythonJob way(PythonJob job)
    {
        QFETCH(const bool, fresh);
        job.fresh = fresh;
        return job;
    }

private slots:
    void returnsWhatTheActionReturns_data() { bothWays(); }
    void returnsWhatTheActionReturns()
    {
        Bench bench;
        const Value parameters
            = Value::map({{"a", 1}, {"b", 1.0}, {"ż", Value::list({nullptr, true, "x\ny"})}});
        const auto &seen = bench.run(way(jobFor(u"echo.py"_s, parameters)));
        QCOMPARE(seen.result(), parameters);
        QVERIFY(seen.status().isNull());
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Exited);
        QCOMPARE(seen.exit->code, 0);
        QVERIFY2(seen.err.isEmpty(), seen.err.constData());
        QVERIFY(seen.process > 0);
    }

    void tellsStatusFromResult_data() { bothWays(); }
    void tellsStatusFromResult()
    {
        Bench bench;
        const auto &good = bench.run(way(behave("succeed", Value::map({{"result", 5}}))));
        QCOMPARE(good.status(), Value(true));
        QCOMPARE(good.result(), Value(5));
        const auto &bad = bench.run(way(behave("fail", Value::map({{"result", "no"}}))));
        QCOMPARE(bad.status(), Value(false));
        QCOMPARE(bad.result(), Value("no"));
        QCOMPARE(bad.exit->code, 0);
        const auto &none = bench.run(way(behave("nothing")));
        QVERIFY(none.answer && none.result().isNull());
    }

    void keepsOutputApartFromTheResult_data() { bothWays(); }
    void keepsOutputApartFromTheResult()
    {
        Bench bench;
        const auto &seen = bench.run(way(behave("prints")));
        QCOMPARE(seen.out, QByteArray("out\n"));
        QCOMPARE(seen.err, QByteArray("err\nactions.python.BehaveAction: INFO     logged\n"));
        QCOMPARE(seen.result(), Value("printed"));
    }

    void reportsHowAnActionEnded_data()
    {
        QTest::addColumn<QByteArray>("how");
        QTest::addColumn<int>("argument");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("exception")
            << QByteArray("raises") << -1 << 1 << QByteArray("RuntimeError: as asked");
        QTest::newRow("exit 3") << QByteArray("leaves") << 3 << 3 << QByteArray();
        QTest::newRow("exit 0") << QByteArray("leaves") << 0 << 0 << QByteArray();
        QTest::newRow("status") << QByteArray("bad_status") << -1 << 220
                                << QByteArray("must be True or False, not: yes");
        QTest::newRow("module") << QByteArray("missing_module") << -1 << 1
                                << QByteArray("install what it needs");
        QTest::newRow("config")
            << QByteArray("missing_config") << -1 << 1
            << QByteArray("configuration of pack \"probe\" has no value for \"absent\"");
        QTest::newRow("parameter") << QByteArray("nothing") << 7 << 1 << QByteArray("TypeError");
    }

    void reportsHowAnActionEnded()
    {
        QFETCH(const QByteArray, how);
        QFETCH(const int, argument);
        QFETCH(const QByteArray, words);
        for (const bool fresh : {false, true}) {
            Bench bench;
            Value parameters = Value::map();
            if (argument >= 0)
                parameters.set("code", argument);
            PythonJob job = behave(how.constData(), parameters);
            job.request.set("hint", "install what it needs");
            job.fresh = fresh;
            const auto &seen = bench.run(std::move(job));
            QVERIFY(!seen.answer);
            QTEST(seen.exit->code, "code");
            QVERIFY2(seen.err.contains(words), seen.err.constData());
        }
    }

    void saysWhyAFileHasNoAction_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("syntax") << u"broken.py"_s << QByteArray("SyntaxError");
        QTest::newRow("no class") << u"no_class.py"_s
                                  << QByteArray("has no class with a run method");
        QTest::newRow("no file") << u"absent.py"_s << QByteArray("FileNotFoundError");
    }

    void saysWhyAFileHasNoAction()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, words);
        Bench bench;
        const auto &seen = bench.run(jobFor(file, Value::map()));
        QCOMPARE(seen.exit->code, 1);
        QVERIFY2(seen.err.contains(words), seen.err.constData());
    }

    void takesClassesOfOldPacks()
    {
        Bench bench;
        const Value expected = Value::list({Value::list({"room"}), true});
        QCOMPARE(bench.run(jobFor(u"old_style.py"_s, Value::map())).result(), expected);
    }

    void writesWhatJsonCanCarryAndTextForTheRest()
    {
        Bench bench;
        const Value odd = bench.run(behave("odd_result")).result();
        QCOMPARE(odd["when"], Value("2020-01-02T03:04:05"));
        QVERIFY(odd["nan"].isNull());
        QCOMPARE(odd["tuple"], Value::list({1, 2}));
        QCOMPARE(bench.run(behave("unserializable")).result(), Value("<class 'object'>"));
        QCOMPARE(bench.run(behave("numbered_keys")).result(), Value("{1: 2}"));
    }

    void findsThePacksModules()
    {
        Bench bench;
        const Value expected = Value::list({"from actions/lib", "from the action's folder"});
        QCOMPARE(bench.run(behave("imports")).result(), expected);
    }

    void givesExactlyTheSurroundingsAsked_data() { bothWays(); }
    void givesExactlyTheSurroundingsAsked()
    {
        Bench bench;
        const QTemporaryDir folder;
        PythonJob job = way(behave("surroundings"));
        job.workingDirectory = folder.path();
        const Value seen = bench.run(std::move(job)).result();
        QCOMPARE(seen["folder"].toQStringOr({}), folder.path());
        QCOMPARE(seen["group"], Value(true));
        QCOMPARE(seen["signal"], Value(true));
        QCOMPARE(seen["config"], Value::map({{"room", "attic"}}));
        QCOMPARE(seen["environment"]["SG_ONE"], Value("a b"));
        QVERIFY(seen["environment"].entries().size()
                <= 3); // and perhaps LC_CTYPE, which Python sets
        // 0, 1, 2, the channel, and the listing itself.
        QCOMPARE(seen["descriptors"], Value(5));
        QVERIFY(!seen["arguments"].toQStringOr({}).contains(u"surroundings"_s));
    }

    void forksFromOneInterpreterThatStaysWarm()
    {
        Bench bench;
        const Value first = bench.run(behave("process")).result();
        const Value second = bench.run(behave("process")).result();
        QCOMPARE(first["parent"], second["parent"]);
        QVERIFY(first["process"] != second["process"]);
        QCOMPARE(bench.launcher.running(), std::size_t(1));
        QVERIFY(isAlive(first["parent"].toIntOr(0)));
    }

    void letsAnInterpreterGoWhenItIsIdle()
    {
        Bench bench(20ms);
        const Value first = bench.run(behave("process")).result();
        bench.reactor.after(20ms, [&] { bench.reactor.stop(); });
        while (bench.launcher.running() > 0) {
            bench.reactor.after(10ms, [&] { bench.reactor.stop(); });
            bench.reactor.run();
        }
        const Value second = bench.run(behave("process")).result();
        QVERIFY(first["parent"] != second["parent"]);
    }

    void carriesLargeParametersAndResults_data() { bothWays(); }
    void carriesLargeParametersAndResults()
    {
        Bench bench;
        const Value parameters = Value::map({{"text", std::string(3'000'000, 'x')}});
        QCOMPARE(bench.run(way(jobFor(u"echo.py"_s, parameters))).result(), parameters);
    }

    void refusesAResultThatIsTooLarge()
    {
        Bench bench;
        const auto &seen = bench.run(behave("big", Value::map({{"size", 17 * 1024 * 1024}})));
        QVERIFY(seen.answer && !*seen.answer);
        QCOMPARE(seen.answer->error().code, ErrorCode::Invalid);
        QVERIFY(seen.answer->error().message.contains(u"16 MiB"_s));
    }

    void dropsOutputOverTheLimit_data() { bothWays(); }
    void dropsOutputOverTheLimit()
    {
        Bench bench;
        PythonJob job = way(behave("floods", Value::map({{"size", 5'000'000}})));
        job.outputLimit = 10'000;
        const auto &seen = bench.run(std::move(job));
        QCOMPARE(seen.out.size(), 10'000);
        QCOMPARE(seen.exit->droppedOutput, 4'990'000);
        QCOMPARE(seen.result(), Value("done"));
    }

    void waitsForThreadsAsTheInterpreterDoes_data() { bothWays(); }
    void waitsForThreadsAsTheInterpreterDoes()
    {
        Bench bench;
        QCOMPARE(bench.run(way(behave("thread"))).out, QByteArray("thread\n"));
    }

    void endsAJobThatRunsTooLong_data() { bothWays(); }
    void endsAJobThatRunsTooLong()
    {
        Bench bench;
        PythonJob job = way(behave("sleeps"));
        job.timeout = 400ms;
        const auto &seen = bench.run(std::move(job));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::TimedOut);
        QCOMPARE(seen.out, QByteArray("begun\n"));
        QVERIFY(!seen.answer);
    }

    void killsAStubbornJobAfterTheGrace_data() { bothWays(); }
    void killsAStubbornJobAfterTheGrace()
    {
        Bench bench;
        bench.onOutput = [&](Bench::Seen &) { bench.host->stop(bench.last, 100ms); };
        const auto &seen = bench.run(way(behave("stubborn")));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Killed);
        QCOMPARE(seen.exit->code, SIGKILL);
        QVERIFY(!isAlive(seen.process));
    }

    void killsTheWholeGroup_data() { bothWays(); }
    void killsTheWholeGroup()
    {
        Bench bench;
        bench.onOutput = [&](Bench::Seen &) { bench.host->stop(bench.last, 5s); };
        const auto &seen = bench.run(way(behave("has_children")));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Killed);
        const qint64 grandchild = seen.out.trimmed().toLongLong();
        QVERIFY(grandchild > 0);
        QTRY_VERIFY(!isAlive(grandchild));
    }

    void canBeStoppedBeforeItIsForked()
    {
        Bench bench;
        const auto &first = bench.start(behave("sleeps"));
        bench.host->stop(bench.last, 0ms);
        const auto &second = bench.start(behave("sleeps"));
        bench.host->stop(bench.last, 5s);
        QElapsedTimer clock;
        clock.start();
        bench.run();
        QCOMPARE(first.exit->cause, ProcessExit::Cause::Killed);
        QCOMPARE(second.exit->cause, ProcessExit::Cause::Killed);
        QVERIFY(clock.elapsed() < 4'000);
    }

    void reportsTheSignalThatEndedAJob_data() { bothWays(); }
    void reportsTheSignalThatEndedAJob()
    {
        Bench bench;
        const auto &seen = bench.run(way(behave("own_signal")));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Signaled);
        QCOMPARE(seen.exit->code, SIGKILL);
    }

    void goesOnWithoutAZygoteThatDies()
    {
        Bench bench;
        const qint64 zygote = bench.run(behave("process")).result()["parent"].toIntOr(0);
        // One that runs, and one that the zygote will not come to fork.
        bench.onOutput = [&](Bench::Seen &) {
            bench.onOutput = {};
            kill(pid_t(zygote), SIGSTOP);
            bench.start(jobFor(u"echo.py"_s, Value::map({{"late", true}})));
            kill(pid_t(zygote), SIGKILL);
        };
        const auto &running = bench.run(behave("sleeps", Value::map({{"seconds", 0.5}})));
        QCOMPARE(running.exit->code, 0);
        QVERIFY(running.answer);
        const auto &late = *bench.seen.back();
        QCOMPARE(late.exit->code, 0);
        QCOMPARE(late.result(), Value::map({{"late", true}}));
        // And there is a new one afterwards.
        QVERIFY(bench.run(behave("process")).result()["parent"] != Value(zygote));
    }

    void killsOrphansOfAZygoteToo()
    {
        Bench bench;
        bench.onOutput = [&](Bench::Seen &seen) {
            bench.onOutput = {};
            const qint64 zygote = statOf(seen.process).value(1).toLongLong();
            kill(pid_t(zygote), SIGKILL);
            bench.reactor.after(200ms, [&] { bench.host->stop(bench.last, 100ms); });
        };
        const auto &seen = bench.run(behave("stubborn"));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Killed);
        QTRY_VERIFY(!isAlive(seen.process));
    }

    void runsFreshWhereNoInterpreterCanBeKeptWarm()
    {
        const QTemporaryDir folder;
        const QString wrapper = folder.filePath(u"python"_s);
        QFile file(wrapper);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\ncase \"$*\" in *zygote*) echo broken >&2; exit 1;; esac\nexec "
                   "/usr/bin/python3 \"$@\"\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        Bench bench;
        for (int i = 0; i < 2; ++i) {
            PythonJob job = jobFor(u"echo.py"_s, Value::map({{"a", i}}));
            job.interpreter = wrapper;
            QCOMPARE(bench.run(std::move(job)).result(), Value::map({{"a", i}}));
        }
    }

    void saysThatThereIsNoSuchInterpreter()
    {
        Bench bench;
        PythonJob job = jobFor(u"echo.py"_s, Value::map());
        job.interpreter = u"/no/such/python"_s;
        const auto &seen = bench.run(std::move(job));
        QCOMPARE(seen.error->code, ErrorCode::NotFound);
        QVERIFY(!seen.exit);
    }

    void runsManyAtOnce()
    {
        Bench bench;
        for (int i = 0; i < 200; ++i)
            bench.start(jobFor(u"echo.py"_s, Value::map({{"number", i}})));
        bench.run();
        for (int i = 0; i < 200; ++i)
            QCOMPARE(bench.seen[std::size_t(i)]->result(), Value::map({{"number", i}}));
        QCOMPARE(bench.host->running(), std::size_t(0));
    }

    void killsWhatStillRunsWhenItIsDestroyed_data() { bothWays(); }
    void killsWhatStillRunsWhenItIsDestroyed()
    {
        Bench bench;
        bench.onOutput = [&](Bench::Seen &) {
            bench.reactor.post([&] {
                bench.host.reset();
                bench.reactor.stop();
            });
        };
        const auto &seen = bench.run(way(behave("stubborn")));
        QVERIFY(!seen.exit);
        QTRY_VERIFY(!isAlive(seen.process));
    }
};

QTEST_GUILESS_MAIN(PythonHostTest)
#include "tst_python_host.moc"
