#include "engine/base/timestamp.h"
#include "engine/sources/timer_parameters.h"
#include "engine/sources/timer_source.h"
#include "tests/unit/sources/fake_alarms.h"
#include "tests/unit/sources/stub_event_sink.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct StubPositions final : SourcePositions
{
    void keep(const QString &source, const QString &cursor) override { kept[source] = cursor; }
    void forget(const QString &source) override { kept.remove(source); }
    QHash<QString, QString> kept;
};

// An engine with timers, from midnight of 2024-01-01 on.
struct Bench
{
    FakeClock clock;
    FakeAlarms alarms{clock};
    StubEventSink sink;
    StubPositions positions;
    std::unique_ptr<TimerSource> timers;

    Bench() { restart(); }

    void restart()
    {
        timers = std::make_unique<TimerSource>(
            TimerSource::Surroundings{clock, alarms, sink, positions},
            TimeZones(std::make_shared<const TimeZone>(TimeZone::utc())));
    }

    // Lets time pass, all events being stored at once.
    void pass(std::chrono::microseconds duration)
    {
        alarms.advance(duration);
        store();
        // Room was made, or more is due at once.
        while (alarms.advance(0s), sink.answered < sink.puts.size())
            store();
    }

    void store()
    {
        sink.storeAll();
        for (const auto &put : sink.puts)
            positions.kept[put.event.source] = put.event.cursor;
    }

    // The program is not there.
    void down(std::chrono::microseconds duration)
    {
        timers.reset();
        clock.advance(duration);
        restart();
    }

    QStringList executedAt() const
    {
        QStringList times;
        for (const auto &put : sink.puts)
            times.append(put.event.payload["executed_at"].toQString().mid(8, 11));
        return times;
    }
};

Id id(std::uint8_t number)
{
    return Id(std::array<std::uint8_t, 12>{number});
}

TimerSpec timer(const char *type, Value parameters, CatchUp catchUp = CatchUp::Skip)
{
    TimerSpec spec;
    spec.trigger.id = id(1);
    spec.trigger.ref = Ref::fromText(u"core.some-uuid"_s);
    spec.trigger.type = Ref::fromText(u"core.st2."_s + QString::fromLatin1(type));
    spec.trigger.parameters = std::move(parameters);
    spec.catchUp = catchUp;
    return spec;
}

TimerSpec everyMinutes(int minutes, CatchUp catchUp = CatchUp::Skip)
{
    return timer("IntervalTimer", Value::map({{"unit", "minutes"}, {"delta", minutes}}), catchUp);
}

TimerSpec kept(TimerSpec spec, const Bench &bench)
{
    spec.cursor = bench.positions.kept.value(timerSource(spec.trigger.id));
    return spec;
}

} // namespace

class TestTimerSource : public QObject
{
    Q_OBJECT

private slots:
    void firesWithThePayloadPacksExpect();
    void leavesAnUnchangedTimerAlone();
    void beginsAnewWithOtherParameters();
    void stopsWithItsTrigger();
    void showsWhyATimerCannotFire();
    void oneBadTimerLeavesOthersAlone();
    void skipsAFiringLateByMoreThanASecond();
    void firesTheLastOfSeveralThatAreDueAtOnce();
    void startsIntervalsAnewAfterARestart();
    void makesUpForTheLastFiringMissedWhileDown();
    void makesUpForEachFiringMissedWhileDown();
    void remembersATimerThatNeverFired();
    void firesADateOnce();
    void makesUpForADateMissedWhileDown();
    void boundsWhatIsMadeUpFor();
    void waitsForRoom();
    void movesIntervalsBackWithTheClock();
    void firesNoCronTimerTwiceForAClockSetBackALittle();
    void findsOutThatTheClockWentForward();
    void takesItsPolicyFromItsParameters();
    void firesLateWithinItsGrace();
    void refusesAPolicyThereIsNone();
};

void TestTimerSource::firesWithThePayloadPacksExpect()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));

    bench.pass(5min);

    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
    const Event &event = bench.sink.puts[0].event;
    QCOMPARE(event.triggerId, id(1));
    QCOMPARE(event.trigger.text(), u"core.some-uuid"_s);
    QCOMPARE(
        event.payload,
        Value::map({{"executed_at", "2024-01-01 00:05:00.000000+00:00"}, {"schedule", nullptr}}));
    QCOMPARE(event.traceTag, u"st2.IntervalTimer-some-uuid"_s);
    QCOMPARE(event.source, timerSource(id(1)));
    QCOMPARE(event.cursor, u"fired 2024-01-01T00:05:00.000000Z"_s);
    QVERIFY(bench.timers->state(id(1))->lastFired);
}

void TestTimerSource::leavesAnUnchangedTimerAlone()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.pass(3min);
    bench.timers->set(everyMinutes(5));
    bench.pass(2min);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:05:00"_s});
}

void TestTimerSource::beginsAnewWithOtherParameters()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.pass(3min);
    bench.timers->set(everyMinutes(4));
    bench.pass(5min);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:07:00"_s});
}

void TestTimerSource::stopsWithItsTrigger()
{
    Bench bench;
    bench.timers->set(everyMinutes(5, CatchUp::Once));
    QVERIFY(!bench.positions.kept.isEmpty());
    bench.timers->remove(id(1));
    bench.timers->remove(id(2));
    bench.pass(10min);
    QVERIFY(bench.sink.puts.empty());
    QVERIFY(bench.positions.kept.isEmpty());
    QVERIFY(bench.timers->states().empty());
    QCOMPARE(bench.alarms.count(), std::size_t(0));
}

void TestTimerSource::showsWhyATimerCannotFire()
{
    Bench bench;
    bench.timers->set(timer("CronTimer", Value::map({{"minute", "61"}})));
    const TimerState state = *bench.timers->state(id(1));
    QVERIFY(state.fault.contains(u"minute"_s));
    QVERIFY(!state.next);
    bench.timers->set(timer("CronTimer", Value::map({{"minute", "59"}})));
    QVERIFY(bench.timers->state(id(1))->fault.isEmpty());
    QVERIFY(bench.timers->state(id(1))->next);
}

void TestTimerSource::oneBadTimerLeavesOthersAlone()
{
    Bench bench;
    TimerSpec bad = timer("DateTimer", Value::map({{"date", "no date"}}));
    bad.trigger.id = id(2);
    bench.timers->set(bad);
    bench.timers->set(everyMinutes(5));
    bench.pass(5min);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
}

void TestTimerSource::skipsAFiringLateByMoreThanASecond()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.clock.advance(5min + 2s);
    bench.pass(0s);
    QVERIFY(bench.sink.puts.empty());
    QCOMPARE(bench.timers->state(id(1))->missed, 1);
    bench.pass(5min);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:10:00"_s});
}

void TestTimerSource::firesTheLastOfSeveralThatAreDueAtOnce()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.clock.advance(20min + 500ms);
    bench.pass(0s);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:20:00"_s});
    const TimerState state = *bench.timers->state(id(1));
    QCOMPARE(state.missed, 3);
    QCOMPARE(toIsoText(*state.lastMissed), std::string("2024-01-01T00:15:00.000000Z"));
}

void TestTimerSource::startsIntervalsAnewAfterARestart()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.pass(6min);
    bench.down(10min);
    bench.timers->set(kept(everyMinutes(5), bench));
    bench.pass(6min);
    QCOMPARE(bench.executedAt(), (QStringList{u"01 00:05:00"_s, u"01 00:21:00"_s}));
}

void TestTimerSource::makesUpForTheLastFiringMissedWhileDown()
{
    Bench bench;
    bench.timers->set(everyMinutes(5, CatchUp::Once));
    bench.pass(6min);
    bench.down(12min);
    bench.timers->set(kept(everyMinutes(5, CatchUp::Once), bench));
    bench.pass(2min);
    // Made up for, and then on in step with before.
    QCOMPARE(bench.executedAt(),
             (QStringList{u"01 00:05:00"_s, u"01 00:15:00"_s, u"01 00:20:00"_s}));
    QCOMPARE(bench.timers->state(id(1))->missed, 1);
}

void TestTimerSource::makesUpForEachFiringMissedWhileDown()
{
    Bench bench;
    const TimerSpec spec = timer("CronTimer", Value::map({{"minute", "*/5"}}), CatchUp::All);
    bench.timers->set(spec);
    bench.pass(6min);
    bench.down(12min);
    bench.timers->set(kept(spec, bench));
    bench.pass(2min);
    QCOMPARE(bench.executedAt(),
             (QStringList{u"01 00:00:00"_s, u"01 00:05:00"_s, u"01 00:10:00"_s, u"01 00:15:00"_s,
                          u"01 00:20:00"_s}));
    QCOMPARE(bench.timers->state(id(1))->missed, 0);
}

void TestTimerSource::remembersATimerThatNeverFired()
{
    Bench bench;
    const TimerSpec daily
        = timer("IntervalTimer", Value::map({{"unit", "days"}, {"delta", 1}}), CatchUp::Once);
    bench.timers->set(daily);
    for (int restart = 0; restart < 4; ++restart) {
        bench.pass(6h);
        bench.down(10min);
        bench.timers->set(kept(daily, bench));
    }
    bench.pass(1s);
    QCOMPARE(bench.executedAt(), QStringList{u"02 00:00:00"_s});
}

void TestTimerSource::firesADateOnce()
{
    Bench bench;
    const TimerSpec date
        = timer("DateTimer", Value::map({{"date", "2024-01-01 00:03"}}), CatchUp::Once);
    bench.timers->set(date);
    bench.pass(1h);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:03:00"_s});
    bench.down(1min);
    bench.timers->set(kept(date, bench));
    bench.pass(1h);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
}

void TestTimerSource::makesUpForADateMissedWhileDown()
{
    Bench bench;
    const TimerSpec date
        = timer("DateTimer", Value::map({{"date", "2024-01-01 00:03"}}), CatchUp::Once);
    bench.timers->set(date);
    bench.down(5min);
    bench.timers->set(kept(date, bench));
    bench.pass(1s);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:03:00"_s});
}

void TestTimerSource::boundsWhatIsMadeUpFor()
{
    Bench bench;
    const TimerSpec spec
        = timer("IntervalTimer", Value::map({{"unit", "seconds"}, {"delta", 1}}), CatchUp::All);
    bench.timers->set(spec);
    bench.pass(1s);
    bench.down(24h * 365);
    bench.timers->set(kept(spec, bench));
    bench.pass(0s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1 + 1'000 + 1));
    QVERIFY(bench.timers->state(id(1))->missed >= 10'000);
    bench.pass(2s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1 + 1'000 + 1 + 2));
}

void TestTimerSource::waitsForRoom()
{
    Bench bench;
    for (int number = 0; number < 120; ++number) {
        TimerSpec spec = timer("IntervalTimer", Value::map({{"unit", "seconds"}, {"delta", 1}}),
                               CatchUp::Once);
        spec.trigger.id = Id(std::array<std::uint8_t, 12>{0, std::uint8_t(number)});
        bench.timers->set(spec);
    }
    // Nothing is stored for a while.
    bench.alarms.advance(100s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(10'000));
    bench.pass(1s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(10'000 + 120));
}

void TestTimerSource::movesIntervalsBackWithTheClock()
{
    Bench bench;
    bench.timers->set(everyMinutes(5));
    bench.pass(4min);
    bench.clock.jumpTo(bench.clock.now() - 1h);
    bench.timers->clockChanged();
    bench.pass(1min);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
}

void TestTimerSource::firesNoCronTimerTwiceForAClockSetBackALittle()
{
    Bench bench;
    bench.timers->set(timer("CronTimer", Value::map({{"hour", "*"}, {"minute", 5}})));
    bench.pass(10min);
    bench.clock.jumpTo(bench.clock.now() - 10min);
    bench.pass(30min);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));

    bench.clock.jumpTo(bench.clock.now() - 24h);
    bench.pass(1h);
    QCOMPARE(bench.sink.puts.size(), std::size_t(2));
}

void TestTimerSource::findsOutThatTheClockWentForward()
{
    Bench bench;
    bench.timers->set(timer("CronTimer", Value::map({{"hour", 12}}), CatchUp::Once));
    bench.clock.jumpTo(bench.clock.now() + 13h);
    // Without notice it takes until the longest sleep is over.
    bench.pass(61s);
    QCOMPARE(bench.executedAt(), QStringList{u"01 12:00:00"_s});
}

void TestTimerSource::takesItsPolicyFromItsParameters()
{
    Bench bench;
    Trigger trigger;
    trigger.id = id(1);
    trigger.ref = Ref::fromText(u"core.some-uuid"_s);
    trigger.type = Ref::fromText(u"core.st2.IntervalTimer"_s);
    trigger.parameters = Value::map(
        {{"unit", "minutes"}, {"delta", 5}, {"catch_up", "all"}, {"misfire_grace_time", 90}});
    bench.timers->set(timerSpecOf(trigger, {}));
    bench.pass(6min);
    bench.down(10min);
    bench.timers->set(timerSpecOf(trigger, bench.positions.kept.value(timerSource(id(1)))));
    bench.pass(0s);
    // The last one is late by a minute alone: it is fired as if it were on time.
    QCOMPARE(bench.executedAt(),
             (QStringList{u"01 00:05:00"_s, u"01 00:10:00"_s, u"01 00:16:00"_s}));
    const Value state = toJson(*bench.timers->state(id(1)));
    QCOMPARE(state["catch_up"], Value("all"));
    QCOMPARE(state["misfire_grace_time"], Value(90));
}

void TestTimerSource::firesLateWithinItsGrace()
{
    Bench bench;
    TimerSpec spec = everyMinutes(5);
    spec.grace = 1min;
    bench.timers->set(spec);
    bench.clock.advance(5min + 59s);
    bench.pass(0s);
    QCOMPARE(bench.executedAt(), QStringList{u"01 00:05:59"_s});
    bench.clock.advance(5min + 30s);
    bench.pass(0s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
    QCOMPARE(bench.timers->state(id(1))->missed, 1);
}

void TestTimerSource::refusesAPolicyThereIsNone()
{
    const auto check = [](Value policy) {
        policy.set("unit", "minutes");
        policy.set("delta", 5);
        return checkTimerParameters(TimerKind::Interval, policy);
    };
    QVERIFY(check(Value::map({{"catch_up", "once"}, {"misfire_grace_time", 3600}})));
    QVERIFY(!check(Value::map({{"catch_up", "twice"}})));
    QVERIFY(!check(Value::map({{"catch_up", nullptr}})));
    QVERIFY(!check(Value::map({{"misfire_grace_time", 0}})));
    QVERIFY(!check(Value::map({{"misfire_grace_time", "1"}})));
    const auto endless = check(Value::map({{"misfire_grace_time", std::int64_t(1) << 62}}));
    QVERIFY(!endless);
    QVERIFY(endless.error().message.contains(u"misfire_grace_time"));
}

QTEST_APPLESS_MAIN(TestTimerSource)
#include "tst_timer_source.moc"
