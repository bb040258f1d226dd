#include "engine/base/timestamp.h"

#include <QTest>

using namespace stormglass;

class TestTimestamp : public QObject
{
    Q_OBJECT

private slots:
    void writesMicrosecondsInUtc_data();
    void writesMicrosecondsInUtc();
    void readsEveryForm_data();
    void readsEveryForm();
    void refuses_data();
    void refuses();
    void readsWhatItWrites();
};

void TestTimestamp::writesMicrosecondsInUtc_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("epoch") << qint64(0) << QStringLiteral("1970-01-01T00:00:00.000000Z");
    QTest::newRow("a moment") << qint64(1'712'366'106'602'758)
                              << QStringLiteral("2024-04-06T01:15:06.602758Z");
    QTest::newRow("before the epoch")
        << qint64(-1) << QStringLiteral("1969-12-31T23:59:59.999999Z");
    QTest::newRow("a leap day") << qint64(1'709'164'800'000'000)
                                << QStringLiteral("2024-02-29T00:00:00.000000Z");
}

void TestTimestamp::writesMicrosecondsInUtc()
{
    QFETCH(qint64, microseconds);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(toIsoText(fromMicroseconds(microseconds))), text);
}

void TestTimestamp::readsEveryForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("microseconds");
    constexpr qint64 second = 1'712'366'106'000'000;
    QTest::newRow("no fraction") << QStringLiteral("2024-04-06T01:15:06Z") << second;
    QTest::newRow("a space") << QStringLiteral("2024-04-06 01:15:06Z") << second;
    QTest::newRow("no zone") << QStringLiteral("2024-04-06T01:15:06") << second;
    QTest::newRow("+00") << QStringLiteral("2024-04-06T01:15:06+00") << second;
    QTest::newRow("+0000") << QStringLiteral("2024-04-06T01:15:06+0000") << second;
    QTest::newRow("+00:00") << QStringLiteral("2024-04-06T01:15:06.5+00:00") << second + 500'000;
    QTest::newRow("one digit") << QStringLiteral("2024-04-06T01:15:06.6Z") << second + 600'000;
    QTest::newRow("three digits") << QStringLiteral("2024-04-06T01:15:06.602Z") << second + 602'000;
    QTest::newRow("six digits") << QStringLiteral("2024-04-06T01:15:06.602758Z")
                                << second + 602'758;
}

void TestTimestamp::readsEveryForm()
{
    QFETCH(QString, text);
    QFETCH(qint64, microseconds);
    const Result<Timestamp> time = timestampFromIso(text.toStdString());
    QVERIFY(time);
    QCOMPARE(qint64(toMicroseconds(*time)), microseconds);
}

void TestTimestamp::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "2024-04-06",
                             "2024-04-06T01:15",
                             "2024-04-06T01:15:06.Z",
                             "2024-04-06T01:15:06.1234567Z",
                             "2024-04-06T01:15:06+01:00",
                             "2024-04-06T01:15:06z",
                             "2024-04-06T01:15:06 Z",
                             "2024-13-06T01:15:06Z",
                             "2024-00-06T01:15:06Z",
                             "2023-02-29T01:15:06Z",
                             "2024-04-31T01:15:06Z",
                             "2024-04-06T24:00:00Z",
                             "2024-04-06T01:60:06Z",
                             "2024-04-06T01:15:60Z",
                             "2024/04/06T01:15:06Z",
                             "2024-04-06X01:15:06Z",
                             " 2024-04-06T01:15:06Z",
                             "2024-04-06T01-15:06Z",
                             "2024-04-06T01:15-06Z",
                             "2o24-04-06T01:15:06Z",
                             "2024-04-06T01:15:06ZZ",
                             "-024-04-06T01:15:06Z"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestTimestamp::refuses()
{
    QFETCH(QString, text);
    const Result<Timestamp> time = timestampFromIso(text.toStdString());
    QVERIFY(!time);
    QCOMPARE(time.error().code, ErrorCode::Invalid);
}

void TestTimestamp::readsWhatItWrites()
{
    for (std::int64_t microseconds = -10'000'000'000'000; microseconds < 4'000'000'000'000'000;
         microseconds += 39'916'801'234'567) {
        const Result<Timestamp> time = timestampFromIso(toIsoText(fromMicroseconds(microseconds)));
        QVERIFY(time);
        QCOMPARE(toMicroseconds(*time), microseconds);
    }
}

QTEST_APPLESS_MAIN(TestTimestamp)
#include "tst_timestamp.moc"
