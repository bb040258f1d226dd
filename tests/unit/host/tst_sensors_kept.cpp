#include "tests/support/engine_site.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

// Has one pack with one sensor.
class Site : public EngineSite
{
public:
    Site()
    {
        writePack(u"p"_s);
        write(u"packs/p/sensors/watch.yaml"_s,
              "class_name: Watch\nentry_point: watch.py\ndescription: d\npoll_interval: 5\n"
              "trigger_types: [{name: seen}]\n");
        write(u"packs/p/sensors/watch.py"_s,
              "from st2reactor.sensor.base import PollingSensor\n\n\n"
              "class Watch(PollingSensor):\n"
              "    def setup(self):\n        pass\n"
              "    def poll(self):\n        pass\n"
              "    def cleanup(self):\n        pass\n"
              "    def add_trigger(self, trigger):\n        pass\n"
              "    def update_trigger(self, trigger):\n        pass\n"
              "    def remove_trigger(self, trigger):\n        pass\n");
    }
    Result<Response> tell(const QString &command)
    {
        return ask(Verb::Post, u"sensortypes/p.Watch/"_s + command);
    }
    Value status() { return get(u"sensortypes/p.Watch"_s)["status"]; }
    QString kind() { return status()["state"].toQStringOr({}); }
};

} // namespace

class TestSensorsKept : public QObject
{
    Q_OBJECT

private slots:
    void aPauseHoldsAcrossARestart();
    void aPauseThatCannotBeKeptIsRefused();
    void aConfigurationThatCannotBeResolvedIsToldAtTheSensor();
};

void TestSensorsKept::aPauseHoldsAcrossARestart()
{
    Site site;
    site.start();
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"running"_s, 20'000);
    QVERIFY(site.tell(u"pause"_s));
    QCOMPARE(site.kind(), u"paused"_s);
    site.stop();
    site.start();
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"paused"_s, 20'000);
    QVERIFY(site.tell(u"resume"_s));
    QCOMPARE(site.kind(), u"running"_s);
    site.stop();
    site.start();
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"running"_s, 20'000);
}

void TestSensorsKept::aPauseThatCannotBeKeptIsRefused()
{
    Site site;
    site.write(u"sensors.yaml"_s, "p.Watch: {no_such_member: 1}\n");
    site.start();
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"running"_s, 20'000);
    const Result<Response> paused = site.tell(u"pause"_s);
    QVERIFY(!paused);
    QCOMPARE(paused.error().code, ErrorCode::Conflict);
    QCOMPARE(site.kind(), u"running"_s);
}

void TestSensorsKept::aConfigurationThatCannotBeResolvedIsToldAtTheSensor()
{
    Site site;
    site.write(u"packs/p/config.schema.yaml"_s, "room: {type: string}\n");
    site.write(u"configs/p.yaml"_s, "room: '{{ st2kv.system.nowhere | decrypt_kv }}'\n");
    site.start();
    QTRY_COMPARE(site.kind(), u"failed"_s);
    const QString reason = site.status()["reason"].toQStringOr({});
    QVERIFY2(reason.contains(u"The configuration of the pack \"p\" cannot be resolved"),
             qPrintable(reason));
    site.write(u"configs/p.yaml"_s, "room: attic\n");
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"running"_s, 20'000);
}

QTEST_GUILESS_MAIN(TestSensorsKept)
#include "tst_sensors_kept.moc"
