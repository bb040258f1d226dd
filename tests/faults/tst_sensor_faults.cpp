#include "engine/sources/sensor_source.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <deque>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Kind = SensorState::Kind;

namespace {

const QString name = u"faulty.Sensor"_s;

// Around the lines of a sensor's run().
const char *const sensorFrame = R"(
import os, signal, sys, time
from st2reactor.sensor.base import Sensor

class TestSensor(Sensor):
    def setup(self):
        %1
    def run(self):
        %2
    def cleanup(self):
        print("cleaned up")
    def add_trigger(self, trigger):
        pass
    def update_trigger(self, trigger):
        pass
    def remove_trigger(self, trigger):
        pass
)";

// Stores what it is given, one at a time and no faster than told.
class SlowSink final : public EventSink
{
public:
    SlowSink(Reactor &reactor, std::chrono::microseconds pace)
        : m_reactor(reactor)
        , m_pace(pace)
    {
    }

    void put(Event event, std::function<void(Result<Id>)> stored) override
    {
        m_waiting.push_back({std::move(event), std::move(stored)});
        most = std::max(most, m_waiting.size());
        if (m_waiting.size() == 1)
            next();
    }

    QList<Value> payloads;
    std::size_t most = 0;

private:
    void next()
    {
        m_reactor.after(m_pace, [this] {
            auto [event, stored] = std::move(m_waiting.front());
            m_waiting.pop_front();
            payloads.append(event.payload);
            if (stored)
                stored(Id());
            if (!m_waiting.empty())
                next();
        });
    }

    Reactor &m_reactor;
    std::chrono::microseconds m_pace;
    std::deque<std::pair<Event, std::function<void(Result<Id>)>>> m_waiting;
};

// A real sensor process on a real reactor.
struct Bench
{
    explicit Bench(std::chrono::microseconds pace = 0us)
        : sink(reactor, pace)
        , engineSink(reactor, 0us)
        , source({clock, alarms, sink, engineSink, processes}, settings(), {})
    {
    }

    static SensorSettings settings()
    {
        SensorSettings settings;
        settings.pythonLibrary = QStringLiteral(SG_SOURCE_DIR "/resources/python");
        settings.stopGrace = 500ms;
        settings.startLimit = 20s;
        settings.firstPause = 10ms;
        settings.longestPause = 100ms;
        return settings;
    }

    void runPython(const char *setup, const char *run)
    {
        SensorSpec spec;
        spec.type.className = u"TestSensor"_s;
        spec.interpreter = u"python3"_s;
        const QString body = QString::fromUtf8(sensorFrame)
                                 .arg(QString::fromUtf8(setup),
                                      QString::fromUtf8(run).replace(u'\n', u"\n        "_s));
        start(std::move(spec), u"sensor.py"_s, body);
    }

    void runProgram(const char *script)
    {
        start({}, u"sensor"_s, u"#!/bin/sh\n"_s + QString::fromUtf8(script));
    }

    void start(SensorSpec spec, const QString &fileName, const QString &text)
    {
        QFile file(folder.filePath(fileName));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        spec.type.ref = Ref::fromText(name);
        spec.type.artifact = file.fileName();
        spec.environment = inheritedEnvironment();
        spec.workingDirectory = folder.path();
        source.set(std::move(spec));
    }

    // Serves until something holds; false if it never does.
    bool serveUntil(std::function<bool()> holds, std::chrono::seconds limit = 30s)
    {
        bool isReached = false;
        const Reactor::TimerId timer = reactor.after(limit, [&] { reactor.stop(); });
        check(holds, isReached);
        reactor.run();
        reactor.cancelTimer(timer);
        return isReached;
    }

    void check(const std::function<bool()> &holds, bool &isReached)
    {
        reactor.after(1ms, [this, &holds, &isReached] {
            isReached = holds();
            if (isReached)
                reactor.stop();
            else
                check(holds, isReached);
        });
    }

    SensorState state() const { return source.state(name).value(); }
    bool hasLogged(const QString &text) const
    {
        const auto lines = source.log(name, 0).value();
        return std::any_of(lines.begin(), lines.end(),
                           [&](const SensorLogLine &line) { return line.text.contains(text); });
    }

    void stop()
    {
        bool isStopped = false;
        source.stopAll([&] { isStopped = true; });
        QVERIFY(serveUntil([&] { return isStopped; }));
        QCOMPARE(launcher.running(), std::size_t(0));
    }

    QTemporaryDir folder;
    SystemClock clock;
    Reactor reactor;
    ReactorAlarms alarms{reactor};
    Launcher launcher{reactor};
    LaunchedSensors processes{launcher};
    SlowSink sink;
    SlowSink engineSink;
    SensorSource source;
};

} // namespace

class TestSensorFaults : public QObject
{
    Q_OBJECT

private slots:
    void losesNothingOfAFlood();
    void holdsAFloodOfAProgramThatKnowsNoMeasure();
    void bearsOneThatPrintsWithoutEnd();
    void startsOneThatDiesAgainAndAgain();
    void survivesAKill();
    void killsOneThatHangs();
    void seesThroughGarbage();
    void tellsWhatIsWrongWithAPack();
    void letsASensorCleanUp();
    void runsAPollingSensor();
};

void TestSensorFaults::losesNothingOfAFlood()
{
    Bench bench(100us);
    bench.runPython("pass",
                    "for n in range(3000):\n"
                    "    self.sensor_service.dispatch('faulty.t', {'n': n})\n"
                    "time.sleep(600)");
    QVERIFY(bench.serveUntil([&] { return bench.sink.payloads.size() == 3'000; }));
    for (qsizetype n = 0; n < bench.sink.payloads.size(); ++n)
        QCOMPARE(bench.sink.payloads[n], Value::map({{"n", std::int64_t(n)}}));
    QVERIFY2(bench.sink.most <= 256, "a sensor waits at its window");
    QCOMPARE(bench.state().kind, Kind::Running);
    bench.stop();
}

void TestSensorFaults::holdsAFloodOfAProgramThatKnowsNoMeasure()
{
    Bench bench(200us);
    bench.runProgram("yes '{\"type\": \"event\", \"trigger\": \"faulty.t\", \"payload\": {}}' >&3");
    QVERIFY(bench.serveUntil([&] { return bench.sink.payloads.size() > 5'000; }));
    // What was on its way when it was held: a burst of reading at most.
    QVERIFY2(bench.sink.most < 10'000, qPrintable(QString::number(bench.sink.most)));
    bench.stop();
}

void TestSensorFaults::bearsOneThatPrintsWithoutEnd()
{
    Bench bench;
    bench.runProgram("echo '{\"type\": \"ready\"}' >&3\n"
                     "cat /dev/urandom & yes & yes 2>&1 >/dev/null\n"
                     "wait");
    QVERIFY(bench.serveUntil([&] { return bench.hasLogged(u"came too fast to be kept"_s); }));
    QCOMPARE(bench.state().kind, Kind::Running);
    QVERIFY(bench.source.log(name, 0).value().size() <= LogTail::linesKept);
    bench.stop();
}

void TestSensorFaults::startsOneThatDiesAgainAndAgain()
{
    Bench bench;
    bench.runPython("pass",
                    "self.sensor_service.dispatch('faulty.t', {})\n"
                    "raise ValueError('out of luck')");
    QVERIFY(bench.serveUntil([&] { return bench.state().restarts >= 3; }));
    QVERIFY(bench.sink.payloads.size() >= 3);
    const SensorState::Death death = bench.state().deaths.front();
    QVERIFY2(death.reason.contains(u"ValueError: out of luck"_s), qPrintable(death.reason));
    QVERIFY(bench.hasLogged(u"Traceback"_s));
    bench.stop();
}

void TestSensorFaults::survivesAKill()
{
    Bench bench;
    bench.runPython("pass", "time.sleep(600)");
    QVERIFY(bench.serveUntil([&] { return bench.state().kind == Kind::Running; }));
    const qint64 first = bench.state().process;
    QVERIFY(bench.serveUntil([&] { return bench.state().memoryBytes > 0; }));
    kill(pid_t(first), SIGKILL);
    QVERIFY(bench.serveUntil(
        [&] { return bench.state().kind == Kind::Running && bench.state().process != first; }));
    QVERIFY(bench.state().deaths.front().reason.contains(u"signal 9"_s));
    bench.stop();
}

void TestSensorFaults::killsOneThatHangs()
{
    Bench bench;
    bench.runPython("pass",
                    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
                    "self.sensor_service.dispatch('faulty.t', {})\n"
                    "while True:\n"
                    "    time.sleep(600)");
    QVERIFY(bench.serveUntil([&] { return bench.sink.payloads.size() == 1; }));
    bench.stop();
}

void TestSensorFaults::seesThroughGarbage()
{
    Bench bench;
    bench.runPython(
        "print('{\"type\": \"event\"}')",
        "os.write(3, b'\\xff\\x00 garbage\\n{\\n[[[[\\n\\n')\n"
        "os.write(1, bytes(range(256)))\n"
        "self.sensor_service.dispatch('faulty.t', {'text': '\\udc80', 'bytes': b'\\xff'})\n"
        "time.sleep(600)");
    QVERIFY(bench.serveUntil([&] { return bench.sink.payloads.size() == 1; }));
    QCOMPARE(bench.state().garbageLines, 4);
    QCOMPARE(bench.state().kind, Kind::Running);
    bench.stop();
}

void TestSensorFaults::tellsWhatIsWrongWithAPack()
{
    Bench bench;
    bench.runPython("import no_such_module_anywhere", "pass");
    QVERIFY(bench.serveUntil([&] { return bench.state().restarts >= 1; }));
    QVERIFY2(bench.state().reason.contains(u"no_such_module_anywhere"_s),
             qPrintable(bench.state().reason));
    bench.stop();

    Bench other;
    SensorSpec spec;
    spec.type.className = u"Missing"_s;
    spec.interpreter = u"/no/such/python"_s;
    other.start(spec, u"sensor.py"_s, u"pass"_s);
    QCOMPARE(other.state().kind, Kind::Failed);
    QVERIFY2(other.state().reason.contains(u"/no/such/python"_s), qPrintable(other.state().reason));
}

void TestSensorFaults::letsASensorCleanUp()
{
    Bench bench;
    bench.runPython("pass", "time.sleep(600)");
    QVERIFY(bench.serveUntil([&] { return bench.state().kind == Kind::Running; }));
    QVERIFY(bench.source.stop(name));
    QVERIFY(bench.serveUntil([&] { return bench.state().kind == Kind::Stopped; }));
    QVERIFY(bench.hasLogged(u"cleaned up"_s));
    bench.stop();
}

void TestSensorFaults::runsAPollingSensor()
{
    Bench bench;
    SensorSpec spec;
    spec.type.className = u"Polling"_s;
    spec.type.pollInterval = 0.01;
    spec.type.triggerTypes = {u"faulty.t"_s};
    spec.interpreter = u"python3"_s;
    Trigger trigger;
    trigger.id = Id(std::array<std::uint8_t, 12>{7});
    trigger.ref = Ref::fromText(u"faulty.uuid"_s);
    trigger.type = Ref::fromText(u"faulty.t"_s);
    trigger.parameters = Value::map({{"what", "this"}});
    bench.start(spec, u"polling.py"_s, uR"(
from st2reactor.sensor.base import PollingSensor

class Polling(PollingSensor):
    def setup(self):
        self.triggers = {}
    def poll(self):
        for trigger in self.triggers.values():
            self.sensor_service.dispatch(trigger, {'what': trigger['parameters']['what']})
    def cleanup(self):
        pass
    def add_trigger(self, trigger):
        self.triggers[trigger['id']] = trigger
    def update_trigger(self, trigger):
        pass
    def remove_trigger(self, trigger):
        del self.triggers[trigger['id']]
)"_s);
    QVERIFY(bench.serveUntil([&] { return bench.state().kind == Kind::Running; }));
    QVERIFY(bench.sink.payloads.isEmpty());
    bench.source.setTrigger(trigger);
    QVERIFY(bench.serveUntil([&] { return bench.sink.payloads.size() >= 3; }));
    QCOMPARE(bench.sink.payloads.first(), trigger.parameters);
    bench.source.removeTrigger(trigger.id);
    bench.stop();
}

QTEST_APPLESS_MAIN(TestSensorFaults)
#include "tst_sensor_faults.moc"
