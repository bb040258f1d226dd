#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

class TestDaemonLinks : public QObject
{
    Q_OBJECT

private slots:
    void theDaemonLinksNoGuiLibrary();
};

void TestDaemonLinks::theDaemonLinksNoGuiLibrary()
{
    QProcess ldd;
    ldd.start(u"ldd"_s, {QStringLiteral(SG_DAEMON)});
    QVERIFY(ldd.waitForFinished());
    const QString libraries = QString::fromUtf8(ldd.readAllStandardOutput());
    QVERIFY(libraries.contains(u"libQt6Core"_s));
    for (const QString &name : {u"Qt6Gui"_s, u"Qt6Widgets"_s, u"Qt6Quick"_s, u"Qt6Qml"_s, u"libX11"_s, u"libxcb"_s})
        QVERIFY2(!libraries.contains(name), qPrintable(name));
}

QTEST_APPLESS_MAIN(TestDaemonLinks)
#include "tst_daemon_links.moc"
