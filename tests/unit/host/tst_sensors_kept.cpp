#include "engine/host/engine.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

// An engine with one pack that has one sensor.
class Site
{
public:
    Site()
    {
        m_settings.dataFolder = m_folder.path();
        m_settings.packFolders = {m_folder.filePath(u"packs"_s)};
        m_settings.pythonFolder = QStringLiteral(SG_SOURCE_DIR "/resources/python");
        m_settings.requireCredential = false;
        m_settings.listenAddress.clear();
        write(u"packs/p/pack.yaml"_s,
              "name: p\ndescription: d\nversion: 1.0.0\nauthor: a\nemail: a@example.org\n");
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
    void start()
    {
        Result<std::unique_ptr<Engine>> engine = Engine::start(m_settings, m_clock);
        if (!engine)
            qFatal("%s", qPrintable(engine.error().message));
        m_engine = std::move(*engine);
        m_engine->settle();
    }
    void stop() { m_engine.reset(); }
    void write(const QString &path, const QByteArray &text)
    {
        const QString file = m_folder.filePath(path);
        QDir().mkpath(QFileInfo(file).path());
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    Result<Response> ask(Verb verb, const QString &path)
    {
        std::promise<Result<Response>> answered;
        Request request;
        request.verb = verb;
        request.path = u"/api/v1/sensortypes/p.Watch"_s + path;
        m_engine->handle(request,
                         [&](Result<Response> answer) { answered.set_value(std::move(answer)); });
        return answered.get_future().get();
    }
    Value status() { return ask(Verb::Get, {})->body["status"]; }
    QString kind() { return status()["state"].toQStringOr({}); }

private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    Settings m_settings;
    std::unique_ptr<Engine> m_engine;
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
    QVERIFY(site.ask(Verb::Post, u"/pause"_s));
    QCOMPARE(site.kind(), u"paused"_s);
    site.stop();
    site.start();
    QTRY_COMPARE_WITH_TIMEOUT(site.kind(), u"paused"_s, 20'000);
    QVERIFY(site.ask(Verb::Post, u"/resume"_s));
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
    const Result<Response> paused = site.ask(Verb::Post, u"/pause"_s);
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
