#include "tests/scenarios/scenario_daemon.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;
constexpr int events = 20;
// Enough to be registered for longer than a sensor needs to start.
constexpr int otherPacks = 20;
constexpr int actionsEach = 60;

// Raises its events the moment it runs, and no more.
const char *const eager = R"(
import time
from st2reactor.sensor.base import Sensor

class Eager(Sensor):
    def setup(self):
        pass
    def run(self):
        for number in range(20):
            self.sensor_service.dispatch("early.seen", {"number": number})
        time.sleep(3600)
    def cleanup(self):
        pass
    def add_trigger(self, trigger):
        pass
    def update_trigger(self, trigger):
        pass
    def remove_trigger(self, trigger):
        pass
)";

QByteArray packNamed(const QByteArray &name)
{
    return "name: " + name
        + "\ndescription: One of many.\nversion: 1.0.0\n"
          "author: Stormglass contributors\nemail: stormglass@example.org\n";
}

Result<> writeEarlyPack(const ScenarioDaemon &daemon)
{
    SG_TRY(daemon.write(u"packs/early/pack.yaml"_s, packNamed("early")));
    SG_TRY(daemon.write(u"packs/early/sensors/eager.yaml"_s,
                        "class_name: Eager\nentry_point: eager.py\ndescription: Eager.\n"
                        "trigger_types: [{name: seen, payload_schema: {type: object}}]\n"));
    SG_TRY(daemon.write(u"packs/early/sensors/eager.py"_s, eager));
    return daemon.write(u"packs/early/rules/all.yaml"_s,
                        "name: all\npack: early\nenabled: true\ntrigger: {type: early.seen}\n"
                        "action: {ref: core.noop}\n");
}

Result<> writeOtherPack(const ScenarioDaemon &daemon, int number)
{
    const QString name = u"other_%1"_s.arg(number);
    SG_TRY(daemon.write(u"packs/%1/pack.yaml"_s.arg(name), packNamed(name.toUtf8())));
    for (int i = 0; i < actionsEach; ++i) {
        const QString action = u"packs/%1/actions/action_%2.yaml"_s.arg(name).arg(i);
        SG_TRY(daemon.write(action,
                            "name: action_" + QByteArray::number(i)
                                + "\nrunner_type: local-shell-cmd\nenabled: true\nparameters:\n"
                                  "  cmd: {type: string, immutable: true, default: 'true'}\n"));
    }
    return {};
}

} // namespace

// An engine that has never seen its packs.
class FirstStartTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void theFirstEventsOfAPackMeetItsRules();
};

void FirstStartTest::theFirstEventsOfAPackMeetItsRules()
{
    ScenarioDaemon daemon;
    SG_OK(writeEarlyPack(daemon));
    for (int i = 0; i < otherPacks; ++i)
        SG_OK(writeOtherPack(daemon, i));
    SG_OK(daemon.start());
    const auto judged = [&] {
        return daemon.count(u"/api/v1/triggerinstances"_s,
                            {{u"trigger_type"_s, u"early.seen"_s}, {u"status"_s, u"processed"_s}});
    };
    QTRY_COMPARE_WITH_TIMEOUT(judged(), events, patience);
    QTRY_COMPARE_WITH_TIMEOUT(daemon.count(u"/api/v1/executions"_s, {{u"rule"_s, u"early.all"_s}}),
                              events, 5'000);
    QVERIFY(daemon.terminate());
}

QTEST_GUILESS_MAIN(FirstStartTest)
#include "tst_first_start.moc"
