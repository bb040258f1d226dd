#include "engine/host/sensor_arrangement.h"

#include "engine/base/yaml.h"
#include "tests/support/result_checks.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Result<SensorArrangement> read(const char *yaml)
{
    return sensorArrangementFrom(readYaml(yaml).value());
}

SensorSpec plain()
{
    SensorSpec spec;
    spec.type.ref = Ref::fromText(u"p.S"_s);
    spec.type.pollInterval = 5;
    spec.config = Value::map({{"host", "a"}, {"port", 1}});
    return spec;
}

} // namespace

class TestSensorArrangement : public QObject
{
    Q_OBJECT

private slots:
    void runsOneSensorAsItsPackSays();
    void runsSeveralWithAConfigurationEach();
    void pausesEachForItself();
    void leavesThePlainOneOut();
    void switchesAllOff();
    void refusesWhatMakesNoSense_data();
    void refusesWhatMakesNoSense();
    void keepsWhatItWrites();
    void tellsWhatIsWrongInTheFile();
};

void TestSensorArrangement::runsOneSensorAsItsPackSays()
{
    const std::vector<SensorSpec> specs = arranged(plain(), {});
    QCOMPARE(specs.size(), std::size_t(1));
    QCOMPARE(specs[0].name(), u"p.S"_s);
    QCOMPARE(specs[0].config, plain().config);
}

void TestSensorArrangement::runsSeveralWithAConfigurationEach()
{
    SG_VALUE(const SensorArrangement arrangement,
             read("config: {port: 2}\nsilent_after: 60\nlog_level: DEBUG\ninstances:\n"
                  "  north: {config: {host: n}, poll_interval: 10, hang_after: 0}\n"
                  "  south: {config: {host: s}, silent_after: 30}\n"));
    const std::vector<SensorSpec> specs = arranged(plain(), arrangement);
    QCOMPARE(specs.size(), std::size_t(3));
    QCOMPARE(specs[0].config, Value::map({{"host", "a"}, {"port", 2}}));
    QCOMPARE(specs[1].name(), u"p.S#north"_s);
    QCOMPARE(specs[1].config, Value::map({{"host", "n"}, {"port", 2}}));
    QCOMPARE(specs[1].type.pollInterval, 10.0);
    QCOMPARE(specs[1].hangAfter, 0s);
    QCOMPARE(specs[1].silentAfter, 60s);
    QCOMPARE(specs[1].logLevel, u"DEBUG"_s);
    QCOMPARE(specs[2].silentAfter, 30s);
}

void TestSensorArrangement::pausesEachForItself()
{
    SG_VALUE(const SensorArrangement arrangement,
             read("paused: true\ninstances: {north: {}, south: {paused: true}}\n"));
    const std::vector<SensorSpec> specs = arranged(plain(), arrangement);
    QCOMPARE(specs.size(), std::size_t(3));
    QVERIFY(specs[0].isPaused);
    QVERIFY(!specs[1].isPaused);
    QVERIFY(specs[2].isPaused);
    QCOMPARE(toJson(arrangement)["paused"], Value(true));
    QVERIFY(!read("paused: maybe"));
}

void TestSensorArrangement::leavesThePlainOneOut()
{
    SG_VALUE(const SensorArrangement arrangement, read("plain: false\ninstances: {north: null}"));
    const std::vector<SensorSpec> specs = arranged(plain(), arrangement);
    QCOMPARE(specs.size(), std::size_t(1));
    QCOMPARE(specs[0].instance, u"north"_s);
}

void TestSensorArrangement::switchesAllOff()
{
    SG_VALUE(const SensorArrangement arrangement, read("enabled: false\ninstances: {north: {}}"));
    for (const SensorSpec &spec : arranged(plain(), arrangement))
        QVERIFY(!spec.type.enabled);
}

void TestSensorArrangement::refusesWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("told");
    QTest::newRow("member") << QByteArray("colour: red") << u"colour"_s;
    QTest::newRow("no mapping") << QByteArray("[1]") << u"mapping"_s;
    QTest::newRow("switch") << QByteArray("enabled: 1") << u"enabled"_s;
    QTest::newRow("silence") << QByteArray("silent_after: 0") << u"silent_after"_s;
    QTest::newRow("poll") << QByteArray("poll_interval: 1") << u"poll_interval"_s;
    QTest::newRow("never") << QByteArray("poll_interval: .nan") << u"poll_interval"_s;
    QTest::newRow("level") << QByteArray("log_level: LOUD") << u"log_level"_s;
    QTest::newRow("config") << QByteArray("config: []") << u"config"_s;
    QTest::newRow("name") << QByteArray("instances: {'a b': {}}") << u"a b"_s;
    QTest::newRow("way out") << QByteArray("instances: {'../x': {}}") << u"../x"_s;
    QTest::newRow("nested") << QByteArray("instances: {a: {enabled: true}}")
                            << u"instances.a.enabled"_s;
}

void TestSensorArrangement::refusesWhatMakesNoSense()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, told);
    const Result<SensorArrangement> arrangement = read(yaml.constData());
    QVERIFY(!arrangement);
    QVERIFY2(arrangement.error().message.contains(told), qPrintable(arrangement.error().message));
}

void TestSensorArrangement::keepsWhatItWrites()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"sensors.yaml"_s);
    SG_VALUE(const SensorArrangements none, readSensorArrangements(path));
    QVERIFY(none.empty());
    SensorArrangements arrangements;
    SG_VALUE(arrangements[u"p.S"_s],
             read("enabled: true\nplain: false\nhang_after: 5\ninstances: {a: {config: {x: [1, "
                  "{y: z}]}}}"));
    arrangements[u"p.Empty"_s] = {};
    QVERIFY(writeSensorArrangements(path, arrangements));
    SG_VALUE(const SensorArrangements read, readSensorArrangements(path));
    arrangements.erase(u"p.Empty"_s);
    QVERIFY(read == arrangements);
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestSensorArrangement::tellsWhatIsWrongInTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"sensors.yaml"_s);
    for (const char *text : {"p.S: {colour: red}\n", "p.S: [", "- p.S\n"}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const Result<SensorArrangements> read = readSensorArrangements(path);
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(path), qPrintable(read.error().message));
    }
}

QTEST_APPLESS_MAIN(TestSensorArrangement)
#include "tst_sensor_arrangement.moc"
