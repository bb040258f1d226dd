#include "tests/scenarios/scenario_daemon.h"

#include "engine/base/thread_name.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <map>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

const QString triggerInstances = u"/api/v1/triggerinstances"_s;
const QString executions = u"/api/v1/executions"_s;
using Query = std::vector<std::pair<QString, QString>>;
const Query ofLines{{u"trigger_type"_s, u"linux.file_watch.line"_s}};
const Query ofRule{{u"rule"_s, u"load.errors"_s}};

bool hasOpen(qint64 process, const QString &file)
{
    const QDir descriptors(u"/proc/%1/fd"_s.arg(process));
    const QStringList all = descriptors.entryList(QDir::Files | QDir::System);
    return std::any_of(all.begin(), all.end(), [&](const QString &each) {
        return QFile::symLinkTarget(descriptors.filePath(each)) == file;
    });
}

QByteArray lines(int from, int to)
{
    QByteArray text;
    for (int i = from; i < to; ++i)
        text += (i % 2 == 0 ? "ERROR-" : "fine-") + QByteArray::number(i) + '\n';
    return text;
}

// One whose parent is gone may stay as a zombie where nobody collects them.
bool hasEnded(const QString &process)
{
    QFile status(u"/proc/%1/stat"_s.arg(process));
    return !status.open(QIODevice::ReadOnly) || status.readAll().contains(") Z ");
}

Query withLimit(Query query)
{
    query.emplace_back(u"limit"_s, u"5000"_s);
    return query;
}

} // namespace

// The real program, a real file and real processes, with the program killed in between.
class RestartTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void losesNoLineOfAThousand();
    void losesAndRepeatsNothingWhenKilled();
    void abandonsWhatRanWhenItWasKilled();
    void stopsInOrder();

private:
    static Result<> layOut(const ScenarioDaemon &daemon);
    static Result<> begin(ScenarioDaemon &daemon);
    static void waitForAll(ScenarioDaemon &daemon, int count);
    static void checkAll(ScenarioDaemon &daemon, int count, int mayBeAbandoned);
    static void checkRuns(ScenarioDaemon &daemon, int count, int mayBeAbandoned);
};

Result<> RestartTest::layOut(const ScenarioDaemon &daemon)
{
    SG_TRY(daemon.write(u"packs/load/pack.yaml"_s,
                        "name: load\ndescription: Many lines.\nversion: 1.0.0\n"
                        "author: Stormglass contributors\nemail: stormglass@example.org\n"));
    SG_TRY(daemon.write(u"load.log"_s, {}));
    return daemon.write(u"packs/load/rules/errors.yaml"_s,
                        "name: errors\npack: load\nenabled: true\n"
                        "trigger:\n  type: linux.file_watch.line\n"
                        "  parameters: {file_path: load.log}\n"
                        "criteria:\n  trigger.line: {type: contains, pattern: ERROR}\n"
                        "action:\n  ref: core.local\n  parameters:\n    cmd: echo {{ trigger.line "
                        "}} >> "
                            + daemon.path(u"ran"_s).toUtf8() + '\n');
}

// Only what comes after the rule was registered is watched for; one line that is seen shows it.
Result<> RestartTest::begin(ScenarioDaemon &daemon)
{
    SG_TRY(layOut(daemon));
    SG_TRY(daemon.start());
    const QString log = QFileInfo(daemon.path(u"load.log"_s)).canonicalFilePath();
    if (!QTest::qWaitFor([&] { return hasOpen(daemon.processId(), log); }, patience))
        return failure(ErrorCode::Timeout, u"The file is not opened."_s);
    SG_TRY(daemon.write(u"load.log"_s, lines(0, 1), QIODevice::Append));
    if (!QTest::qWaitFor([&] { return daemon.count(triggerInstances, ofLines) == 1; }, patience))
        return failure(ErrorCode::Timeout, u"The file is not watched."_s);
    return {};
}

void RestartTest::waitForAll(ScenarioDaemon &daemon, int count)
{
    Query processed = ofLines;
    processed.emplace_back(u"status"_s, u"processed"_s);
    QTRY_COMPARE_WITH_TIMEOUT(daemon.count(triggerInstances, processed), count, patience);
    QTRY_COMPARE_WITH_TIMEOUT(daemon.count(executions, ofRule), count / 2, patience);
    for (const QString &status : {u"requested"_s, u"scheduled"_s, u"running"_s}) {
        Query open = ofRule;
        open.emplace_back(u"status"_s, status);
        QTRY_COMPARE_WITH_TIMEOUT(daemon.count(executions, open), 0, patience);
    }
}

void RestartTest::checkAll(ScenarioDaemon &daemon, int count, int mayBeAbandoned)
{
    waitForAll(daemon, count);
    if (QTest::currentTestFailed())
        return;
    SG_VALUE(const Value events, daemon.get(triggerInstances, withLimit(ofLines)));
    QCOMPARE(events.items().size(), std::size_t(count));
    QSet<QString> seen;
    for (const Value &event : events.items()) {
        const QString line = event["payload"]["line"].toQString();
        seen << line;
        QCOMPARE(event["matched"].toInt(), line.startsWith(u"ERROR"_s) ? 1 : 0);
    }
    QCOMPARE(seen.size(), count);
    checkRuns(daemon, count, mayBeAbandoned);
}

void RestartTest::checkRuns(ScenarioDaemon &daemon, int count, int mayBeAbandoned)
{
    SG_VALUE(const Value runs, daemon.get(executions, withLimit(ofRule)));
    QCOMPARE(runs.items().size(), std::size_t(count / 2));
    QSet<QString> causes;
    std::map<QString, int> statuses;
    for (const Value &run : runs.items()) {
        causes << run["context"]["trigger_instance"]["id"].toQStringOr({});
        ++statuses[run["status"].toQString()];
        if (run["status"] == Value("abandoned"))
            QVERIFY(run["result"]["error"].isText());
    }
    QCOMPARE(causes.size(), count / 2);
    QCOMPARE(statuses[u"succeeded"_s] + statuses[u"abandoned"_s], count / 2);
    QVERIFY2(statuses[u"abandoned"_s] <= mayBeAbandoned, "more than could run at once");
    const QStringList ran = daemon.linesOf(u"ran"_s);
    QCOMPARE(QSet<QString>(ran.begin(), ran.end()).size(), ran.size());
    QVERIFY(ran.size() >= statuses[u"succeeded"_s]);
    qInfo("%d events, %d executions succeeded, %d abandoned", count, statuses[u"succeeded"_s],
          statuses[u"abandoned"_s]);
}

void RestartTest::losesNoLineOfAThousand()
{
    ScenarioDaemon daemon;
    SG_OK(begin(daemon));
    SG_OK(daemon.write(u"load.log"_s, lines(1, 1000), QIODevice::Append));
    checkAll(daemon, 1000, 0);
    QVERIFY(daemon.terminate());
}

void RestartTest::losesAndRepeatsNothingWhenKilled()
{
    ScenarioDaemon daemon;
    SG_OK(begin(daemon));
    constexpr int rounds = 8;
    constexpr int step = 125;
    int written = 1;
    for (int round = 1; round <= rounds; ++round) {
        SG_OK(daemon.write(u"load.log"_s, lines(written, round * step), QIODevice::Append));
        // Each round further into the work: at once, at the first line seen, …, at the last run.
        const int wanted = (round - 1) * step + (round - 1) * step / rounds / 2;
        const QString what = round % 2 == 0 ? triggerInstances : executions;
        const int count = round % 2 == 0 ? wanted : wanted / 2;
        const Query &query = round % 2 == 0 ? ofLines : ofRule;
        QTRY_VERIFY_WITH_TIMEOUT(daemon.count(what, query) >= count, patience);
        written = round * step;
        daemon.kill();
        SG_OK(daemon.start());
    }
    checkAll(daemon, rounds * step, rounds * 16);
    QVERIFY(daemon.terminate());
}

void RestartTest::abandonsWhatRanWhenItWasKilled()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    Request request{Verb::Post, executions};
    const QString command = u"echo $$ >> %1; exec sleep 60"_s.arg(daemon.path(u"began"_s));
    request.body
        = Value::map({{"action", "core.local"}, {"parameters", Value::map({{"cmd", command}})}});
    SG_VALUE(const Response asked, daemon.call(request));
    const QString id = asked.body["id"].toQString();
    QTRY_COMPARE_WITH_TIMEOUT(daemon.linesOf(u"began"_s).size(), 1, patience);

    daemon.kill();
    SG_OK(daemon.start());

    Value run;
    QTRY_VERIFY_WITH_TIMEOUT((run = daemon.get(executions + u'/' + id).value_or(Value()),
                              run["status"] == Value("abandoned")),
                             patience);
    QVERIFY(!run["result"]["error"].toQStringOr({}).isEmpty());
    qInfo("reason: %s", qPrintable(run["result"]["error"].toQString()));
    QVERIFY(daemon.terminate());
    QCOMPARE(daemon.linesOf(u"began"_s).size(), 1);
    // Nothing that it had started goes on unseen.
    const QString process = daemon.linesOf(u"began"_s).front();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnded(process), patience);
}

void RestartTest::stopsInOrder()
{
    ScenarioDaemon daemon;
    SG_OK(daemon.start());
    Request request{Verb::Post, executions};
    request.body = Value::map(
        {{"action", "core.local"}, {"parameters", Value::map({{"cmd", "sleep 600"}})}});
    SG_VALUE(const Response asked, daemon.call(request));
    const QString path = executions + u'/' + asked.body["id"].toQString();
    QTRY_VERIFY_WITH_TIMEOUT(daemon.get(path).value_or(Value())["status"] == Value("running"),
                             patience);

    QVERIFY(daemon.terminate());
    SG_OK(daemon.start());

    // What ran was asked to end, and its end was kept.
    SG_VALUE(const Value run, daemon.get(path));
    QVERIFY2(run["end_timestamp"].isText(), qPrintable(run["status"].toQString()));
    qInfo("status: %s", qPrintable(run["status"].toQString()));
    QVERIFY(daemon.terminate());
}

QTEST_GUILESS_MAIN(RestartTest)
#include "tst_restart.moc"
