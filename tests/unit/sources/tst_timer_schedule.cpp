#include "engine/base/timestamp.h"
#include "engine/sources/timer_schedule.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(stormglass::Value)
Q_DECLARE_METATYPE(stormglass::TimerKind)

namespace {

Timestamp at(const QByteArray &text)
{
    return timestampFromIso(text.toStdString()).value();
}

QString shown(std::optional<Timestamp> time)
{
    return time ? QString::fromStdString(toIsoText(*time)) : u"never"_s;
}

TimerSchedule cron(const Value &parameters)
{
    TimeZones zones(std::make_shared<const TimeZone>(TimeZone::utc()));
    return TimerSchedule::make(TimerKind::Cron, parameters, zones, at("2024-01-01T00:00:00Z"))
        .value();
}

} // namespace

class TestTimerSchedule : public QObject
{
    Q_OBJECT

private slots:
    void firesWhenItShould_data();
    void firesWhenItShould();
    void refusesParameters_data();
    void refusesParameters();
    void findsTheLatestOfManyFirings();
    void endsAtTheEndOfTime();
    void knowsTheTypesOfTimers();
    void takesMissingDatePartsFromToday();
};

void TestTimerSchedule::firesWhenItShould_data()
{
    QTest::addColumn<TimerKind>("kind");
    QTest::addColumn<Value>("parameters");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QString>("firings");
    const auto cronRow = [](const char *title, const Value &parameters, const QByteArray &now,
                            const char *firings) {
        QTest::newRow(title) << TimerKind::Cron << parameters << now
                             << QString::fromLatin1(firings);
    };
    const QByteArray leapDay = "2024-02-27T10:07:30.5Z";
    cronRow("minute", Value::map({{"minute", 5}}), leapDay, "02-27 11:05:00, 02-27 12:05:00");
    cronRow("every second", Value::map(), leapDay, "02-27 10:07:31, 02-27 10:07:32");
    cronRow("day of month", Value::map({{"day", 1}}), leapDay, "03-01 00:00:00, 04-01 00:00:00");
    cronRow("weekday", Value::map({{"day_of_week", "mon-fri"}, {"hour", 9}}), leapDay,
            "02-28 09:00:00, 02-29 09:00:00");
    cronRow("last day", Value::map({{"day", "last"}}), leapDay, "02-29 00:00:00, 03-31 00:00:00");
    cronRow("second Friday", Value::map({{"day", "2nd fri"}}), leapDay,
            "03-08 00:00:00, 04-12 00:00:00");
    cronRow("week", Value::map({{"week", 10}}), leapDay, "03-04 00:00:00, 03-05 00:00:00");
    cronRow("no such day", Value::map({{"month", 2}, {"day", 30}}), leapDay, "never");
    cronRow("in a gap", Value::map({{"hour", 2}, {"minute", 30}, {"timezone", "America/New_York"}}),
            "2024-03-10T05:00:00Z", "03-10 07:30:00, 03-11 06:30:00");
    cronRow("in a fold",
            Value::map({{"hour", 1}, {"minute", 30}, {"timezone", "America/New_York"}}),
            "2024-11-03T04:00:00Z", "11-03 05:30:00, 11-03 06:30:00");
    QTest::newRow("interval") << TimerKind::Interval
                              << Value::map({{"unit", "hours"}, {"delta", 2}}) << leapDay
                              << u"02-27 12:07:30, 02-27 14:07:30"_s;
    QTest::newRow("no interval") << TimerKind::Interval
                                 << Value::map({{"unit", "weeks"}, {"delta", 0}}) << leapDay
                                 << u"02-27 10:07:31, 02-27 10:07:32"_s;
    QTest::newRow("interval across a gap")
        << TimerKind::Interval
        << Value::map({{"unit", "days"}, {"delta", 1}, {"timezone", "America/New_York"}})
        << QByteArray("2024-03-10T05:00:00Z") << u"03-11 04:00:00, 03-12 04:00:00"_s;
    QTest::newRow("date") << TimerKind::Date
                          << Value::map({{"date", "2024-03-01 5pm"}, {"timezone", "Asia/Kolkata"}})
                          << leapDay << u"03-01 11:30:00"_s;
    QTest::newRow("date with offset")
        << TimerKind::Date
        << Value::map({{"date", "2024-03-01T17:00:00-05:00"}, {"timezone", "Asia/Kolkata"}})
        << leapDay << u"03-01 22:00:00"_s;
    QTest::newRow("past date") << TimerKind::Date << Value::map({{"date", "2024-02-01"}}) << leapDay
                               << u"never"_s;
}

void TestTimerSchedule::firesWhenItShould()
{
    QFETCH(const TimerKind, kind);
    QFETCH(const Value, parameters);
    QFETCH(const QByteArray, now);
    QFETCH(const QString, firings);
    TimeZones zones(std::make_shared<const TimeZone>(TimeZone::utc()));
    const TimerSchedule schedule = TimerSchedule::make(kind, parameters, zones, at(now)).value();

    QStringList times;
    std::optional<Timestamp> time = schedule.first(at(now));
    for (; time && times.size() < 2; time = schedule.after(*time))
        times.append(shown(time).mid(5, 14).replace(u'T', u' '));
    QCOMPARE(times.isEmpty() ? u"never"_s : times.join(u", "), firings);
}

void TestTimerSchedule::refusesParameters_data()
{
    QTest::addColumn<TimerKind>("kind");
    QTest::addColumn<Value>("parameters");
    QTest::addColumn<QString>("kindOfError");
    QTest::addColumn<QString>("place");
    const auto row = [](const char *title, TimerKind kind, const Value &parameters,
                        const char *error, const char *place) {
        QTest::newRow(title) << kind << parameters << QString::fromLatin1(error)
                             << QString::fromLatin1(place);
    };
    row("no map", TimerKind::Cron, Value("minute"), "ValidationError", "");
    row("unknown name", TimerKind::Cron, Value::map({{"start_date", "x"}}), "ValidationError",
        "start_date");
    row("fraction", TimerKind::Cron, Value::map({{"minute", 1.5}}), "ValidationError", "minute");
    row("range", TimerKind::Cron, Value::map({{"hour", 24}}), "ValidationError", "hour");
    row("text out of range", TimerKind::Cron, Value::map({{"hour", "24"}}), "ValueError", "hour");
    row("upside down", TimerKind::Cron, Value::map({{"minute", "30-10"}}), "ValueError", "minute");
    row("step of none", TimerKind::Cron, Value::map({{"minute", "*/0"}}), "ValueError", "minute");
    row("step too long", TimerKind::Cron, Value::map({{"second", "30/40"}}), "ValueError",
        "second");
    row("number without end", TimerKind::Cron, Value::map({{"minute", std::string(9'000, '9')}}),
        "ValueError", "minute");
    row("text without end", TimerKind::Cron, Value::map({{"minute", std::string(90'000, '9')}}),
        "ValueError", "minute");
    row("full name", TimerKind::Cron, Value::map({{"day_of_week", "monday"}}), "ValueError",
        "day_of_week");
    row("sixth", TimerKind::Cron, Value::map({{"day", "6th mon"}}), "ValueError", "day");
    row("zone", TimerKind::Cron, Value::map({{"timezone", "Mars/Phobos"}}), "ZoneInfoNotFoundError",
        "timezone");
    row("zone of a number", TimerKind::Date, Value::map({{"date", "1pm"}, {"timezone", 5}}),
        "ValidationError", "timezone");
    row("no unit", TimerKind::Interval, Value::map({{"delta", 5}}), "ValidationError", "unit");
    row("unit", TimerKind::Interval, Value::map({{"unit", "years"}, {"delta", 5}}),
        "ValidationError", "unit");
    row("truth", TimerKind::Interval, Value::map({{"unit", "days"}, {"delta", true}}),
        "ValidationError", "delta");
    row("backwards", TimerKind::Interval, Value::map({{"unit", "days"}, {"delta", -1}}),
        "OverflowError", "delta");
    row("for ever", TimerKind::Interval, Value::map({{"unit", "weeks"}, {"delta", INT64_MAX}}),
        "OverflowError", "delta");
    row("no date", TimerKind::Date, Value::map(), "ValidationError", "date");
    row("bad date", TimerKind::Date, Value::map({{"date", "garbage"}}), "ParserError", "date");
}

void TestTimerSchedule::refusesParameters()
{
    QFETCH(const TimerKind, kind);
    QFETCH(const Value, parameters);
    QFETCH(const QString, kindOfError);
    QFETCH(const QString, place);
    TimeZones zones;
    const Result<TimerSchedule> schedule
        = TimerSchedule::make(kind, parameters, zones, at("2024-01-01T00:00:00Z"));
    QVERIFY(!schedule);
    QCOMPARE(schedule.error().code, ErrorCode::Invalid);
    QCOMPARE(schedule.error().kind, kindOfError);
    QCOMPARE(schedule.error().place, place);
}

void TestTimerSchedule::findsTheLatestOfManyFirings()
{
    const TimerSchedule schedule
        = cron(Value::map({{"hour", 3}, {"minute", "*"}, {"second", "*/7"}}));
    const Timestamp due = at("2020-01-01T03:00:00Z");
    QCOMPARE(shown(schedule.latest(due, at("2024-05-05T02:59:59Z"))),
             u"2024-05-04T03:59:56.000000Z"_s);
    QCOMPARE(shown(schedule.latest(due, due)), shown(due));
    QCOMPARE(shown(schedule.latest(due, at("2024-05-05T03:00:07.5Z"))),
             u"2024-05-05T03:00:07.000000Z"_s);
}

void TestTimerSchedule::endsAtTheEndOfTime()
{
    const TimerSchedule schedule = cron(Value::map({{"month", 2}, {"day", 30}}));
    QCOMPARE(shown(schedule.first(at("2024-01-01T00:00:00Z"))), u"never"_s);
}

void TestTimerSchedule::knowsTheTypesOfTimers()
{
    QCOMPARE(timerKindOf(Ref::fromText(u"core.st2.IntervalTimer"_s)), TimerKind::Interval);
    QVERIFY(!timerKindOf(Ref::fromText(u"core.st2.webhook"_s)));
    QVERIFY(!timerKindOf(Ref::fromText(u"mine.st2.CronTimer"_s)));
}

void TestTimerSchedule::takesMissingDatePartsFromToday()
{
    // Already tomorrow where the host stands.
    TimeZones zones(TimeZones().named(u"Asia/Tokyo"_s).value());
    const Timestamp now = at("2024-02-28T16:00:00Z");
    const TimerSchedule schedule
        = TimerSchedule::make(TimerKind::Date, Value::map({{"date", "5pm"}}), zones, now).value();
    QCOMPARE(shown(schedule.first(now)), u"2024-02-29T08:00:00.000000Z"_s);
}

QTEST_APPLESS_MAIN(TestTimerSchedule)
#include "tst_timer_schedule.moc"
