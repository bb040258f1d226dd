#include "tests/scenarios/scenario_daemon.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QTcpSocket>
#include <QUrl>

#include <unistd.h>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;
constexpr qint64 mebibyte = 1024 * 1024;

// What a daemon may grow by while it refuses 100 MiB. ThreadSanitizer keeps four shadow bytes for
// each touched one.
#if defined(__SANITIZE_THREAD__)
constexpr qint64 mostGrowth = 5 * 32 * mebibyte;
#else
constexpr qint64 mostGrowth = 32 * mebibyte;
#endif

const QString executions = u"/api/v1/executions"_s;
const QString triggerInstances = u"/api/v1/triggerinstances"_s;

QStringList startIn(const QString &folder)
{
    return {u"--data"_s, folder, u"--listen"_s, u"127.0.0.1:0"_s};
}

// The most memory it ever had, in bytes.
qint64 memoryOf(const ScenarioDaemon &daemon)
{
    QFile file(u"/proc/%1/status"_s.arg(daemon.processId()));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLongLong() * 1024;
    }
    return -1;
}

int run(const QString &program, const QStringList &arguments)
{
    return QProcess::execute(program, arguments);
}

Result<QString> begin(ScenarioDaemon &daemon, const QString &command, int timeout)
{
    Request request{Verb::Post, executions};
    request.body
        = Value::map({{"action", "core.local"},
                      {"parameters", Value::map({{"cmd", command}, {"timeout", timeout}})}});
    SG_LET(const Response response, daemon.call(request));
    return response.body["id"].toQString();
}

Value executionOf(ScenarioDaemon &daemon, const QString &id)
{
    return daemon.get(executions + u'/' + id).value_or(Value());
}

} // namespace

// What is wrong around the real program, and what a peer or a pack may do to it.
class BadInputTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void refusesASecondProgramOnTheSameFolder();
    void refusesAFolderThatCannotBeWritten();
    void refusesAReadOnlyFolder();
    void refusesADatabaseOfANewerVersion();
    void refusesADamagedDatabase();
    void outlivesAFullDisk();
    void refusesAHugeWebhookBody_data();
    void refusesAHugeWebhookBody();
    void cutsOffWhatAnActionPrints();
    void endsAnActionThatDoesNotWantTo();
    void outlivesASensorThatFloodsAndPrintsGarbage();
};

void BadInputTest::refusesASecondProgramOnTheSameFolder()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());

    const Result<QString> second = ScenarioDaemon::run(startIn(daemon.path(u"."_s)));

    QVERIFY(!second);
    QVERIFY2(second.error().message.contains(u"other"_s), qPrintable(second.error().message));
    SG_OK(daemon.get(executions));
}

void BadInputTest::refusesAFolderThatCannotBeWritten()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"taken"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));

    const Result<QString> started = ScenarioDaemon::run(startIn(path + u"/data"_s));

    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(path), qPrintable(started.error().message));
}

void BadInputTest::refusesAReadOnlyFolder()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"locked"_s);
    QVERIFY(QDir().mkdir(path));
    const bool isRoot = geteuid() == 0;
    if (!isRoot)
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ExeOwner));
    // Root may write wherever the file system lets it.
    else if (run(u"mount"_s, {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"ro"_s, u"tmpfs"_s, path}) != 0)
        QSKIP("no read-only file system can be mounted here");
    const auto restore = qScopeGuard([&] {
        if (isRoot)
            run(u"umount"_s, {u"-l"_s, path});
        else
            QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    });

    const Result<QString> started = ScenarioDaemon::run(startIn(path));

    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(path), qPrintable(started.error().message));
}

void BadInputTest::refusesADatabaseOfANewerVersion()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    QVERIFY(daemon.terminate());
    const QString script
        = u"import sqlite3, sys\n"
          "db = sqlite3.connect(sys.argv[1])\n"
          "db.execute(\"INSERT INTO migration VALUES (999, 'later', 'none', '99.0')\")\n"
          "db.commit()"_s;
    QCOMPARE(run(u"python3"_s, {u"-c"_s, script, daemon.path(u"stormglass.db"_s)}), 0);

    const Result<QString> started = ScenarioDaemon::run(startIn(daemon.path(u"."_s)));

    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(u"newer"_s), qPrintable(started.error().message));
}

void BadInputTest::refusesADamagedDatabase()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.write(u"stormglass.db"_s, QByteArray(64 * 1024, 'x')));

    const Result<QString> started = ScenarioDaemon::run(startIn(daemon.path(u"."_s)));

    QVERIFY(!started);
    QVERIFY2(started.error().message.contains(u"stormglass.db"_s),
             qPrintable(started.error().message));
    QFile file(daemon.path(u"stormglass.db"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(64 * 1024, 'x'));
}

void BadInputTest::outlivesAFullDisk()
{
    ScenarioDaemon daemon;
    if (run(u"mount"_s,
            {u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=24m"_s, u"tmpfs"_s, daemon.path(u"."_s)})
        != 0)
        QSKIP("no small file system can be mounted here");
    const auto unmount = qScopeGuard([&] { run(u"umount"_s, {u"-l"_s, daemon.path(u"."_s)}); });
    SG_OK(daemon.write(u"ballast"_s, QByteArray(12 * mebibyte, 'x')));
    SG_OK(daemon.start());
    Request request{Verb::Post, u"/api/v1/webhooks/st2"_s};
    request.body
        = Value::map({{"trigger", "core.st2.generic.notifytrigger"},
                      {"payload", Value::map({{"message", std::string(256 * 1024, 'x')}})}});
    const auto stored = [&daemon] {
        return daemon.count(triggerInstances,
                            {{u"trigger_type"_s, u"core.st2.generic.notifytrigger"_s}});
    };

    std::int64_t accepted = 0;
    Result<Response> last = daemon.call(request);
    for (; last && accepted < 200; ++accepted)
        last = daemon.call(request);
    QVERIFY(!last);
    QVERIFY2(last.error().code == ErrorCode::Unavailable, qPrintable(last.error().message));
    QCOMPARE(stored(), accepted);

    QVERIFY(QFile::remove(daemon.path(u"ballast"_s)));
    QTRY_VERIFY_WITH_TIMEOUT(daemon.call(request).has_value(), patience);
    QVERIFY(stored() > accepted);
    QVERIFY(daemon.terminate());
}

void BadInputTest::refusesAHugeWebhookBody_data()
{
    QTest::addColumn<QByteArray>("length");
    QTest::newRow("announced") << QByteArray("Content-Length: 104857600");
    QTest::newRow("in chunks") << QByteArray("Transfer-Encoding: chunked");
}

void BadInputTest::refusesAHugeWebhookBody()
{
    QFETCH(const QByteArray, length);
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    const qint64 before = memoryOf(daemon);
    const QUrl url(daemon.url());
    QTcpSocket socket;
    socket.connectToHost(url.host(), quint16(url.port()));
    QVERIFY(socket.waitForConnected(patience));
    socket.write("POST /api/v1/webhooks/hello HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                 "Content-Type: application/json\r\nSt2-Api-Key: "
                 + daemon.key().toLatin1() + "\r\n" + length + "\r\n\r\n");

    const QByteArray part = length.startsWith("Transfer")
        ? "100000\r\n" + QByteArray(mebibyte, 'x') + "\r\n"
        : QByteArray(mebibyte, 'x');
    QByteArray answer;
    for (int i = 0; i < 100 && socket.state() == QTcpSocket::ConnectedState; ++i) {
        socket.write(part);
        socket.waitForBytesWritten(1'000);
        answer += socket.readAll();
        if (!answer.isEmpty())
            break;
    }
    while (answer.isEmpty() && socket.waitForReadyRead(5'000))
        answer += socket.readAll();

    QVERIFY2(answer.startsWith("HTTP/1.1 413"), answer.left(200).constData());
    const qint64 growth = memoryOf(daemon) - before;
    QVERIFY2(growth < mostGrowth, qPrintable(u"it grew by %1 MiB"_s.arg(growth / mebibyte)));
    SG_OK(daemon.get(executions));
}

void BadInputTest::cutsOffWhatAnActionPrints()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    const qint64 before = memoryOf(daemon);
    SG_VALUE(const QString id,
             begin(daemon, u"head -c 1073741824 /dev/zero | tr '\\0' x; echo end >&2"_s, 60));

    QTRY_VERIFY_WITH_TIMEOUT(executionOf(daemon, id)["end_timestamp"].isText(), 90'000);
    const Value execution = executionOf(daemon, id);
    QCOMPARE(execution["status"].toQString(), u"succeeded"_s);
    const Value &result = execution["result"];
    QVERIFY(result["stdout"].text().size() <= std::size_t(16 * mebibyte));
    QVERIFY2(result["note"].isText(), "it is not said that something is missing");
    QCOMPARE(result["stderr"].toQString(), u"end"_s);
    const qint64 growth = memoryOf(daemon) - before;
    qInfo("1 GB printed: %lld kB kept, memory grew by %lld MB; %s",
          qint64(result["stdout"].text().size() / 1024), growth / mebibyte,
          qPrintable(result["note"].toQString()));
    QVERIFY(growth < 256 * mebibyte);
}

void BadInputTest::endsAnActionThatDoesNotWantTo()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    SG_VALUE(const QString id,
             begin(daemon, u"trap '' TERM INT HUP; while :; do sleep 1; done"_s, 1));

    QTRY_COMPARE_WITH_TIMEOUT(executionOf(daemon, id)["status"].toQStringOr({}), u"timeout"_s,
                              patience);
}

void BadInputTest::outlivesASensorThatFloodsAndPrintsGarbage()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.write(u"packs/wild/pack.yaml"_s,
                       "name: wild\ndescription: A wild sensor.\nversion: 1.0.0\n"
                       "author: Stormglass contributors\nemail: stormglass@example.org\n"));
    SG_OK(daemon.write(u"packs/wild/sensors/wild.yaml"_s,
                       "class_name: Wild\nentry_point: wild.py\ndescription: Floods.\n"
                       "trigger_types:\n  - name: event\n    payload_schema: {type: object}\n"));
    SG_OK(daemon.write(u"packs/wild/sensors/wild.py"_s, R"(
import os
import time
from st2reactor.sensor.base import Sensor


class Wild(Sensor):
    def setup(self):
        pass

    def run(self):
        for number in range(2000):
            os.write(1, b"\xff\xfe\x00 garbage {]\n" * 20)
            print("{\"event\": \"forged\"}" * 100)
            self.sensor_service.dispatch(trigger="wild.event", payload={"number": number})
        self.sensor_service.dispatch(trigger="wild.unknown", payload={})
        while True:
            time.sleep(60)

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
)"));
    SG_OK(daemon.write(u"packs/wild/rules/any.yaml"_s,
                       "name: any\npack: wild\nenabled: true\ntrigger: {type: wild.event}\n"
                       "action: {ref: core.noop}\n"));
    SG_OK(daemon.start());

    const auto seen = [&] {
        return daemon.count(triggerInstances,
                            {{u"trigger_type"_s, u"wild.event"_s}, {u"status"_s, u"processed"_s}});
    };
    QTRY_COMPARE_WITH_TIMEOUT(seen(), 2000, patience);
    QTRY_COMPARE_WITH_TIMEOUT(
        daemon.count(executions, {{u"rule"_s, u"wild.any"_s}, {u"status"_s, u"succeeded"_s}}), 2000,
        patience);
    QVERIFY(daemon.terminate());
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "tst_bad_input.moc"
