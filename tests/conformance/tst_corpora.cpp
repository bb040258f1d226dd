#include "engine/base/yaml.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace stormglass;

// Runs stormglass-conformance over every corpus whose kind it knows. known_gaps.yaml says how many
// cases of each may still fail; that number only goes down.
class TestCorpora : public QObject
{
    Q_OBJECT

private slots:
    void replaysEveryKnownKind_data();
    void replaysEveryKnownKind();
    void refusesACorpusOfAnUnknownKind();

private:
    struct Run
    {
        int exitCode = -1;
        QString output;
    };
    static Run run(const QStringList &arguments);
    static int allowedFailures(const QString &corpus);
};

TestCorpora::Run TestCorpora::run(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(SG_CONFORMANCE), arguments);
    if (!process.waitForFinished(600'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

int TestCorpora::allowedFailures(const QString &corpus)
{
    QFile file(QStringLiteral(SG_SOURCE_DIR "/tests/conformance/known_gaps.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const Result<Value> gaps = readYaml(file.readAll().toStdString());
    return gaps ? static_cast<int>((*gaps)[corpus.toStdString()]["failed"].toIntOr(0)) : 0;
}

void TestCorpora::replaysEveryKnownKind_data()
{
    QTest::addColumn<QString>("corpus");
    const QStringList kinds
        = run({QStringLiteral("--kinds")}).output.split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(!kinds.isEmpty());
    for (const QString &kind : kinds)
        QTest::newRow(qPrintable(kind)) << kind;
}

void TestCorpora::replaysEveryKnownKind()
{
    QFETCH(const QString, corpus);
    const QString given = qEnvironmentVariable("STORMGLASS_CORPORA");
    const QDir folder(given.isEmpty() ? QStringLiteral(SG_SOURCE_DIR "/../shared/conformance")
                                      : given);
    const QString path = folder.filePath(corpus + QStringLiteral(".jsonl"));
    if (!QFile::exists(path))
        QSKIP("no such corpus beside the checkout; STORMGLASS_CORPORA may name its folder");
    const QString output = run({QStringLiteral("--failures"), path}).output;
    const QRegularExpression last(QStringLiteral("(\\d+) passed, (\\d+) failed[^\\n]*\\n$"));
    const QRegularExpressionMatch match = last.match(output);
    QVERIFY2(match.hasMatch(), qPrintable(output));
    QVERIFY2(match.captured(2).toInt() <= allowedFailures(corpus), qPrintable(output));
    QVERIFY(match.captured(1).toInt() > 0);
}

void TestCorpora::refusesACorpusOfAnUnknownKind()
{
    QCOMPARE(run({QStringLiteral("nonsense.jsonl")}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCorpora)
#include "tst_corpora.moc"
