#include "tests/scenarios/scenario_daemon.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;
constexpr int longTest = 120'000;

const QString triggerInstances = u"/api/v1/triggerinstances"_s;
const QString executions = u"/api/v1/executions"_s;

Result<Value> send(ScenarioDaemon &daemon, Verb verb, const QString &path, Value body)
{
    Request request{verb, path};
    request.body = std::move(body);
    SG_LET(const Response response, daemon.call(request));
    return response.body;
}

// The payload of the latest event of a trigger that has a member of that value; null if there is
// none.
Value payloadOf(ScenarioDaemon &daemon, const QString &trigger, const char *member,
                const Value &wanted)
{
    const Result<Value> instances = daemon.get(triggerInstances, {{u"trigger_type"_s, trigger}});
    if (!instances)
        return {};
    for (const Value &instance : instances->itemsOrNone()) {
        if (instance["payload"][member] == wanted)
            return instance["payload"];
    }
    return {};
}

} // namespace

// The own tests of the packs we ship, and the pack `hosts` in the real program.
class HostsPackTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void passTheirOwnTests_data();
    void passTheirOwnTests();
    void watchThisMachine();
    void actOnThisMachine();
};

void HostsPackTest::passTheirOwnTests_data()
{
    QTest::addColumn<QString>("folder");
    const QDir packs(QStringLiteral(SG_SOURCE_DIR) + u"/packs"_s);
    for (const QString &pack : packs.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString folder = packs.filePath(pack + u"/tests"_s);
        if (QDir(folder).exists())
            QTest::newRow(qPrintable(pack)) << folder;
    }
}

void HostsPackTest::passTheirOwnTests()
{
    QFETCH(const QString, folder);
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(u"python3"_s, {u"-B"_s, u"-m"_s, u"unittest"_s, u"discover"_s, u"-s"_s, folder});
    QVERIFY(python.waitForFinished(longTest));
    const QByteArray said = python.readAll();
    QVERIFY2(python.exitCode() == 0, said.constData());
    QVERIFY2(!said.contains("Ran 0 tests"), said.constData());
}

void HostsPackTest::watchThisMachine()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.write(u"watched.log"_s, "ERROR old\n"));
    SG_OK(daemon.start());
    QTRY_VERIFY_WITH_TIMEOUT(daemon.get(u"/api/v1/sensortypes/hosts.InsideSensor"_s), patience);
    const Value log = Value::map({{"path", daemon.path(u"watched.log"_s)}, {"pattern", "ERROR"}});
    const Value always = Value::map({{"memory", Value::map({{"warning", 0}, {"critical", 0}})}});
    const Value config = Value::map({{"confirm", 1},
                                     {"hosts",
                                      Value::list({Value::map({{"name", "here"},
                                                               {"disks", Value::list({"/"})},
                                                               {"ports", Value::list({1})},
                                                               {"logs", Value::list({log})},
                                                               {"thresholds", always}})})}});
    for (const QString &sensor : {u"hosts.InsideSensor"_s, u"hosts.OutsideSensor"_s})
        SG_OK(send(daemon, Verb::Put, u"/api/v1/sensortypes/"_s + sensor + u"/arrangement"_s,
                   Value::map({{"poll_interval", 4}, {"config", config}})));

    QTRY_VERIFY_WITH_TIMEOUT(
        !payloadOf(daemon, u"hosts.threshold"_s, "what", Value("memory")).isNull(), patience);
    const Value memory = payloadOf(daemon, u"hosts.threshold"_s, "what", Value("memory"));
    QCOMPARE(memory["level"], Value("critical"));
    QCOMPARE(memory["unit"], Value("%"));
    QTRY_COMPARE_WITH_TIMEOUT(payloadOf(daemon, u"hosts.port"_s, "port", Value(1))["state"],
                              Value("closed"), patience);

    SG_OK(daemon.write(u"watched.log"_s, "ERROR new\n", QIODevice::Append));
    QTRY_VERIFY_WITH_TIMEOUT(
        !payloadOf(daemon, u"hosts.log_line"_s, "line", Value("ERROR new")).isNull(), patience);
    QVERIFY(payloadOf(daemon, u"hosts.log_line"_s, "line", Value("ERROR old")).isNull());

    SG_VALUE(const Value sensor, daemon.get(u"/api/v1/sensortypes/hosts.InsideSensor"_s));
    QCOMPARE(sensor["status"]["events"]["refused"], Value(0));
    QVERIFY(daemon.terminate());
}

void HostsPackTest::actOnThisMachine()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    QTRY_VERIFY_WITH_TIMEOUT(daemon.get(u"/api/v1/actions/hosts.probe_page"_s), patience);
    const Value here = Value::map({{"host", "localhost"}});
    const auto run = [&](const char *action, Value parameters) {
        return send(daemon, Verb::Post, executions,
                    Value::map({{"action", action}, {"parameters", std::move(parameters)}}));
    };
    SG_OK(run("hosts.check", here));
    SG_OK(run("hosts.list", Value::map()));
    SG_OK(run("hosts.run", Value::map({{"host", "localhost"}, {"command", "echo $((6 * 7))"}})));
    SG_OK(run("hosts.tail", Value::map({{"host", "localhost"}, {"path", "/etc/passwd"}})));
    SG_OK(run("hosts.disk_usage",
              Value::map({{"host", "localhost"}, {"path", daemon.path(u"."_s)}})));
    QTRY_COMPARE_WITH_TIMEOUT(daemon.count(executions, {{u"status"_s, u"succeeded"_s}}), 5,
                              patience);
    SG_OK(run("hosts.run", Value::map({{"host", "nobody"}, {"command", "true"}})));
    SG_OK(run("hosts.service", Value::map({{"host", "localhost"}, {"service", "--all"}})));
    SG_OK(run("hosts.probe_port", Value::map({{"address", "127.0.0.1"}, {"port", 1}})));
    SG_OK(run("hosts.probe_page", Value::map({{"url", "file:///etc/passwd"}})));
    QTRY_COMPARE_WITH_TIMEOUT(daemon.count(executions, {{u"status"_s, u"failed"_s}}), 4, patience);
    QVERIFY(daemon.terminate());
}

QTEST_GUILESS_MAIN(HostsPackTest)
#include "tst_hosts_pack.moc"
