#include "engine/base/timestamp.h"
#include "engine/sources/time_zone.h"
#include "engine/sources/zone_file.h"
#include "engine/sources/zone_rule.h"

#include <QFile>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace {

sys_seconds at(const char *text)
{
    return floor<seconds>(timestampFromIso(text).value());
}

local_seconds wall(const char *text)
{
    return local_seconds(at(text).time_since_epoch());
}

TimeZones::Zone zone(const char *name)
{
    return TimeZones().named(QString::fromLatin1(name)).value();
}

} // namespace

class TestTimeZone : public QObject
{
    Q_OBJECT

private slots:
    void tellsBothMeaningsOfARepeatedHour();
    void shiftsTimesOfAGapByTheOffsetBeforeIt();
    void knowsADayThatNeverWas();
    void goesOnAfterTheLastTransitionOfTheFile();
    void tellsGapsAndFolds();
    void refusesNamesThatAreNoPlainPath_data();
    void refusesNamesThatAreNoPlainPath();
    void refusesDamagedFiles();
    void refusesRulesThatAreNone_data();
    void refusesRulesThatAreNone();
};

void TestTimeZone::tellsBothMeaningsOfARepeatedHour()
{
    const TimeZones::Zone berlin = zone("Europe/Berlin");
    const local_seconds half = wall("2024-10-27T02:30:00");
    QVERIFY(berlin->toInstant({half, Fold::First}) == at("2024-10-27T00:30:00"));
    QVERIFY(berlin->toInstant({half, Fold::Second}) == at("2024-10-27T01:30:00"));
    QVERIFY((berlin->toWall(at("2024-10-27T00:30:00")) == WallTime{half, Fold::First}));
    QVERIFY((berlin->toWall(at("2024-10-27T01:30:00")) == WallTime{half, Fold::Second}));
}

void TestTimeZone::shiftsTimesOfAGapByTheOffsetBeforeIt()
{
    const TimeZones::Zone newYork = zone("America/New_York");
    const WallTime skipped{wall("2024-03-10T02:30:00"), Fold::First};
    QVERIFY(newYork->toInstant(skipped) == at("2024-03-10T07:30:00"));
    QVERIFY(newYork->toWall(newYork->toInstant(skipped)).time == wall("2024-03-10T03:30:00"));
}

void TestTimeZone::knowsADayThatNeverWas()
{
    const TimeZones::Zone apia = zone("Pacific/Apia");
    QVERIFY(apia->toWall(at("2011-12-30T09:59:59")).time == wall("2011-12-29T23:59:59"));
    QVERIFY(apia->toWall(at("2011-12-30T10:00:00")).time == wall("2011-12-31T00:00:00"));
}

void TestTimeZone::goesOnAfterTheLastTransitionOfTheFile()
{
    QCOMPARE(zone("Europe/Berlin")->offsetAt(at("2090-07-01T00:00:00")), seconds(2h));
    QCOMPARE(zone("Europe/Berlin")->offsetAt(at("9999-01-01T00:00:00")), seconds(1h));
    QCOMPARE(zone("Europe/Dublin")->offsetAt(at("4321-07-01T00:00:00")), seconds(1h));
    QCOMPARE(zone("Australia/Lord_Howe")->offsetAt(at("4321-01-01T00:00:00")), seconds(11h));
    QVERIFY(zone("Europe/Berlin")->toInstant({wall("4321-07-01T12:00:00"), Fold::First})
            == at("4321-07-01T10:00:00"));
}

void TestTimeZone::tellsGapsAndFolds()
{
    const TimeZones::Zone berlin = zone("Europe/Berlin");
    const auto gap = berlin->transitionIn(at("2024-01-01T00:00:00"), at("2024-07-01T00:00:00"));
    QVERIFY(gap && gap->isGap());
    QVERIFY(gap->wallBegin() == wall("2024-03-31T02:00:00"));
    QVERIFY(gap->wallEnd() == wall("2024-03-31T03:00:00"));
    const auto fold = berlin->transitionIn(gap->at + seconds(1), at("2025-01-01T00:00:00"));
    QVERIFY(fold && !fold->isGap());
    QVERIFY(!berlin->transitionIn(fold->at + seconds(1), at("2025-01-01T00:00:00")));
}

void TestTimeZone::refusesNamesThatAreNoPlainPath_data()
{
    QTest::addColumn<QString>("kind");
    QTest::newRow("") << u"ValueError"_s;
    QTest::newRow("../../../etc/passwd") << u"ValueError"_s;
    QTest::newRow("/etc/localtime") << u"ValueError"_s;
    QTest::newRow("Europe//Berlin") << u"ValueError"_s;
    QTest::newRow("tzdata.zi") << u"ValueError"_s;
    QTest::newRow("Europe") << u"ZoneInfoNotFoundError"_s;
    QTest::newRow("Mars/Phobos") << u"ZoneInfoNotFoundError"_s;
}

void TestTimeZone::refusesNamesThatAreNoPlainPath()
{
    QFETCH(const QString, kind);
    const auto zone = TimeZones().named(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(!zone);
    QCOMPARE(zone.error().kind, kind);
    QCOMPARE(zone.error().code, ErrorCode::Invalid);
}

void TestTimeZone::refusesDamagedFiles()
{
    QFile file(u"/usr/share/zoneinfo/Europe/Berlin"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    QVERIFY(readZone(u"whole"_s, whole));
    // Cut within the footer it may still be a rule, so stop before it.
    for (qsizetype size = 0; size < whole.size() - 40; ++size)
        QVERIFY(!readZone(u"cut"_s, whole.first(size)));
    QByteArray counted = whole;
    counted.replace(20, 24, QByteArray(24, char(0xff)));
    QVERIFY(!readZone(u"counts"_s, counted));
}

void TestTimeZone::refusesRulesThatAreNone_data()
{
    QTest::addColumn<bool>("isRule");
    QTest::newRow("UTC0") << true;
    QTest::newRow("<+0330>-3:30") << true;
    QTest::newRow("CET-1CEST,M3.5.0,M10.5.0/3") << true;
    QTest::newRow("IST-1GMT0,M10.5.0,M3.5.0/1") << true;
    QTest::newRow("<-02>2<-01>,M3.5.0/-1,M10.5.0/0") << true;
    QTest::newRow("AAA3BBB,J60/24,365") << true;
    QTest::newRow("") << false;
    QTest::newRow("CET") << false;
    QTest::newRow("CET-1CEST") << false;
    QTest::newRow("CET-1CEST,M13.5.0,M10.5.0") << false;
    QTest::newRow("CET-1CEST,M3.5.7,M10.5.0") << false;
    QTest::newRow("CET-1CEST,M3.5.0,M10.5.0/3x") << false;
    QTest::newRow("CET-999") << false;
    QTest::newRow("<CET-1") << false;
}

void TestTimeZone::refusesRulesThatAreNone()
{
    QFETCH(const bool, isRule);
    QCOMPARE(ZoneRule::fromText(QTest::currentDataTag()).has_value(), isRule);
}

QTEST_APPLESS_MAIN(TestTimeZone)
#include "tst_time_zone.moc"
