#include "engine/host/settings.h"

#include "tests/support/result_checks.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void theEnvironmentWinsOverTheFile();
    void namesAnUnknownSettingAndThoseThereAre();
    void saysWhichValueIsOutOfRange();
    void refusesToServeEverybodyWithoutACredential();
    void relativeContentPathsAreBelowTheDataFolder();
    void refusesAnEndThatIsNone();

private:
    void write(const QByteArray &text)
    {
        QFile file(m_folder.filePath(u"stormglass.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QTemporaryDir m_folder;
};

void TestSettings::theEnvironmentWinsOverTheFile()
{
    write("port: 9000\nrunner_slots: 3\npacks: [/a, /b]\n");
    QProcessEnvironment environment;
    environment.insert(u"STORMGLASS_PORT"_s, u"9001"_s);
    const Result<Settings> settings = readSettings(m_folder.path(), environment);
    QVERIFY2(settings, settings ? "" : qPrintable(settings.error().message));
    QCOMPARE(settings->port, quint16(9001));
    QCOMPARE(settings->runnerSlots, 3);
    QCOMPARE(settings->packFolders, (QStringList{u"/a"_s, u"/b"_s}));
}

void TestSettings::namesAnUnknownSettingAndThoseThereAre()
{
    write("prot: 9000\n");
    const Result<Settings> settings = readSettings(m_folder.path(), {});
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(u"there is no setting \"prot\""));
    QVERIFY(settings.error().message.contains(u"port"));
}

void TestSettings::saysWhichValueIsOutOfRange()
{
    write("port: 70000\n");
    const Result<Settings> settings = readSettings(m_folder.path(), {});
    QVERIFY(!settings);
    QVERIFY(settings.error().message.contains(u"port must be a whole number from 0 to 65535"));
}

void TestSettings::refusesToServeEverybodyWithoutACredential()
{
    Settings settings;
    settings.listenAddress = u"0.0.0.0"_s;
    QVERIFY(checkSettings(settings));
    settings.requireCredential = false;
    QVERIFY(!checkSettings(settings));
    settings.listenAddress = u"127.0.0.1"_s;
    QVERIFY(checkSettings(settings));
    settings.listenAddress = u"localhost"_s;
    QVERIFY(!checkSettings(settings));
}

void TestSettings::refusesAnEndThatIsNone()
{
    Settings settings;
    QVERIFY(checkSettings(settings));
    settings.actionTriggerWhen = {u"failed"_s, u"running"_s};
    const Result<> checked = checkSettings(settings);
    QVERIFY(!checked);
    QVERIFY(checked.error().message.contains(u"\"running\""));
}

void TestSettings::relativeContentPathsAreBelowTheDataFolder()
{
    Settings settings;
    settings.dataFolder = u"/data"_s;
    QCOMPARE(settings.contentPath(u"welcome/hello.log"_s), u"/data/welcome/hello.log"_s);
    QCOMPARE(settings.contentPath(u"/var/log/x"_s), u"/var/log/x"_s);
}

QTEST_APPLESS_MAIN(TestSettings)
#include "tst_settings.moc"
