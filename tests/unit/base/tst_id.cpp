#include "engine/base/id.h"
#include "tests/support/fake_clock.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <thread>
#include <unordered_set>

using namespace stormglass;
using namespace std::chrono_literals;

class TestId : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatItWrites();
    void refuses_data();
    void refuses();
    void isNullUntilMade();
    void beginsWithTheSecondItWasMadeIn();
    void sortsByTheSecond();
    void neverRepeats();
    void neverRepeatsAcrossThreads();
    void tellsGeneratorsApart();
};

void TestId::readsWhatItWrites()
{
    const auto id = Id::fromHex("5f2c1e0a9b3d4c5e6f708192");
    QVERIFY(id);
    QCOMPARE(id->hex(), std::string("5f2c1e0a9b3d4c5e6f708192"));
    QCOMPARE(id->text(), QStringLiteral("5f2c1e0a9b3d4c5e6f708192"));
    QVERIFY(Id::fromText(id->text()) == *id);
    QVERIFY(Id(id->bytes()) == *id);
}

void TestId::refuses_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"", "5f2c1e0a9b3d4c5e6f70819", "5f2c1e0a9b3d4c5e6f7081922", "5f2c1e0a9b3d4c5e6f70819g",
          "5F2C1E0A9B3D4C5E6F708192", " 5f2c1e0a9b3d4c5e6f70819", "5f2c1e0a-9b3d4c5e6f70819",
          "5f2c1e0a9b3d4c5e6f7081\xc3\xa9"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestId::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!Id::fromText(text));
}

void TestId::isNullUntilMade()
{
    const FakeClock clock;
    QVERIFY(Id().isNull());
    QCOMPARE(Id().hex(), std::string(24, '0'));
    QVERIFY(!IdGenerator(clock).make().isNull());
}

void TestId::beginsWithTheSecondItWasMadeIn()
{
    const FakeClock clock{Timestamp(0x5f2c1e0as + 999'999us)};
    QVERIFY(IdGenerator(clock).make().hex().starts_with("5f2c1e0a"));
}

void TestId::sortsByTheSecond()
{
    FakeClock clock;
    IdGenerator generator(clock);
    std::vector<Id> ids;
    for (int i = 0; i < 100; ++i) {
        ids.push_back(generator.make());
        clock.advance(1s);
    }
    QVERIFY(std::is_sorted(ids.begin(), ids.end()));
}

void TestId::neverRepeats()
{
    const FakeClock clock;
    IdGenerator generator(clock);
    std::unordered_set<Id> ids;
    for (int i = 0; i < 100'000; ++i)
        ids.insert(generator.make());
    QCOMPARE(ids.size(), std::size_t(100'000));
}

void TestId::neverRepeatsAcrossThreads()
{
    const FakeClock clock;
    IdGenerator generator(clock);
    std::vector<std::vector<Id>> made(4);
    std::vector<std::thread> threads;
    for (std::vector<Id> &ids : made) {
        threads.emplace_back([&ids, &generator] {
            for (int i = 0; i < 5'000; ++i)
                ids.push_back(generator.make());
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    std::set<Id> all;
    for (const std::vector<Id> &ids : made)
        all.insert(ids.begin(), ids.end());
    QCOMPARE(all.size(), std::size_t(20'000));
}

void TestId::tellsGeneratorsApart()
{
    const FakeClock clock;
    IdGenerator first(clock);
    IdGenerator second(clock);
    QVERIFY(first.make().hex().substr(8, 10) != second.make().hex().substr(8, 10));
}

QTEST_APPLESS_MAIN(TestId)
#include "tst_id.moc"
