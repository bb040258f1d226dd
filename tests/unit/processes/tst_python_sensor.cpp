#include "engine/base/json.h"
#include "engine/processes/launcher.h"

#include <QElapsedTimer>
#include <QTest>

#include <csignal>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// The engine's side of resources/python/stormglass_sensor.py, as short as it can be.
class SensorBench
{
public:
    explicit SensorBench(const QString &file, const char *className, Value more = Value::map())
    {
        more.set("type", "start");
        more.set("pack", "probe");
        more.set("file",
                 QStringLiteral(SG_SOURCE_DIR "/tests/support/packs/probe/sensors/") + file);
        more.set("class", className);
        ProcessSpec spec;
        spec.program = u"/usr/bin/python3"_s;
        spec.arguments = pythonArguments(
            QStringLiteral(SG_SOURCE_DIR "/resources/python/stormglass_sensor.py"));
        spec.environment = {{u"PATH"_s, u"/usr/bin:/bin"_s}};
        spec.channel = true;
        spec.keepInputOpen = true;
        spec.input = QByteArray::fromStdString(writeJson(more)) + '\n';
        const auto started = launcher.start(
            std::move(spec),
            {[this](OutputStream stream, const QByteArray &data) { take(stream, data); },
             [this](ProcessExit end) {
                 exit = end;
                 reactor.stop();
             }});
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        handle = started->handle;
        process = started->process;
    }

    void take(OutputStream stream, const QByteArray &data)
    {
        if (stream != OutputStream::Channel) {
            printed += data;
        } else {
            m_unread += data;
            for (qsizetype end = m_unread.indexOf('\n'); end >= 0; end = m_unread.indexOf('\n')) {
                messages.push_back(
                    *readJson(std::string_view(m_unread.constData(), std::size_t(end))));
                m_unread.remove(0, end + 1);
            }
        }
        if (until && until())
            reactor.stop();
    }
    // False if it ended, or ten seconds passed, before that.
    bool runUntil(std::function<bool()> reached)
    {
        if (reached())
            return true;
        until = reached;
        const Reactor::TimerId limit = reactor.after(10s, [this] { reactor.stop(); });
        if (!exit)
            reactor.run();
        reactor.cancelTimer(limit);
        until = {};
        return reached();
    }
    bool runToTheEnd()
    {
        return runUntil([this] { return exit.has_value(); });
    }
    void say(const Value &message)
    {
        QVERIFY(launcher.write(handle, QByteArray::fromStdString(writeJson(message)) + '\n'));
    }
    void acknowledge(int number) { say(Value::map({{"type", "ack"}, {"number", number}})); }
    std::vector<Value> events() const
    {
        std::vector<Value> found;
        std::copy_if(messages.begin(), messages.end(), std::back_inserter(found),
                     [](const Value &message) { return message["type"] == Value("event"); });
        return found;
    }

    Reactor reactor;
    Launcher launcher{reactor};
    ProcessHandle handle = 0;
    qint64 process = 0;
    QByteArray printed;
    std::vector<Value> messages;
    std::optional<ProcessExit> exit;
    std::function<bool()> until;

private:
    QByteArray m_unread;
};

namespace {

Value trigger(const char *ref, int count)
{
    return Value::map(
        {{"ref", ref}, {"type", ref}, {"parameters", Value::map({{"count", count}})}});
}

Value change(const char *type, const Value &of)
{
    return Value::map({{"type", type}, {"trigger", of}});
}

} // namespace

class PythonSensorTest : public QObject
{
    Q_OBJECT

private:
    const Value m_config = Value::map({{"room", "attic"}});

private slots:
    void raisesEventsForItsTriggers()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor",
                          Value::map({{"config", m_config},
                                      {"triggers", Value::list({trigger("probe.event", 2)})}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 2; }));
        QCOMPARE(bench.messages[0], Value::map({{"type", "ready"}, {"pings", true}}));
        QCOMPARE(bench.events()[1],
                 Value::map({{"type", "event"},
                             {"number", 2},
                             {"trigger", "probe.event"},
                             {"payload", Value::map({{"number", 1}, {"room", "attic"}})},
                             {"trace_context", Value::map({{"trace_tag", "probe-1"}})}}));
        bench.say(change("add_trigger", trigger("probe.other", 1)));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 3; }));
        QCOMPARE(bench.events()[2]["trigger"], Value("probe.other"));
        bench.say(change("remove_trigger", trigger("probe.other", 1)));
        QVERIFY(bench.runUntil([&] { return bench.printed.contains("removed probe.other"); }));
    }

    void answersWhenAskedForASignOfLife()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor", Value::map({{"config", m_config}}));
        QVERIFY(bench.runUntil([&] { return !bench.messages.empty(); }));
        bench.say(Value::map({{"type", "ping"}}));
        QVERIFY(bench.runUntil([&] {
            return bench.messages.back() == Value::map({{"type", "pong"}, {"busy", 0}});
        }));
    }

    void looksOnceWhereItIsTried()
    {
        SensorBench bench(u"polling_sensor.py"_s, "CountingSensor", Value::map({{"once", true}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 1; }));
        bench.acknowledge(1);
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, 0);
        QCOMPARE(bench.events().size(), std::size_t(1));
        QVERIFY(bench.printed.contains("cleaned up"));
    }

    void waitsWhileItIsPaused()
    {
        SensorBench bench(u"polling_sensor.py"_s, "CountingSensor",
                          Value::map({{"paused", true}, {"poll_interval", 0.01}}));
        QVERIFY(bench.runUntil([&] { return !bench.messages.empty(); }));
        bench.say(Value::map({{"type", "ping"}}));
        QVERIFY(bench.runUntil([&] { return bench.messages.back()["type"] == Value("pong"); }));
        QVERIFY(bench.events().empty());
        bench.say(Value::map({{"type", "resume"}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 1; }));
    }

    void findsWhatStackStormAlwaysHad()
    {
        SensorBench bench(u"green_sensor.py"_s, "GreenSensor", Value::map({{"once", true}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 1; }));
        QCOMPARE(bench.events()[0]["payload"],
                 Value::map({{"spawned", 3},
                             {"pool", Value::list({1, 4, 9})},
                             {"failed", "no"},
                             {"joined", "http://a/c"},
                             {"running", 0},
                             {"said", "hello\n"}}));
    }

    void keepsWhatItPrintsApartFromEvents()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor", Value::map({{"config", m_config}}));
        QVERIFY(bench.runUntil([&] { return bench.messages.size() == 1; }));
        QVERIFY(bench.runUntil(
            [&] { return bench.printed.contains("garbage") && bench.printed.contains("forged"); }));
        QVERIFY(bench.events().empty());
    }

    void cleansUpWhenAskedToEnd()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor", Value::map({{"config", m_config}}));
        QVERIFY(bench.runUntil([&] { return !bench.messages.empty(); }));
        bench.launcher.stop(bench.handle, 10s);
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, 0);
        QVERIFY(!bench.exit->bySignal);
        QVERIFY2(bench.printed.contains(
                     "SensorWrapper.probe.ProbeSensor.ProbeSensor: INFO     cleaned up"),
                 bench.printed.constData());
    }

    void endsWhenTheEngineIsGone()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor", Value::map({{"config", m_config}}));
        QVERIFY(bench.runUntil([&] { return !bench.messages.empty(); }));
        bench.launcher.closeInput(bench.handle);
        QVERIFY(bench.runToTheEnd());
        QVERIFY(bench.printed.contains("cleaned up"));
    }

    void letsNoMoreEventsOutThanTheWindowHolds()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor",
                          Value::map({{"config", m_config},
                                      {"window", 3},
                                      {"triggers", Value::list({trigger("probe.event", 10)})}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 3; }));
        bench.reactor.after(100ms, [&] { bench.reactor.stop(); });
        bench.reactor.run();
        QCOMPARE(bench.events().size(), std::size_t(3));
        bench.acknowledge(2);
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 5; }));
        bench.acknowledge(999);
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 8; }));
        bench.acknowledge(8);
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 10; }));
        // It waits for the last ones as it ends.
        bench.launcher.stop(bench.handle, 10s);
        QVERIFY(bench.runUntil([&] { return bench.printed.contains("cleaned up"); }));
        QVERIFY(!bench.exit);
        bench.acknowledge(10);
        QVERIFY(bench.runToTheEnd());
    }

    void waitsForEachEventWithoutAWindow()
    {
        SensorBench bench(u"probe_sensor.py"_s, "ProbeSensor",
                          Value::map({{"config", m_config},
                                      {"window", 0},
                                      {"triggers", Value::list({trigger("probe.event", 2)})}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 1; }));
        bench.reactor.after(100ms, [&] { bench.reactor.stop(); });
        bench.reactor.run();
        QCOMPARE(bench.events().size(), std::size_t(1));
        bench.acknowledge(1);
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 2; }));
    }

    void storesNoPositionAheadOfItsEvents()
    {
        SensorBench bench(u"probe_sensor.py"_s, "StoringSensor");
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 3; }));
        bench.acknowledge(2);
        bench.reactor.after(100ms, [&] { bench.reactor.stop(); });
        bench.reactor.run();
        QVERIFY(!bench.exit);
        bench.acknowledge(3);
        // There is no API here, so storing fails, but only now.
        QVERIFY(bench.runToTheEnd());
        QVERIFY(bench.messages.back()["message"].toQStringOr({}).contains(u"API is not served"_s));
    }

    void pollsAtItsInterval()
    {
        SensorBench bench(u"polling_sensor.py"_s, "CountingSensor",
                          Value::map({{"poll_interval", 0.05},
                                      {"triggers", Value::list({trigger("probe.one", 0)})}}));
        for (int poll = 1; poll <= 3; ++poll) {
            QVERIFY(bench.runUntil([&] { return int(bench.events().size()) == poll; }));
            bench.acknowledge(poll);
        }
        const Value event = bench.events()[2];
        QCOMPARE(event["payload"],
                 Value::map(
                     {{"count", 3}, {"triggers", Value::list({"probe.one"})}, {"interval", 0.05}}));
        QCOMPARE(event["trace_context"], Value::map({{"id_", nullptr}, {"trace_tag", "poll"}}));
    }

    void takesChangesOfTriggersBetweenPollsAndSurvivesBadOnes()
    {
        SensorBench bench(u"polling_sensor.py"_s, "CountingSensor",
                          Value::map({{"poll_interval", 60},
                                      {"triggers", Value::list({trigger("probe.one", 0)})}}));
        QVERIFY(bench.runUntil([&] { return bench.events().size() == 1; }));
        bench.acknowledge(1);
        bench.say(change("update_trigger", trigger("probe.one", 0)));
        QVERIFY(bench.runUntil([&] { return bench.printed.contains("ValueError: as asked"); }));
        bench.launcher.stop(bench.handle, 10s);
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, 0);
        QVERIFY(bench.printed.contains("cleaned up"));
    }

    void sendsWhatItCanOfAnOddPayload()
    {
        SensorBench bench(u"probe_sensor.py"_s, "OddSensor");
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.events().size(), std::size_t(2));
        QCOMPARE(bench.events()[0]["payload"],
                 Value::map({{"bytes", "x"},
                             {"set", Value::list({1})},
                             {"object", "<class 'object'>"},
                             {"5", nullptr}}));
        QVERIFY(bench.printed.contains("too large"));
        QVERIFY(bench.events()[1]["payload"].isNull());
    }

    void losesNothingWhenItDies()
    {
        SensorBench bench(u"probe_sensor.py"_s, "DyingSensor");
        QVERIFY(bench.runToTheEnd());
        QVERIFY(bench.exit->bySignal);
        QCOMPARE(bench.events().size(), std::size_t(1));
    }

    void isAskedAgainWhenItDidNotNotice()
    {
        SensorBench bench(u"probe_sensor.py"_s, "SwallowingSensor");
        QVERIFY(bench.runUntil([&] { return bench.printed.contains("up"); }));
        bench.launcher.stop(bench.handle, 10s);
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, 0);
        QVERIFY(!bench.exit->bySignal);
        QVERIFY(bench.printed.contains("swallowed"));
        QVERIFY(bench.printed.contains("cleaned up"));
    }

    void isKilledWhenItDoesNotEnd()
    {
        SensorBench bench(u"probe_sensor.py"_s, "StubbornSensor");
        QVERIFY(bench.runUntil([&] { return bench.printed.contains("up"); }));
        bench.launcher.stop(bench.handle, 300ms);
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, SIGKILL);
        QVERIFY(bench.printed.contains("asked"));
    }

    void reportsWhyItCannotRun_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("className");
        QTest::addColumn<Value>("config");
        QTest::addColumn<QString>("words");
        QTest::newRow("raises") << u"probe_sensor.py"_s << QByteArray("ProbeSensor")
                                << Value::map({{"fail", true}}) << u"RuntimeError: as asked"_s;
        QTest::newRow("no class") << u"probe_sensor.py"_s << QByteArray("Absent") << Value::map()
                                  << u"has no class Absent"_s;
        QTest::newRow("incomplete")
            << u"probe_sensor.py"_s << QByteArray("Incomplete") << Value::map()
            << u"lacks cleanup, add_trigger, update_trigger, remove_trigger, run"_s;
        QTest::newRow("no file") << u"absent.py"_s << QByteArray("Sensor") << Value::map()
                                 << u"FileNotFoundError"_s;
        QTest::newRow("config") << u"probe_sensor.py"_s << QByteArray("ProbeSensor") << Value::map()
                                << QString();
    }

    void reportsWhyItCannotRun()
    {
        QFETCH(const QString, file);
        QFETCH(const QByteArray, className);
        QFETCH(const Value, config);
        QFETCH(const QString, words);
        SensorBench bench(file, className.constData(),
                          Value::map({{"config", config},
                                      {"triggers", Value::list({trigger("probe.event", 1)})}}));
        QVERIFY(bench.runToTheEnd());
        QCOMPARE(bench.exit->code, 1);
        QCOMPARE(bench.messages.back()["type"], Value("failed"));
        QVERIFY2(bench.messages.back()["message"].toQStringOr({}).contains(words),
                 qPrintable(bench.messages.back()["message"].toQStringOr({})));
        QVERIFY(bench.messages.back()["traceback"].toQStringOr({}).contains(u"Traceback"_s));
    }
};

QTEST_GUILESS_MAIN(PythonSensorTest)
#include "tst_python_sensor.moc"
