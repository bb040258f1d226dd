#include "tests/unit/sources/sensor_bench.h"

using namespace stormglass;
using namespace stormglass::sensor_bench;

namespace {

// A sensor that promised signs of life.
void runAnswering(Bench &bench, SensorSpec spec)
{
    bench.source.set(std::move(spec));
    bench.processes.last().says(R"({"type": "ready", "pings": true})");
}

bool wasTold(const Bench &bench, const char *type)
{
    const QByteArrayList &told = bench.processes.processes.back()->told;
    return std::any_of(told.begin(), told.end(),
                       [&](const QByteArray &line) { return read(line)["type"] == Value(type); });
}

} // namespace

// Pausing, trying, and finding out that a sensor hangs or is silent.
class TestSensorCare : public QObject
{
    Q_OBJECT

private slots:
    void pausesAndResumes();
    void staysPausedWhenStartedAnew();
    void doesNotReadFromAPausedProgram();
    void refusesToPauseWhatDoesNotRun();
    void startsAnewWhatGivesNoSignOfLife();
    void takesAnEventForASignOfLife();
    void asksNoSignOfOneThatPromisedNone();
    void asksNoSignWhileItIsNotReadFrom();
    void startsAnewWhatNeverEndsItsPoll();
    void letsAPollGoOnAsLongAsItIsAllowed();
    void saysSilentAfterTheTimeThatWasSet();
    void triesASensorWithoutTheEngineHearingOfIt();
    void endsATrialAfterItsTime();
    void boundsWhatATrialKeeps();
    void tellsHowATrialFailed();
    void triesOneSensorOnceAtATime();
    void endsTrialsWhenTheEngineStops();
};

void TestSensorCare::pausesAndResumes()
{
    Bench bench;
    bench.run();
    QVERIFY(bench.source.pause(name));
    QCOMPARE(bench.state().kind, Kind::Paused);
    QVERIFY(wasTold(bench, "pause"));
    QVERIFY(bench.source.resume(name));
    QCOMPARE(bench.state().kind, Kind::Running);
    QVERIFY(wasTold(bench, "resume"));
    QVERIFY(bench.source.resume(name));
    QCOMPARE(bench.processes.count(), std::size_t(1));
}

void TestSensorCare::staysPausedWhenStartedAnew()
{
    Bench bench;
    bench.run();
    QVERIFY(bench.source.pause(name));
    bench.processes.exits(1);
    bench.alarms.advance(2s);
    QCOMPARE(bench.processes.count(), std::size_t(2));
    QCOMPARE(read(bench.processes.last().spec.input)["paused"], Value(true));
    bench.processes.last().says(R"({"type": "ready"})");
    QCOMPARE(bench.state().kind, Kind::Paused);

    // By hand it is stopped and started as if it were new.
    QVERIFY(bench.source.stop(name));
    bench.processes.exits(0);
    QVERIFY(bench.source.start(name));
    QVERIFY(read(bench.processes.last().spec.input)["paused"].isNull());
}

void TestSensorCare::doesNotReadFromAPausedProgram()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.type.artifact = u"/bin/true"_s;
    bench.source.set(spec);
    bench.processes.last().says(R"({"type": "ready"})");
    QVERIFY(bench.source.pause(name));
    QVERIFY(bench.processes.last().isHeld);
    QVERIFY(bench.source.resume(name));
    QVERIFY(!bench.processes.last().isHeld);
}

void TestSensorCare::refusesToPauseWhatDoesNotRun()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.type.enabled = false;
    bench.source.set(spec);
    QCOMPARE(bench.source.pause(name).error().code, ErrorCode::Conflict);
}

void TestSensorCare::startsAnewWhatGivesNoSignOfLife()
{
    Bench bench;
    runAnswering(bench, bench.spec());
    bench.alarms.advance(20s);
    QVERIFY(wasTold(bench, "ping"));
    bench.processes.last().says(R"({"type": "pong", "busy": 0})");
    bench.alarms.advance(60s);
    QCOMPARE(bench.processes.last().stops, 0);
    bench.alarms.advance(120s);
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(9, ProcessExit::Cause::Killed);
    QVERIFY(bench.state().reason.contains(u"no sign of life"_s));
    bench.alarms.advance(2s);
    QCOMPARE(bench.processes.count(), std::size_t(2));
}

void TestSensorCare::takesAnEventForASignOfLife()
{
    Bench bench;
    runAnswering(bench, bench.spec());
    for (int number = 1; number <= 20; ++number) {
        bench.alarms.advance(60s);
        bench.raise(number);
    }
    QCOMPARE(bench.processes.last().stops, 0);
    const QByteArrayList &told = bench.processes.last().told;
    const auto pings = std::count_if(told.begin(), told.end(), [](const QByteArray &line) {
        return read(line)["type"] == Value("ping");
    });
    QVERIFY2(pings > 20, "one that did not answer is asked again");
}

void TestSensorCare::asksNoSignOfOneThatPromisedNone()
{
    Bench bench;
    bench.run();
    bench.alarms.advance(1h);
    QVERIFY(!wasTold(bench, "ping"));
    QCOMPARE(bench.processes.last().stops, 0);
}

void TestSensorCare::asksNoSignWhileItIsNotReadFrom()
{
    Bench bench;
    runAnswering(bench, bench.spec());
    for (int number = 1; number <= 1'100; ++number)
        bench.raise(number);
    QVERIFY(bench.processes.last().isHeld);
    bench.alarms.advance(10min);
    QCOMPARE(bench.processes.last().stops, 0);
}

void TestSensorCare::startsAnewWhatNeverEndsItsPoll()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.hangAfter = 60s;
    runAnswering(bench, spec);
    bench.processes.last().says(R"({"type": "pong", "busy": 59})");
    QCOMPARE(bench.processes.last().stops, 0);
    QCOMPARE(toJson(bench.state())["in_poll_for"], Value(59));
    bench.processes.last().says(R"({"type": "pong", "busy": 61})");
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(0);
    QVERIFY2(bench.state().reason.contains(u"hang_after"_s), qPrintable(bench.state().reason));
    QCOMPARE(bench.state().kind, Kind::BackingOff);
}

void TestSensorCare::letsAPollGoOnAsLongAsItIsAllowed()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.hangAfter = 0s;
    runAnswering(bench, spec);
    bench.processes.last().says(R"({"type": "pong", "busy": 1000000})");
    QCOMPARE(bench.processes.last().stops, 0);
}

void TestSensorCare::saysSilentAfterTheTimeThatWasSet()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.silentAfter = 30s;
    bench.source.set(spec);
    bench.processes.last().says(R"({"type": "ready"})");
    bench.alarms.advance(25s);
    QVERIFY(!bench.state().isSilent);
    bench.alarms.advance(10s);
    QVERIFY(bench.state().isSilent);
    bench.raise(1);
    bench.alarms.advance(5s);
    QVERIFY(!bench.state().isSilent);
    QVERIFY(bench.source.pause(name));
    bench.alarms.advance(1h);
    QVERIFY2(!bench.state().isSilent, "silence is what a pause is for");
}

void TestSensorCare::triesASensorWithoutTheEngineHearingOfIt()
{
    Bench bench;
    bench.run();
    std::optional<SensorTrial> trial;
    QVERIFY(bench.source.tryOnce(name, 30s, [&](const SensorTrial &tried) { trial = tried; }));
    QCOMPARE(bench.processes.count(), std::size_t(2));
    QCOMPARE(read(bench.processes.last().spec.input)["once"], Value(true));
    bench.processes.last().says(R"({"type": "ready"})");
    bench.raise(1);
    bench.processes.last().prints("looked\n");
    bench.alarms.advance(1s);
    QVERIFY2(wasTold(bench, "ack"), "its events count as stored");
    bench.processes.exits(0);

    QVERIFY(trial);
    QVERIFY(!trial->hasFailed);
    QCOMPARE(trial->events.size(), std::size_t(1));
    QCOMPARE(trial->events[0].event.payload, Value::map({{"n", 1}}));
    QCOMPARE(trial->log.back().text, u"looked"_s);
    QCOMPARE(trial->took, 1'000ms);
    QVERIFY(bench.sink.puts.empty());
    QCOMPARE(bench.state().kind, Kind::Running);
    QCOMPARE(bench.state().events, 0);
}

void TestSensorCare::endsATrialAfterItsTime()
{
    Bench bench;
    bench.run();
    std::optional<SensorTrial> trial;
    QVERIFY(bench.source.tryOnce(name, 30s, [&](const SensorTrial &tried) { trial = tried; }));
    bench.alarms.advance(31s);
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(0);
    QVERIFY(trial->end.contains(u"after 30 s"_s));
    QVERIFY(!trial->hasFailed);
}

void TestSensorCare::boundsWhatATrialKeeps()
{
    Bench bench;
    bench.run();
    std::optional<SensorTrial> trial;
    QVERIFY(bench.source.tryOnce(name, 30s, [&](const SensorTrial &tried) { trial = tried; }));
    for (int number = 1; number <= 600; ++number)
        bench.raise(number);
    bench.processes.last().says("garbage");
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(0);
    QCOMPARE(trial->events.size(), SensorTrialRun::eventsKept);
    QCOMPARE(trial->eventsDropped, 100);
    QCOMPARE(trial->garbageLines, 1);
}

void TestSensorCare::tellsHowATrialFailed()
{
    Bench bench;
    bench.run();
    std::optional<SensorTrial> trial;
    QVERIFY(bench.source.tryOnce(name, 30s, [&](const SensorTrial &tried) { trial = tried; }));
    bench.processes.last().says(R"({"type": "failed", "message": "KeyError: 'x'"})");
    bench.processes.exits(1);
    QVERIFY(trial->hasFailed);
    QCOMPARE(trial->end, u"exit code 1: KeyError: 'x'"_s);

    bench.alarms.advance(0s);
    bench.processes.refusal = u"no memory"_s;
    const Result<> begun = bench.source.tryOnce(name, 30s, [](const SensorTrial &) {});
    QCOMPARE(begun.error().message, u"no memory"_s);
    QCOMPARE(bench.source.tryOnce(u"no.such"_s, 30s, {}).error().code, ErrorCode::NotFound);
}

void TestSensorCare::triesOneSensorOnceAtATime()
{
    Bench bench;
    bench.run();
    int ended = 0;
    const auto count = [&](const SensorTrial &) { ++ended; };
    QVERIFY(bench.source.tryOnce(name, 30s, count));
    QCOMPARE(bench.source.tryOnce(name, 30s, count).error().code, ErrorCode::Conflict);
    bench.processes.exits(0);
    bench.alarms.advance(0s);
    QVERIFY(bench.source.tryOnce(name, 30s, count));
    QCOMPARE(ended, 1);
}

void TestSensorCare::endsTrialsWhenTheEngineStops()
{
    Bench bench;
    bench.run();
    int ended = 0;
    QVERIFY(bench.source.tryOnce(name, 30s, [&](const SensorTrial &) { ++ended; }));
    bool isStopped = false;
    bench.source.stopAll([&] { isStopped = true; });
    bench.processes.exits(0);
    bench.alarms.advance(0s);
    QCOMPARE(ended, 1);
    QVERIFY(!isStopped);
    bench.processes.processes.front()->events.exited({ProcessExit::Cause::Exited, 0, 0});
    bench.alarms.advance(0s);
    QVERIFY(isStopped);
}

QTEST_APPLESS_MAIN(TestSensorCare)
#include "tst_sensor_care.moc"
