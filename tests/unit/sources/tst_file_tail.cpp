#include "engine/sources/file_tail.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace stormglass;
using namespace Qt::StringLiterals;

namespace {

// A folder with a log, and a tail of it.
struct Bench
{
    QTemporaryDir folder;
    QString path = folder.filePath(u"a.log"_s);
    FileTail tail{path};

    void append(const QByteArray &text, const QString &name = u"a.log"_s)
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    }

    void rewrite(const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    void rename(const char *from, const char *to)
    {
        QVERIFY(QFile::rename(folder.filePath(QString::fromLatin1(from)),
                              folder.filePath(QString::fromLatin1(to))));
    }

    QByteArrayList lines()
    {
        QByteArrayList lines;
        for (bool isMore = true; isMore;) {
            const FileTail::Batch batch = tail.read(1'000);
            for (const FileTail::Line &line : batch.lines)
                lines.append(line.bytes);
            isMore = batch.isMore;
        }
        return lines;
    }

    // As after a restart.
    void reopenAt(const FilePosition &position)
    {
        tail = FileTail(path);
        tail.beginAt(*FilePosition::fromText(position.text()));
    }
};

} // namespace

class TestFileTail : public QObject
{
    Q_OBJECT

private slots:
    void beginsAfterWhatIsThere();
    void readsAFileThatComesLaterFromItsStart();
    void holdsALineUntilItEnds();
    void readsNoMoreLinesThanAsked();
    void cutsALineWithoutEnd();
    void goesOnWhereItWas();
    void readsARotatedFileToItsEnd();
    void waitsWithTheOldFileUntilTheNewOneIsUsed();
    void startsOverInATruncatedFile();
    void noticesAFileEmptiedAndFilledAgain();
    void noticesTheSameWhileDown();
    void findsTheRotatedFileAfterARestart();
    void readsTheNewFileIfTheOldOneIsGone();
    void survivesRemovalAndReturn();
    void refusesWhatIsNoRegularFile();
    void refusesPositionsThatAreNone_data();
    void refusesPositionsThatAreNone();
};

void TestFileTail::beginsAfterWhatIsThere()
{
    Bench bench;
    bench.append("old\n");
    bench.tail.beginAtEnd();
    bench.append("new\nnewer\n");
    QCOMPARE(bench.lines(), (QByteArrayList{"new", "newer"}));
    QCOMPARE(bench.lines(), QByteArrayList());
}

void TestFileTail::readsAFileThatComesLaterFromItsStart()
{
    Bench bench;
    bench.tail.beginAtEnd();
    QCOMPARE(bench.lines(), QByteArrayList());
    QVERIFY(bench.tail.fault().isEmpty());
    bench.append("first\n");
    QCOMPARE(bench.lines(), QByteArrayList{"first"});
}

void TestFileTail::holdsALineUntilItEnds()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    bench.append("half");
    QCOMPARE(bench.lines(), QByteArrayList());
    bench.append(" and half\n\nlast");
    QCOMPARE(bench.lines(), (QByteArrayList{"half and half", ""}));
    QCOMPARE(bench.tail.behind(), 4);
}

void TestFileTail::readsNoMoreLinesThanAsked()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    bench.append("1\n2\n3\n");
    FileTail::Batch batch = bench.tail.read(2);
    QCOMPARE(batch.lines.size(), std::size_t(2));
    QVERIFY(batch.isMore);
    batch = bench.tail.read(2);
    QCOMPARE(batch.lines.size(), std::size_t(1));
    QVERIFY(!batch.isMore);
}

void TestFileTail::cutsALineWithoutEnd()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    const QByteArray endless(5'000'000, 'x');
    bench.append(endless);
    QCOMPARE(bench.lines(), QByteArrayList());
    bench.append("\nnext\n");
    std::vector<FileTail::Line> lines;
    for (const FileTail::Line &line : bench.tail.read(10).lines)
        lines.push_back(line);
    QCOMPARE(lines.size(), std::size_t(2));
    QCOMPARE(lines[0].bytes.size(), FileTail::lineLimit);
    QCOMPARE(lines[0].length, std::int64_t(endless.size()));
    QCOMPARE(lines[1].next.offset, std::int64_t(endless.size() + 6));
}

void TestFileTail::goesOnWhereItWas()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    bench.append("1\n2\n3\npart");
    const FilePosition second = bench.tail.read(10).lines[1].next;
    bench.append("ial\n4\n");
    bench.reopenAt(second);
    QCOMPARE(bench.lines(), (QByteArrayList{"3", "partial", "4"}));
}

void TestFileTail::readsARotatedFileToItsEnd()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    bench.append("1\n");
    QCOMPARE(bench.lines(), QByteArrayList{"1"});
    bench.append("2\nwithout end");
    bench.rename("a.log", "a.log.1");
    bench.append("3\n");
    QCOMPARE(bench.lines(), (QByteArrayList{"2", "without end", "3"}));
}

void TestFileTail::waitsWithTheOldFileUntilTheNewOneIsUsed()
{
    Bench bench;
    bench.append("");
    bench.tail.beginAtEnd();
    bench.rename("a.log", "a.log.1");
    bench.append("late\n", u"a.log.1"_s);
    QCOMPARE(bench.lines(), QByteArrayList{"late"});
    bench.append("");
    bench.append("later\n", u"a.log.1"_s);
    QCOMPARE(bench.lines(), QByteArrayList{"later"});
    bench.append("new\n");
    QCOMPARE(bench.lines(), QByteArrayList{"new"});
}

void TestFileTail::startsOverInATruncatedFile()
{
    Bench bench;
    bench.append("a long line of before\n");
    bench.tail.beginAtEnd();
    bench.append("without end");
    QCOMPARE(bench.lines(), QByteArrayList());
    bench.rewrite("short\n");
    QCOMPARE(bench.lines(), (QByteArrayList{"without end", "short"}));
}

void TestFileTail::noticesAFileEmptiedAndFilledAgain()
{
    Bench bench;
    bench.append("1\n2\n");
    bench.tail.beginAtEnd();
    QCOMPARE(bench.lines(), QByteArrayList());
    bench.rewrite("one\ntwo\nthree\n");
    QCOMPARE(bench.lines(), (QByteArrayList{"one", "two", "three"}));
}

void TestFileTail::noticesTheSameWhileDown()
{
    Bench bench;
    bench.append("1\n2\n");
    bench.tail.beginAtEnd();
    const FilePosition position = bench.tail.position();
    bench.rewrite("one\ntwo\nthree\n");
    bench.reopenAt(position);
    QCOMPARE(bench.lines(), (QByteArrayList{"one", "two", "three"}));
}

void TestFileTail::findsTheRotatedFileAfterARestart()
{
    Bench bench;
    bench.append("1\n");
    bench.tail.beginAtEnd();
    const FilePosition position = bench.tail.position();
    bench.append("2\n");
    bench.rename("a.log", "a.log.1");
    bench.append("3\n");
    bench.reopenAt(position);
    QCOMPARE(bench.lines(), (QByteArrayList{"2", "3"}));
}

void TestFileTail::readsTheNewFileIfTheOldOneIsGone()
{
    Bench bench;
    bench.append("1\n");
    bench.tail.beginAtEnd();
    const FilePosition position = bench.tail.position();
    bench.append("2\n");
    bench.append("3\n", u"b.log"_s);
    QFile::remove(bench.path);
    bench.rename("b.log", "a.log");
    bench.reopenAt(position);
    QCOMPARE(bench.lines(), QByteArrayList{"3"});
}

void TestFileTail::survivesRemovalAndReturn()
{
    Bench bench;
    bench.append("1\n");
    bench.tail.beginAtEnd();
    QFile::remove(bench.path);
    QCOMPARE(bench.lines(), QByteArrayList());
    bench.append("2\n");
    QCOMPARE(bench.lines(), QByteArrayList{"2"});
}

void TestFileTail::refusesWhatIsNoRegularFile()
{
    Bench bench;
    mkfifo(QFile::encodeName(bench.path).constData(), 0600);
    bench.tail.beginAtEnd();
    QCOMPARE(bench.lines(), QByteArrayList());
    QVERIFY(bench.tail.fault().contains(u"not a regular file"_s));
    QFile::remove(bench.path);
    bench.append("now it is\n");
    QCOMPARE(bench.lines(), QByteArrayList{"now it is"});
    QVERIFY(bench.tail.fault().isEmpty());
}

void TestFileTail::refusesPositionsThatAreNone_data()
{
    QTest::addColumn<bool>("isOne");
    QTest::newRow("1 2 3 4 4 5") << true;
    QTest::newRow("1 0 0 0 0 0") << true;
    QTest::newRow("") << false;
    QTest::newRow("2 2 3 4 4 5") << false;
    QTest::newRow("1 2 3 4 5 5") << false;
    QTest::newRow("1 2 3 -4 0 5") << false;
    QTest::newRow("1 2 3 400 65 5") << false;
    QTest::newRow("1 2 3 4 x 5") << false;
    QTest::newRow("1 2 3 4 4 5 6") << false;
}

void TestFileTail::refusesPositionsThatAreNone()
{
    QFETCH(const bool, isOne);
    QCOMPARE(FilePosition::fromText(QString::fromLatin1(QTest::currentDataTag())).has_value(),
             isOne);
}

QTEST_APPLESS_MAIN(TestFileTail)
#include "tst_file_tail.moc"
