#include "engine/base/timestamp.h"
#include "engine/sources/schedule_preview.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

using Mark = ScheduleEntry::Mark;

namespace {

Timestamp at(const char *text)
{
    return timestampFromIso(text).value();
}

std::vector<ScheduleEntry> next(const Value &parameters, const char *now, std::size_t count)
{
    TimeZones zones;
    return previewTimer(TimerKind::Cron, parameters, zones, at(now), count).value();
}

TimerState timer(const char *type, Value parameters, const char *next)
{
    TimerState state;
    state.type = Ref::fromText(u"core.st2."_s + QString::fromLatin1(type));
    state.ref = Ref::fromText(u"core."_s + QString::fromLatin1(type));
    state.parameters = std::move(parameters);
    state.next = at(next);
    return state;
}

} // namespace

class TestSchedulePreview : public QObject
{
    Q_OBJECT

private slots:
    void marksATimeThatIsSkipped();
    void marksATimeThatComesTwice();
    void leavesATimeInTheHourAfterAGapPlain();
    void keepsTheStepOfAnInterval();
    void boundsTimersThatFireOften();
    void leavesOutWhatCannotFire();
    void listsClockChanges();
    void refusesATimerThatIsNone();
};

void TestSchedulePreview::marksATimeThatIsSkipped()
{
    const auto entries
        = next(Value::map({{"hour", 2}, {"minute", 30}, {"timezone", "Europe/Berlin"}}),
               "2024-03-30T00:00:00Z", 3);
    QCOMPARE(entries.size(), std::size_t(3));
    QCOMPARE(entries[0].mark, Mark::Plain);
    QCOMPARE(entries[0].local, u"2024-03-30T02:30:00+01:00"_s);
    QCOMPARE(entries[1].mark, Mark::Shifted);
    QCOMPARE(entries[1].meant, u"2024-03-31T02:30:00"_s);
    QCOMPARE(entries[1].local, u"2024-03-31T03:30:00+02:00"_s);
    QCOMPARE(entries[2].mark, Mark::Plain);
}

void TestSchedulePreview::marksATimeThatComesTwice()
{
    const auto entries = next(Value::map({{"minute", "*/30"}, {"timezone", "Europe/Berlin"}}),
                              "2024-10-26T23:45:00Z", 6);
    QList<Mark> marks;
    for (const ScheduleEntry &entry : entries)
        marks.append(entry.mark);
    QCOMPARE(marks,
             (QList<Mark>{Mark::First, Mark::First, Mark::Second, Mark::Second, Mark::Plain,
                          Mark::Plain}));
    QCOMPARE(entries[2].local, u"2024-10-27T02:00:00+01:00"_s);
}

void TestSchedulePreview::leavesATimeInTheHourAfterAGapPlain()
{
    const auto entries
        = next(Value::map({{"hour", 3}, {"minute", 30}, {"timezone", "Europe/Berlin"}}),
               "2024-03-31T00:00:00Z", 1);
    QCOMPARE(entries[0].mark, Mark::Plain);
    QCOMPARE(entries[0].local, u"2024-03-31T03:30:00+02:00"_s);
}

void TestSchedulePreview::keepsTheStepOfAnInterval()
{
    TimeZones zones;
    const auto entries
        = previewSchedule({timer("CronTimer", Value::map({{"minute", 20}}), "2024-01-01T00:20:00Z"),
                           timer("IntervalTimer", Value::map({{"unit", "minutes"}, {"delta", 7}}),
                                 "2024-01-01T00:03:00Z")},
                          zones, {at("2024-01-01T01:00:00Z"), at("2024-01-01T01:30:00Z")});
    QStringList times;
    for (const ScheduleEntry &entry : entries)
        times.append(QString::fromStdString(toIsoText(entry.time)).mid(11, 5));
    QCOMPARE(times, (QStringList{u"01:06"_s, u"01:13"_s, u"01:20"_s, u"01:20"_s, u"01:27"_s}));
}

void TestSchedulePreview::boundsTimersThatFireOften()
{
    TimeZones zones;
    const auto entries = previewSchedule(
        {timer("CronTimer", Value::map({{"second", "*"}}), "2024-01-01T00:00:00Z")}, zones,
        {at("2024-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z"), 50});
    QCOMPARE(entries.size(), std::size_t(50));
}

void TestSchedulePreview::leavesOutWhatCannotFire()
{
    TimeZones zones;
    TimerState never
        = timer("DateTimer", Value::map({{"date", "2024-01-01"}}), "2024-01-01T00:00:00Z");
    never.next.reset();
    const TimerState broken
        = timer("CronTimer", Value::map({{"minute", "x"}}), "2024-01-01T00:00:00Z");
    const TimerState none = timer("webhook", Value::map(), "2024-01-01T00:00:00Z");
    const ScheduleRange range{at("2023-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z")};
    QVERIFY(previewSchedule({never, broken, none}, zones, range).empty());
}

void TestSchedulePreview::listsClockChanges()
{
    const TimeZones::Zone berlin = TimeZones().named(u"Europe/Berlin"_s).value();
    const auto changes
        = clockChanges(*berlin, at("2024-01-01T00:00:00Z"), at("2025-01-01T00:00:00Z"));
    QCOMPARE(changes.size(), std::size_t(2));
    QVERIFY((changes[0] == ClockChange{at("2024-03-31T01:00:00Z"), 3'600, 7'200}));
    QVERIFY((changes[1] == ClockChange{at("2024-10-27T01:00:00Z"), 7'200, 3'600}));
}

void TestSchedulePreview::refusesATimerThatIsNone()
{
    TimeZones zones;
    const auto refused = previewTimer(TimerKind::Interval, Value::map({{"unit", "minutes"}}), zones,
                                      at("2024-01-01T00:00:00Z"), 5);
    QCOMPARE(refused.error().code, ErrorCode::Invalid);
    QCOMPARE(refused.error().place, u"delta"_s);
}

QTEST_APPLESS_MAIN(TestSchedulePreview)
#include "tst_schedule_preview.moc"
