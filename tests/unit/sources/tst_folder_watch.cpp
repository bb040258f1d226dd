#include "engine/sources/folder_watch.h"

#include "engine/base/thread_name.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A watch on the real system, whose loop runs until it has told something.
struct Bench
{
    QTemporaryDir folder;
    Reactor reactor;
    ReactorAlarms alarms{reactor};
    QList<QStringList> told;
    FolderWatch watch{reactor, alarms, [this](const QStringList &words) {
                          told << words;
                          told.last().sort();
                          reactor.stop();
                      }};

    Bench()
    {
        nameThisThread(ThreadName::Io);
        QDir(folder.path()).mkpath(u"a"_s);
        QDir(folder.path()).mkpath(u"b"_s);
    }
    QString path(const char *name) const { return folder.filePath(QLatin1String(name)); }
    void watchBoth()
    {
        watch.setFolders({{path("a"), u"first"_s}, {path("b"), u"second"_s}});
        runUntilTold();
        told.clear();
    }
    void runUntilTold(std::chrono::milliseconds longest = 10s)
    {
        const Reactor::TimerId limit = reactor.after(longest, [this] { reactor.stop(); });
        reactor.run();
        reactor.cancelTimer(limit);
    }
    void write(const char *name, const QByteArray &text = "x") const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
        file.write(text);
    }
};

const QList<QStringList> first{{u"first"_s}};

} // namespace

class TestFolderWatch : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { nameThisThread(ThreadName::None); }
    void tellsOfFoldersThatAreNew();
    void tellsWhatComesChangesAndGoes();
    void tellsManyChangesOnce();
    void isSilentOfFoldersThatWereLetGo();
    void watchesAnotherFolderOfTheSameName();
    void looksPastFoldersThatAreNotThere();
};

void TestFolderWatch::tellsOfFoldersThatAreNew()
{
    Bench b;
    b.watch.setFolders({{b.path("a"), u"first"_s}, {b.path("b"), u"second"_s}});
    b.runUntilTold();
    QCOMPARE(b.told, (QList<QStringList>{{u"first"_s, u"second"_s}}));
    // The same again is no news.
    b.told.clear();
    b.watch.setFolders({{b.path("a"), u"first"_s}, {b.path("b"), u"second"_s}});
    b.runUntilTold(600ms);
    QVERIFY(b.told.isEmpty());
}

void TestFolderWatch::tellsWhatComesChangesAndGoes()
{
    Bench b;
    b.watchBoth();
    b.write("a/x.yaml");
    b.runUntilTold();
    QCOMPARE(std::exchange(b.told, {}), first);
    b.write("a/x.yaml", "more");
    b.runUntilTold();
    QCOMPARE(std::exchange(b.told, {}), first);
    QVERIFY(QFile::rename(b.path("a/x.yaml"), b.path("a/y.yaml")));
    b.runUntilTold();
    QCOMPARE(std::exchange(b.told, {}), first);
    QVERIFY(QFile::remove(b.path("a/y.yaml")));
    b.runUntilTold();
    QCOMPARE(b.told, first);
}

void TestFolderWatch::tellsManyChangesOnce()
{
    Bench b;
    b.watchBoth();
    for (int i = 0; i < 50; ++i)
        b.write("a/x.yaml");
    b.write("b/x.yaml");
    b.runUntilTold();
    QCOMPARE(b.told, (QList<QStringList>{{u"first"_s, u"second"_s}}));
}

void TestFolderWatch::isSilentOfFoldersThatWereLetGo()
{
    Bench b;
    b.watchBoth();
    b.watch.setFolders({{b.path("a"), u"first"_s}});
    b.write("b/x.yaml");
    b.write("a/x.yaml");
    b.runUntilTold();
    QCOMPARE(b.told, first);
}

void TestFolderWatch::watchesAnotherFolderOfTheSameName()
{
    Bench b;
    b.watchBoth();
    QDir(b.folder.path()).rename(u"a"_s, u"old"_s);
    QDir(b.folder.path()).mkpath(u"a"_s);
    b.watch.setFolders({{b.path("a"), u"first"_s}, {b.path("b"), u"second"_s}});
    b.runUntilTold();
    QCOMPARE(std::exchange(b.told, {}), first);
    b.write("a/x.yaml");
    b.runUntilTold();
    QCOMPARE(b.told, first);
}

void TestFolderWatch::looksPastFoldersThatAreNotThere()
{
    Bench b;
    QVERIFY(b.watch.isWatching());
    b.watch.setFolders({{b.path("nowhere"), u"none"_s}, {b.path("a"), u"first"_s}});
    b.runUntilTold();
    QCOMPARE(b.told, first);
}

QTEST_APPLESS_MAIN(TestFolderWatch)
#include "tst_folder_watch.moc"
