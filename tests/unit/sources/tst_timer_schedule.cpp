#include "engine/base/date_text.h"
#include "engine/base/json.h"
#include "engine/base/timestamp.h"
#include "engine/sources/timer_schedule.h"

#include <QFile>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Timestamp at(const char *text)
{
    return timestampFromIso(text).value();
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
    void firesAtTheRecordedTimes_data();
    void firesAtTheRecordedTimes();
    void findsTheLatestOfManyFirings();
    void endsAtTheEndOfTime();
    void refusesWhatIsNoTimer();
    void takesMissingDatePartsFromToday();
};

void TestTimerSchedule::firesAtTheRecordedTimes_data()
{
    QTest::addColumn<QByteArray>("line");
    const QString folder = qEnvironmentVariable(
        "SG_CONFORMANCE", QStringLiteral(SG_SOURCE_DIR "/../shared/conformance"));
    QFile file(folder + u"/timers.jsonl"_s);
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("no recorded cases here");
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        const Value json = readJson({line.data(), static_cast<std::size_t>(line.size())}).value();
        const QString id = json["id"].toQString() + u' ' + json["what"].toQString();
        QTest::newRow(qPrintable(id)) << line;
    }
}

void TestTimerSchedule::firesAtTheRecordedTimes()
{
    QFETCH(const QByteArray, line);
    const Value json = readJson({line.data(), static_cast<std::size_t>(line.size())}).value();
    const std::string_view timer = json["timer"].text();
    const TimerKind kind = timer == "interval" ? TimerKind::Interval
        : timer == "date"                      ? TimerKind::Date
                                               : TimerKind::Cron;
    const DateTimeValue startDate = readDateText(json["start"].text(), {}).value();
    const Timestamp start = fromMicroseconds(startDate.wallMicroseconds)
        - std::chrono::seconds(startDate.offsetSeconds);
    TimeZones zones(TimeZones().named(json["local_timezone"].toQString()).value());
    const Value &expected = json["expect"];

    const Result<TimerSchedule> schedule
        = TimerSchedule::make(kind, json["parameters"], zones, start);

    QCOMPARE(schedule ? QString() : schedule.error().kind, expected["error"].toQStringOr({}));
    if (!schedule)
        return;
    std::optional<Timestamp> time = schedule->first(start);
    // A cron timer that never fires counts as scheduled there, a date that is past does not.
    QCOMPARE(time.has_value() || kind == TimerKind::Cron, expected["value"]["scheduled"].toBool());
    const ValueList &times = expected["value"]["fire_times"].items();
    for (const Value &expectedTime : times) {
        QVERIFY(time);
        QCOMPARE(fromMicroseconds(toMicroseconds(*time)),
                 timestampFromIso(expectedTime["utc"].text()).value());
        time = schedule->after(*time);
    }
    if (times.size() < 10)
        QVERIFY(!time);
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

void TestTimerSchedule::refusesWhatIsNoTimer()
{
    QVERIFY(!timerKindOf(Ref::fromText(u"core.st2.webhook"_s)));
    QVERIFY(!timerKindOf(Ref::fromText(u"mine.st2.CronTimer"_s)));
    TimeZones zones;
    const Result<TimerSchedule> schedule
        = TimerSchedule::make(TimerKind::Cron, Value("minute"), zones, at("2024-01-01T00:00:00Z"));
    QCOMPARE(schedule.error().kind, u"ValidationError"_s);
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
