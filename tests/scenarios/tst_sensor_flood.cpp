#include "tests/scenarios/scenario_daemon.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000;
constexpr int eventCount = 20'000;
constexpr qint64 mebibyte = 1024 * 1024;

const char *const metadata = "class_name: Flood\nentry_point: flood.py\ndescription: Floods.\n"
                             "trigger_types: [{name: drop, payload_schema: {type: object}}]\n";

// Raises as fast as it can, in four threads.
const char *const source = R"(
import threading
import time
from st2reactor.sensor.base import Sensor

class Flood(Sensor):
    def setup(self):
        pass
    def run(self):
        threads = [threading.Thread(target=self.pour, args=(k,)) for k in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print("poured", flush=True)
        time.sleep(3600)
    def pour(self, k):
        for n in range(k, %1, 4):
            self.sensor_service.dispatch("flood.drop", {"n": n, "text": "x" * 40})
    def cleanup(self):
        pass
    def add_trigger(self, trigger):
        pass
    def update_trigger(self, trigger):
        pass
    def remove_trigger(self, trigger):
        pass
)";

qint64 memoryOf(const ScenarioDaemon &daemon)
{
    QFile file(u"/proc/%1/statm"_s.arg(daemon.processId()));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4096
                                          : -1;
}

} // namespace

// A Python sensor that knows no measure, in the real program.
class SensorFloodTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void losesNothingAndGrowsLittle();
};

void SensorFloodTest::initTestCase()
{
    nameThisThread(ThreadName::Main);
    // AddressSanitizer keeps what was freed, 256 MB of it, which would be measured instead.
    qputenv("ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":quarantine_size_mb=8");
}

void SensorFloodTest::losesNothingAndGrowsLittle()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.write(u"packs/flood/pack.yaml"_s,
                       "name: flood\ndescription: Floods.\nversion: 1.0.0\n"
                       "author: Stormglass contributors\nemail: stormglass@example.org\n"));
    SG_OK(daemon.write(u"packs/flood/sensors/flood.yaml"_s, metadata));
    SG_OK(daemon.write(u"packs/flood/sensors/flood.py"_s,
                       QString::fromUtf8(source).arg(eventCount).toUtf8()));
    SG_OK(daemon.start());
    const qint64 before = memoryOf(daemon);
    const std::vector<std::pair<QString, QString>> drops{{u"trigger_type"_s, u"flood.drop"_s}};
    QElapsedTimer clock;
    qint64 longest = 0;
    std::int64_t most = 0;
    const auto isOver = [&] {
        clock.start();
        const Result<Value> sensor = daemon.get(u"/api/v1/sensortypes/flood.Flood"_s);
        longest = std::max(longest, clock.elapsed());
        most = std::max(most, sensor ? (*sensor)["status"]["events"]["pending"].toIntOr(0) : 0);
        return daemon.count(u"/api/v1/triggerinstances"_s, drops) == eventCount;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOver(), patience);
    QVERIFY2(most <= 1'024, "no more may be on their way than a sensor's window, and a burst");
    QVERIFY2(memoryOf(daemon) - before < 128 * mebibyte, "memory grows with the flood");
    QVERIFY2(longest < 5'000, "the engine answers while it is flooded");
    QVERIFY(daemon.terminate());
}

QTEST_GUILESS_MAIN(SensorFloodTest)
#include "tst_sensor_flood.moc"
