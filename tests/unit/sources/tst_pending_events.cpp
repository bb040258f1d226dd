#include "engine/sources/pending_events.h"
#include "tests/unit/sources/fake_alarms.h"
#include "tests/unit/sources/stub_event_sink.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Event eventAt(const char *cursor)
{
    Event event;
    event.cursor = QString::fromLatin1(cursor);
    return event;
}

} // namespace

class TestPendingEvents : public QObject
{
    Q_OBJECT

private slots:
    void keepsAnEventUntilItIsStored();
    void putsAgainWhatMetTrouble();
    void holdsNewEventsBackDuringTrouble();
    void doesNotSetAPositionBack();
    void reportsARefusalOnce();
    void tellsWhenThereIsRoom();
    void toleratesAnswersAfterItsEnd();
    void mayEndWithinAnAnswer();
};

void TestPendingEvents::keepsAnEventUntilItIsStored()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 10);
    int stored = 0;

    events.put(eventAt("1"), [&](const Result<Id> &result) { stored += result ? 1 : 100; });
    events.put(eventAt("2"), [&](const Result<Id> &result) { stored += result ? 1 : 100; });

    QCOMPARE(events.count(), std::size_t(2));
    sink.storeAll();
    QCOMPARE(events.count(), std::size_t(0));
    QCOMPARE(stored, 2);
    QCOMPARE(alarms.count(), std::size_t(0));
}

void TestPendingEvents::putsAgainWhatMetTrouble()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 10);
    events.put(eventAt("1"));

    sink.failAll(ErrorCode::Unavailable);
    QVERIFY(!events.trouble().isEmpty());
    alarms.advance(1s);
    QCOMPARE(sink.puts.size(), std::size_t(2));
    sink.failAll(ErrorCode::Unavailable);
    alarms.advance(1s);
    QCOMPARE(sink.puts.size(), std::size_t(2));
    alarms.advance(1s);
    QCOMPARE(sink.puts.size(), std::size_t(3));
    sink.storeAll();

    QCOMPARE(events.count(), std::size_t(0));
    QVERIFY(events.trouble().isEmpty());
}

void TestPendingEvents::holdsNewEventsBackDuringTrouble()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 10);
    events.put(eventAt("1"));
    sink.failAll(ErrorCode::Internal);

    events.put(eventAt("2"));
    QCOMPARE(sink.puts.size(), std::size_t(1));
    alarms.advance(1s);

    QCOMPARE(sink.puts.size(), std::size_t(3));
    QCOMPARE(sink.puts[1].event.cursor, u"1"_s);
    QCOMPARE(sink.puts[2].event.cursor, u"2"_s);
}

void TestPendingEvents::doesNotSetAPositionBack()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 10);
    events.put(eventAt("1"));
    events.put(eventAt("2"));

    sink.puts[0].stored(failure(ErrorCode::Unavailable, u"full"_s));
    sink.puts[1].stored(Id(std::array<std::uint8_t, 12>{1}));
    alarms.advance(1s);

    QCOMPARE(sink.puts.size(), std::size_t(3));
    QCOMPARE(sink.puts[2].event.cursor, u"2"_s);
}

void TestPendingEvents::reportsARefusalOnce()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 10);
    QStringList answers;
    events.put(eventAt("1"),
               [&](const Result<Id> &result) { answers.append(result.error().message); });

    sink.failAll(ErrorCode::NotFound);
    alarms.advance(120s);

    QCOMPARE(answers.size(), 1);
    QCOMPARE(sink.puts.size(), std::size_t(1));
    QCOMPARE(events.count(), std::size_t(0));
}

void TestPendingEvents::tellsWhenThereIsRoom()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    PendingEvents events(sink, alarms, 2);
    int calls = 0;
    events.whenRoom([&] { ++calls; });
    events.put(eventAt("1"));
    QVERIFY(!events.isFull());
    events.put(eventAt("2"));
    QVERIFY(events.isFull());

    sink.storeAll();

    QCOMPARE(calls, 1);
    QVERIFY(!events.isFull());
}

void TestPendingEvents::toleratesAnswersAfterItsEnd()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    {
        PendingEvents events(sink, alarms, 2);
        events.put(eventAt("1"), [](const Result<Id> &) { QFAIL("it is gone"); });
        events.put(eventAt("2"));
        sink.puts[1].stored(failure(ErrorCode::Unavailable, u"full"_s));
    }
    sink.puts[0].stored(Id());
    QCOMPARE(alarms.count(), std::size_t(0));
}

void TestPendingEvents::mayEndWithinAnAnswer()
{
    FakeClock clock;
    FakeAlarms alarms(clock);
    StubEventSink sink;
    auto events = std::make_unique<PendingEvents>(sink, alarms, 1);
    events->whenRoom([] {});
    events->put(eventAt("1"), [&](const Result<Id> &) { events.reset(); });
    sink.storeAll();
    QVERIFY(!events);
}

QTEST_APPLESS_MAIN(TestPendingEvents)
#include "tst_pending_events.moc"
