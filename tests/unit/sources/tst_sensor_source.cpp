#include "tests/unit/sources/sensor_bench.h"

using namespace stormglass;
using namespace stormglass::sensor_bench;

class TestSensorSource : public QObject
{
    Q_OBJECT

private slots:
    void startsASensorAsItsHostExpects();
    void startsAProgramOfItsOwn();
    void leavesADisabledSensorAlone();
    void tellsOfTriggersAsTheyComeAndGo();
    void handsEventsOnAndAcknowledgesThemOnceStored();
    void takesATriggerMapping();
    void acknowledgesARefusedEventToo();
    void holdsASensorThatIsFasterThanTheEngine();
    void countsGarbageAndGoesOn();
    void boundsALineWithoutEnd();
    void startsADeadSensorAgainWithGrowingPauses();
    void beginsWithShortPausesOnceItWasWell();
    void keepsTheReasonsOfDeaths();
    void leavesASensorThatEndedOfItself();
    void showsWhyItCannotBeStarted();
    void triesAgainWhatCouldNotBeStarted();
    void killsASensorThatIsNotSetUpInTime();
    void killsASensorThatDoesNotListen();
    void stopsAndStartsByHand();
    void startsAnewWithANewConfiguration();
    void leavesAnUnchangedSensorRunning();
    void followsEnablingWhileItEnds();
    void runsSeveralOfOneType();
    void stopsAllInOrder();
    void noticesSilence();
    void showsWhatItUses();
    void keepsALogWithinBounds();
    void tellsTheEngineOfItsProcesses();
    void forgetsAnswersForAProcessThatIsGone();
};

void TestSensorSource::startsASensorAsItsHostExpects()
{
    Bench bench;
    bench.source.setTrigger(trigger(1));
    bench.source.setTrigger(trigger(2, "core.st2.webhook"));
    SensorSpec spec = bench.spec();
    spec.type.pollInterval = 5;
    spec.environment = {{u"ST2_API_URL"_s, u"http://127.0.0.1"_s}};
    bench.source.set(spec);

    const ProcessSpec &process = bench.processes.last().spec;
    QCOMPARE(process.program, u"/usr/bin/python3"_s);
    QCOMPARE(process.arguments.last(), u"/library/stormglass_sensor.py"_s);
    QCOMPARE(process.environment, spec.environment);
    QVERIFY(process.keepInputOpen && process.channel);
    const Value start = read(process.input);
    QCOMPARE(start["type"].text(), std::string_view("start"));
    QCOMPARE(start["pack"].text(), std::string_view("linux"));
    QCOMPARE(start["class"].text(), std::string_view("FileWatchSensor"));
    QCOMPARE(start["config"], Value::map({{"a", 1}}));
    QCOMPARE(start["poll_interval"], Value(5.0));
    QCOMPARE(start["triggers"].items().size(), std::size_t(1));
    QCOMPARE(start["triggers"].items()[0]["parameters"], Value::map({{"file_path", "/x"}}));
    QCOMPARE(bench.state().kind, Kind::Starting);

    bench.processes.last().says(R"({"type": "ready"})");
    QCOMPARE(bench.state().kind, Kind::Running);
    QCOMPARE(bench.state().process, 1'001);
    QCOMPARE(bench.changes.size(), std::size_t(2));
}

void TestSensorSource::startsAProgramOfItsOwn()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.type.artifact = u"/bin/true"_s;
    spec.interpreter.clear();
    bench.source.set(spec);
    QCOMPARE(bench.processes.last().spec.program, u"/bin/true"_s);
    QVERIFY(bench.processes.last().spec.arguments.isEmpty());
}

void TestSensorSource::leavesADisabledSensorAlone()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.type.enabled = false;
    bench.source.set(spec);
    QCOMPARE(bench.processes.count(), std::size_t(0));
    QCOMPARE(bench.state().kind, Kind::Disabled);
    QCOMPARE(bench.source.start(name).error().code, ErrorCode::Conflict);
    QCOMPARE(bench.source.restart(name).error().code, ErrorCode::Conflict);
    QCOMPARE(bench.source.start(u"no.such"_s).error().code, ErrorCode::NotFound);
}

void TestSensorSource::tellsOfTriggersAsTheyComeAndGo()
{
    Bench bench;
    bench.run();
    QByteArrayList &told = bench.processes.last().told;

    Trigger changing = trigger(1);
    bench.source.setTrigger(changing);
    // One more rule uses it: that is nothing to a sensor.
    changing.references = 7;
    bench.source.setTrigger(changing);
    changing.description = u"other"_s;
    bench.source.setTrigger(changing);
    bench.source.setTrigger(trigger(2, "core.st2.webhook"));
    bench.source.removeTrigger(changing.id);
    bench.source.removeTrigger(changing.id);

    QCOMPARE(told.size(), 3);
    QCOMPARE(read(told[0])["type"].text(), std::string_view("add_trigger"));
    QCOMPARE(read(told[0])["trigger"]["ref"].text(), std::string_view("linux.uuid-1"));
    QCOMPARE(read(told[1])["type"].text(), std::string_view("update_trigger"));
    QCOMPARE(read(told[2])["type"].text(), std::string_view("remove_trigger"));
}

void TestSensorSource::handsEventsOnAndAcknowledgesThemOnceStored()
{
    Bench bench;
    bench.run();
    bench.processes.last().says(
        QByteArray(R"({"type": "event", "number": 1, "trigger": "linux.t", "payload": {"n": 1.0},
        "trace_context": {"id_": null, "trace_tag": "tag"}})")
            .replace('\n', ' '));
    bench.raise(2);
    bench.raise(3);

    QCOMPARE(bench.sink.puts.size(), std::size_t(3));
    const Event &event = bench.sink.puts[0].event;
    QCOMPARE(event.trigger.text(), u"linux.t"_s);
    QCOMPARE(event.payload, Value::map({{"n", 1.0}}));
    QCOMPARE(event.traceTag, u"tag"_s);
    QCOMPARE(event.source, u"sensor:linux.FileWatchSensor"_s);
    QCOMPARE(bench.state().pendingEvents, 3);

    // The second is stored before the first: nothing may be said yet.
    bench.sink.puts[1].stored(Id());
    bench.alarms.ringDue();
    QVERIFY(bench.processes.last().told.isEmpty());
    bench.sink.puts[0].stored(Id());
    bench.alarms.ringDue();
    QCOMPARE(bench.processes.last().told, QByteArrayList{R"({"type":"ack","number":2})"});
    bench.sink.puts[2].stored(Id());
    bench.alarms.ringDue();
    QCOMPARE(bench.processes.last().told.last(), QByteArray(R"({"type":"ack","number":3})"));
    QCOMPARE(bench.state().events, 3);
    QCOMPARE(bench.state().pendingEvents, 0);
    QCOMPARE(bench.state().eventsPerMinute.back(), 3);
    QVERIFY(bench.state().lastEvent);
}

void TestSensorSource::takesATriggerMapping()
{
    Bench bench;
    bench.run();
    bench.processes.last().says(
        R"({"type": "event", "number": 1, "trigger": {"id": "010000000000000000000000", "ref": "a.b"}, "payload": null})");
    bench.processes.last().says(
        R"({"type": "event", "number": 2, "trigger": {"type": "a.t", "parameters": {"x": 1}}, "payload": {}})");
    QCOMPARE(bench.sink.puts[0].event.triggerId, trigger(1).id);
    QVERIFY(bench.sink.puts[0].event.payload.isNull());
    QCOMPARE(bench.sink.puts[1].event.trigger.text(), u"a.t"_s);
    QCOMPARE(bench.sink.puts[1].event.parameters, Value::map({{"x", 1}}));
}

void TestSensorSource::acknowledgesARefusedEventToo()
{
    Bench bench;
    bench.run();
    bench.raise(1);
    bench.sink.failAll(ErrorCode::Invalid);
    bench.alarms.ringDue();
    QCOMPARE(bench.processes.last().told.size(), 1);
    QCOMPARE(bench.state().refusedEvents, 1);
    QCOMPARE(bench.state().lastRefusal, u"as the test wants it"_s);
}

void TestSensorSource::holdsASensorThatIsFasterThanTheEngine()
{
    Bench bench;
    bench.run();
    for (int number = 1; number <= 1'024; ++number)
        bench.raise(number);
    QVERIFY(bench.processes.last().isHeld);
    QVERIFY(bench.state().isHeld);
    bench.sink.storeAll();
    QVERIFY(!bench.processes.last().isHeld);
    QVERIFY(!bench.state().isHeld);
}

void TestSensorSource::countsGarbageAndGoesOn()
{
    Bench bench;
    bench.run();
    const auto &process = bench.processes.last();
    process.says("Traceback (most recent call last):");
    process.says("\xff\xfe\x00");
    process.says("[]");
    process.says(R"({"type": "event", "number": 1})");
    process.says(R"({"type": "event", "number": -1, "trigger": "a.b"})");
    process.says(R"({"type": "something"})");
    bench.raise(5);
    bench.raise(5);
    QCOMPARE(bench.state().garbageLines, 7);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
    QCOMPARE(bench.state().kind, Kind::Running);
    QVERIFY(bench.log().filter(u"Traceback"_s).size() == 1);
}

void TestSensorSource::boundsALineWithoutEnd()
{
    Bench bench;
    bench.run();
    const QByteArray chunk(64 * 1024, 'x');
    for (int i = 0; i < 200; ++i)
        bench.processes.last().events.output(OutputStream::Channel, chunk);
    bench.processes.last().says("");
    bench.raise(1);
    QCOMPARE(bench.state().garbageLines, 1);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
}

void TestSensorSource::startsADeadSensorAgainWithGrowingPauses()
{
    Bench bench;
    bench.run();
    const std::vector<std::chrono::seconds> pauses{1s,  2s,   4s,   8s,   16s, 32s,
                                                   64s, 128s, 256s, 300s, 300s};
    std::size_t starts = 1;
    for (const std::chrono::seconds pause : pauses) {
        bench.processes.exits(1);
        QCOMPARE(bench.state().kind, Kind::BackingOff);
        QVERIFY(*bench.state().nextStart == bench.clock.now() + pause);
        bench.alarms.advance(pause - 1ms);
        QCOMPARE(bench.processes.count(), starts);
        bench.alarms.advance(1ms);
        QCOMPARE(bench.processes.count(), ++starts);
        QCOMPARE(bench.state().kind, Kind::Starting);
    }
    QCOMPARE(bench.state().restarts, 11);
}

void TestSensorSource::beginsWithShortPausesOnceItWasWell()
{
    Bench bench;
    bench.run();
    for (int death = 0; death < 5; ++death) {
        bench.processes.exits(1);
        bench.alarms.advance(300s);
    }
    bench.processes.last().says(R"({"type": "ready"})");
    bench.alarms.advance(60s);
    bench.processes.exits(1);
    QVERIFY(*bench.state().nextStart == bench.clock.now() + 1s);
}

void TestSensorSource::keepsTheReasonsOfDeaths()
{
    Bench bench;
    bench.run();
    bench.processes.last().says(
        R"({"type": "failed", "message": "ValueError: no", "traceback": "…"})");
    bench.alarms.advance(3s);
    bench.processes.exits(1);
    bench.alarms.advance(1s);
    bench.processes.exits(11, ProcessExit::Cause::Signaled);
    const SensorState state = bench.state();
    QCOMPARE(state.deaths.size(), std::size_t(2));
    QCOMPARE(state.deaths[0].reason, u"exit code 1: ValueError: no"_s);
    QCOMPARE(state.deaths[0].age, 3s);
    QVERIFY(state.deaths[1].reason.startsWith(u"ended by signal 11"_s));
    QCOMPARE(state.reason, state.deaths[1].reason);
}

void TestSensorSource::leavesASensorThatEndedOfItself()
{
    Bench bench;
    bench.run();
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::Stopped);
    QVERIFY(!bench.state().reason.isEmpty());
    bench.alarms.advance(1h);
    QCOMPARE(bench.processes.count(), std::size_t(1));
    QVERIFY(bench.source.start(name));
    QCOMPARE(bench.processes.count(), std::size_t(2));
}

void TestSensorSource::showsWhyItCannotBeStarted()
{
    Bench bench;
    SensorSpec spec = bench.spec();
    spec.fault = u"there is no virtual environment"_s;
    bench.source.set(spec);
    QCOMPARE(bench.state().kind, Kind::Failed);
    QCOMPARE(bench.state().reason, spec.fault);
    QVERIFY(!bench.state().nextStart);
    spec.fault.clear();
    bench.source.set(spec);
    QCOMPARE(bench.state().kind, Kind::Starting);
}

void TestSensorSource::triesAgainWhatCouldNotBeStarted()
{
    Bench bench;
    bench.processes.refusal = u"no such file"_s;
    bench.source.set(bench.spec());
    QCOMPARE(bench.state().kind, Kind::Failed);
    QCOMPARE(bench.state().reason, u"no such file"_s);
    QVERIFY(bench.state().nextStart);
    bench.alarms.advance(1s);
    QCOMPARE(bench.state().kind, Kind::Failed);
    bench.processes.refusal.clear();
    bench.alarms.advance(2s);
    QCOMPARE(bench.state().kind, Kind::Starting);

    SensorSpec gone = bench.spec();
    gone.type.artifact = u"/nowhere/s.py"_s;
    bench.source.set(gone);
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::Failed);
    QVERIFY(bench.state().reason.contains(u"/nowhere/s.py"_s));
}

void TestSensorSource::killsASensorThatIsNotSetUpInTime()
{
    Bench bench;
    bench.source.set(bench.spec());
    bench.alarms.advance(599s);
    QCOMPARE(bench.processes.last().stops, 0);
    bench.alarms.advance(1s);
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(9, ProcessExit::Cause::Killed);
    QCOMPARE(bench.state().kind, Kind::BackingOff);
    QCOMPARE(bench.state().reason, u"was not ready after 600 s"_s);
}

void TestSensorSource::killsASensorThatDoesNotListen()
{
    Bench bench;
    bench.run();
    bench.processes.isDeaf = true;
    bench.source.setTrigger(trigger(1));
    bench.source.setTrigger(trigger(2));
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::BackingOff);
    QCOMPARE(bench.state().reason, u"it does not read its input"_s);
}

void TestSensorSource::stopsAndStartsByHand()
{
    Bench bench;
    bench.run();
    QVERIFY(bench.source.stop(name));
    QCOMPARE(bench.processes.last().stops, 1);
    // Its last events are taken until it has ended.
    bench.raise(1);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::Stopped);
    QCOMPARE(bench.state().process, 0);
    QCOMPARE(bench.state().restarts, 0);

    QVERIFY(bench.source.start(name));
    QCOMPARE(bench.processes.count(), std::size_t(2));
    QVERIFY(bench.source.restart(name));
    bench.processes.exits(0);
    QCOMPARE(bench.processes.count(), std::size_t(3));

    bench.processes.exits(1);
    QVERIFY(bench.source.stop(name));
    bench.alarms.advance(1h);
    QCOMPARE(bench.processes.count(), std::size_t(3));
}

void TestSensorSource::startsAnewWithANewConfiguration()
{
    Bench bench;
    bench.run();
    SensorSpec spec = bench.spec();
    spec.config = Value::map({{"a", 2}});
    bench.source.set(spec);
    QCOMPARE(bench.processes.last().stops, 1);
    bench.processes.exits(0);
    QCOMPARE(bench.processes.count(), std::size_t(2));
    QCOMPARE(read(bench.processes.last().spec.input)["config"], spec.config);
}

void TestSensorSource::leavesAnUnchangedSensorRunning()
{
    Bench bench;
    bench.run();
    SensorSpec spec = bench.spec();
    spec.environment = {{u"ST2_AUTH_TOKEN"_s, u"another"_s}};
    spec.type.description = u"another"_s;
    bench.source.set(spec);
    QCOMPARE(bench.processes.last().stops, 0);
}

void TestSensorSource::followsEnablingWhileItEnds()
{
    Bench bench;
    bench.run();
    SensorSpec spec = bench.spec();
    spec.type.enabled = false;
    bench.source.set(spec);
    QCOMPARE(bench.processes.last().stops, 1);
    bench.source.set(bench.spec());
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::Starting);
    bench.source.set(spec);
    bench.processes.exits(0);
    QCOMPARE(bench.state().kind, Kind::Disabled);
}

void TestSensorSource::runsSeveralOfOneType()
{
    Bench bench;
    bench.run();
    SensorSpec other = bench.spec();
    other.instance = u"other"_s;
    bench.source.set(other);
    QCOMPARE(bench.processes.count(), std::size_t(2));
    bench.source.setTrigger(trigger(1));
    QCOMPARE(bench.processes.processes[0]->told.size(), 1);
    QCOMPARE(bench.processes.processes[1]->told.size(), 1);
    bench.source.remove(u"linux.FileWatchSensor#other"_s);
    QCOMPARE(bench.processes.last().stops, 1);
    QCOMPARE(bench.source.states().size(), std::size_t(1));
    bench.processes.exits(0);
    bench.alarms.ringDue();
}

void TestSensorSource::stopsAllInOrder()
{
    Bench bench;
    bench.run();
    SensorSpec disabled = bench.spec();
    disabled.instance = u"disabled"_s;
    disabled.type.enabled = false;
    bench.source.set(disabled);
    int stopped = 0;
    bench.source.stopAll([&] { ++stopped; });
    bench.alarms.ringDue();
    QCOMPARE(stopped, 0);
    bench.raise(1);
    bench.processes.exits(0);
    bench.alarms.ringDue();
    QCOMPARE(stopped, 1);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));

    Bench empty;
    empty.source.stopAll([&] { ++stopped; });
    empty.alarms.ringDue();
    QCOMPARE(stopped, 2);
}

void TestSensorSource::noticesSilence()
{
    Bench bench;
    bench.run();
    for (int number = 1; number <= 30; ++number) {
        bench.raise(number);
        bench.alarms.advance(30s);
    }
    QVERIFY(!bench.state().isSilent);
    bench.alarms.advance(65s);
    QVERIFY(bench.state().isSilent);
    QVERIFY(bench.changes.back().isSilent);
    bench.raise(31);
    bench.alarms.advance(5s);
    QVERIFY(!bench.state().isSilent);
}

void TestSensorSource::showsWhatItUses()
{
    Bench bench;
    bench.run();
    bench.processes.used = {0ms, 1'000'000};
    bench.alarms.advance(5s);
    bench.processes.used = {2'500ms, 2'000'000};
    bench.alarms.advance(5s);
    QCOMPARE(bench.state().cpuPercent, 50.0);
    QCOMPARE(bench.state().memoryBytes, 2'000'000);
    bench.processes.exits(1);
    QCOMPARE(bench.state().memoryBytes, 0);
}

void TestSensorSource::keepsALogWithinBounds()
{
    Bench bench;
    bench.run();
    bench.processes.last().prints("hel");
    bench.processes.last().prints("lo\r\nunfinished");
    QVERIFY(bench.log().contains(u"hello"_s));
    for (int second = 0; second < 10; ++second) {
        bench.processes.last().prints(QByteArray("x\n").repeated(20'000));
        bench.alarms.advance(1s);
    }
    bench.processes.last().prints(QByteArray(1'000'000, 'y') + '\n');
    const auto lines = bench.source.log(name, 0).value();
    QCOMPARE(lines.size(), LogTail::linesKept);
    QVERIFY(bench.log().filter(u"more lines came too fast"_s).size() >= 1);
    QVERIFY(lines.back().text.size() < 9'000);
    QCOMPARE(bench.source.log(name, lines.back().number - 1).value().size(), std::size_t(1));
    QCOMPARE(bench.source.log(u"no.such"_s, 0).error().code, ErrorCode::NotFound);
}

void TestSensorSource::tellsTheEngineOfItsProcesses()
{
    Bench bench;
    bench.run();
    bench.processes.exits(3);
    QCOMPARE(bench.engineSink.puts.size(), std::size_t(2));
    const Event &spawn = bench.engineSink.puts[0].event;
    QCOMPARE(spawn.trigger.text(), u"core.st2.sensor.process_spawn"_s);
    QCOMPARE(spawn.payload["id"], Value("FileWatchSensor"));
    QCOMPARE(spawn.payload["timestamp"], Value(1'704'067'200));
    QCOMPARE(spawn.payload["pid"], Value(1'001));
    const Event &exit = bench.engineSink.puts[1].event;
    QCOMPARE(exit.trigger.text(), u"core.st2.sensor.process_exit"_s);
    QCOMPARE(exit.payload["exit_code"], Value(3));
    // Not told of what the engine did itself.
    bench.alarms.advance(1s);
    QVERIFY(bench.source.stop(name));
    bench.processes.exits(0);
    QCOMPARE(bench.engineSink.puts.size(), std::size_t(3));
}

void TestSensorSource::forgetsAnswersForAProcessThatIsGone()
{
    Bench bench;
    bench.run();
    bench.raise(1);
    bench.processes.exits(1);
    bench.alarms.advance(1s);
    bench.raise(1);
    bench.sink.puts[0].stored(Id());
    bench.alarms.ringDue();
    QVERIFY(bench.processes.last().told.isEmpty());
    bench.sink.puts[1].stored(Id());
    bench.alarms.ringDue();
    QCOMPARE(bench.processes.last().told.size(), 1);
}

QTEST_APPLESS_MAIN(TestSensorSource)
#include "tst_sensor_source.moc"
