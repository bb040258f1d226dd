#include "tests/scenarios/scenario_runner.h"

#include "engine/base/thread_name.h"
#include "engine/base/yaml.h"
#include "tests/support/result_checks.h"

#include <QDir>
#include <QFile>

using namespace stormglass;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(stormglass::ScenarioSite::Kind)

// Every scenario file of this folder, through every door.
class ScenariosTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { nameThisThread(ThreadName::Main); }
    void plays_data();
    void plays();
};

void ScenariosTest::plays_data()
{
    using Kind = ScenarioSite::Kind;
    QTest::addColumn<QString>("path");
    QTest::addColumn<Kind>("kind");
    const QDir folder(QStringLiteral(SG_SOURCE_DIR) + u"/tests/scenarios"_s);
    for (const QFileInfo &file : folder.entryInfoList({u"*.yaml"_s}, QDir::Files, QDir::Name)) {
        const QByteArray name = file.completeBaseName().toUtf8();
        QTest::newRow((name + ".local").constData()) << file.filePath() << Kind::Local;
        QTest::newRow((name + ".http").constData()) << file.filePath() << Kind::Http;
        QTest::newRow((name + ".tiny").constData()) << file.filePath() << Kind::Tiny;
    }
}

void ScenariosTest::plays()
{
    QFETCH(const QString, path);
    QFETCH(const ScenarioSite::Kind, kind);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    SG_VALUE(const Value scenario, readYaml(file.readAll().toStdString()));

    // What needs the engine's API served says so: `only: [http]`.
    static const QStringList names{u"local"_s, u"http"_s, u"tiny"_s};
    const ValueList &only = scenario["only"].itemsOrNone();
    const Value name(names[static_cast<int>(kind)]);
    if (!only.empty() && std::find(only.begin(), only.end(), name) == only.end())
        QSKIP("It needs another kind of site.");

    ScenarioRunner runner(kind);
    SG_OK(runner.play(scenario));
}

QTEST_GUILESS_MAIN(ScenariosTest)
#include "tst_scenarios.moc"
