#include "engine/sources/file_watch_source.h"
#include "engine/sources/inotify.h"
#include "tests/unit/sources/fake_alarms.h"
#include "tests/unit/sources/stub_event_sink.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace stormglass;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct StubPositions final : SourcePositions
{
    void keep(const QString &source, const QString &cursor) override { kept[source] = cursor; }
    void forget(const QString &source) override { kept.remove(source); }
    QHash<QString, QString> kept;
};

// Tells nothing, as a network's file system does.
struct NoNotices final : FileNotices
{
    NoticeId watch(const QString &, std::function<void()>) override { return ++last; }
    void unwatch(NoticeId) override {}
    NoticeId last = 0;
};

FileWatchSpec watchOf(const QString &path)
{
    FileWatchSpec spec;
    spec.trigger.id = Id(std::array<std::uint8_t, 12>{1});
    spec.trigger.ref = Ref::fromText(u"linux.some-uuid"_s);
    spec.trigger.type = Ref::fromText(u"linux.file_watch.line"_s);
    spec.trigger.parameters = Value::map({{"file_path", path}});
    return spec;
}

struct Bench
{
    QTemporaryDir folder;
    FakeClock clock;
    FakeAlarms alarms{clock};
    StubEventSink sink;
    StubPositions positions;
    NoNotices notices;
    std::unique_ptr<FileWatchSource> source;

    Bench() { restart(); }

    void restart()
    {
        source.reset();
        source = std::make_unique<FileWatchSource>(
            FileWatchSource::Surroundings{clock, alarms, sink, positions, notices}, folder.path());
    }

    FileWatchSpec watch() const
    {
        FileWatchSpec spec = watchOf(u"a.log"_s);
        spec.cursor = positions.kept.value(fileWatchSource(spec.trigger.id));
        return spec;
    }

    void append(const QByteArray &text)
    {
        QFile file(folder.filePath(u"a.log"_s));
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    }

    // What is stored keeps its cursor with it.
    void storeAll()
    {
        sink.storeAll();
        if (!sink.puts.empty())
            positions.kept[sink.puts.back().event.source] = sink.puts.back().event.cursor;
    }

    QStringList lines() const
    {
        QStringList lines;
        for (const auto &put : sink.puts)
            lines.append(put.event.payload["line"].toQString());
        return lines;
    }
};

} // namespace

class TestFileWatchSource : public QObject
{
    Q_OBJECT

private slots:
    void raisesThePayloadPacksExpect();
    void makesGarbageValidText();
    void marksALineThatWasCut();
    void losesNoneOfManyLines();
    void readsNoFasterThanEventsAreStored();
    void goesOnAfterARestartWithoutLossOrRepeat();
    void missesNoLineBeforeTheFirstEvent();
    void leavesAnUnchangedWatchAlone();
    void forgetsThePlaceWithTheTrigger();
    void showsHowItStands();
    void isWokenByNotices();
};

void TestFileWatchSource::raisesThePayloadPacksExpect()
{
    Bench bench;
    bench.append("before\n");
    bench.source->set(bench.watch());
    bench.append("after\r\n");
    bench.alarms.advance(1s);

    QCOMPARE(bench.sink.puts.size(), std::size_t(1));
    const Event &event = bench.sink.puts[0].event;
    QCOMPARE(event.trigger.text(), u"linux.some-uuid"_s);
    QCOMPARE(event.payload,
             Value::map({{"file_path", bench.folder.filePath(u"a.log"_s)},
                         {"file_name", "a.log"},
                         {"line", "after"}}));
    QVERIFY(!event.cursor.isEmpty());
}

void TestFileWatchSource::makesGarbageValidText()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    bench.append(QByteArray("a\xff\xc3(\0b\n", 7));
    bench.alarms.advance(1s);
    QCOMPARE(bench.lines(), QStringList{u"a\uFFFD\uFFFD(\uFFFDb"_s});
}

void TestFileWatchSource::marksALineThatWasCut()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    bench.append(QByteArray(100'000, 'x') + '\n');
    bench.alarms.advance(1s);
    QCOMPARE(bench.lines().size(), 1);
    QVERIFY(bench.lines()[0].endsWith(u"x … [line of 100000 bytes cut]"_s));
    QVERIFY(bench.lines()[0].size() < 66'000);
}

void TestFileWatchSource::losesNoneOfManyLines()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    QByteArray text;
    for (int i = 0; i < 1'000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    bench.append(text);
    bench.alarms.advance(1s);
    bench.storeAll();
    QStringList lines = bench.lines();
    QCOMPARE(lines.size(), 1'000);
    QCOMPARE(lines.last(), u"line 999"_s);
    QCOMPARE(lines.removeDuplicates(), 0);
}

void TestFileWatchSource::readsNoFasterThanEventsAreStored()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    bench.append(QByteArray("x\n").repeated(10'000));
    bench.alarms.advance(10s);
    QCOMPARE(bench.sink.puts.size(), std::size_t(2'000));
    QCOMPARE(bench.source->states()[0].pending, 2'000);
    QVERIFY(bench.source->states()[0].bytesBehind >= 16'000 - 2 * 64 * 1024 / 2);
    while (bench.sink.answered < bench.sink.puts.size()) {
        bench.storeAll();
        bench.alarms.advance(1ms);
    }
    QCOMPARE(bench.sink.puts.size(), std::size_t(10'000));
}

void TestFileWatchSource::goesOnAfterARestartWithoutLossOrRepeat()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    bench.append("1\n2\n");
    bench.alarms.advance(1s);
    bench.storeAll();
    bench.append("3\n4\n");
    bench.alarms.advance(1s);
    // These two were on their way and never stored.
    QCOMPARE(bench.lines(), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s}));

    bench.restart();
    bench.append("5\n");
    bench.sink.puts.clear();
    bench.source->set(bench.watch());
    bench.alarms.advance(1s);

    QCOMPARE(bench.lines(), (QStringList{u"3"_s, u"4"_s, u"5"_s}));
}

void TestFileWatchSource::missesNoLineBeforeTheFirstEvent()
{
    Bench bench;
    bench.source->set(bench.watch());
    bench.restart();
    bench.append("while it was down\n");
    bench.source->set(bench.watch());
    bench.alarms.advance(1s);
    QCOMPARE(bench.lines(), QStringList{u"while it was down"_s});
}

void TestFileWatchSource::leavesAnUnchangedWatchAlone()
{
    Bench bench;
    bench.append("");
    bench.source->set(bench.watch());
    bench.append("half ");
    bench.alarms.advance(1s);
    bench.source->set(watchOf(u"a.log"_s));
    bench.append("done\n");
    bench.alarms.advance(1s);
    QCOMPARE(bench.lines(), QStringList{u"half done"_s});
}

void TestFileWatchSource::forgetsThePlaceWithTheTrigger()
{
    Bench bench;
    bench.append("");
    const FileWatchSpec spec = bench.watch();
    bench.source->set(spec);
    QCOMPARE(bench.positions.kept.size(), 1);
    bench.source->remove(spec.trigger.id);
    QVERIFY(bench.positions.kept.isEmpty());
    QCOMPARE(bench.alarms.count(), std::size_t(0));
    QVERIFY(bench.source->states().empty());
}

void TestFileWatchSource::showsHowItStands()
{
    Bench bench;
    bench.source->set(bench.watch());
    QCOMPARE(bench.source->states()[0].kind, FileWatchState::Kind::Waiting);
    bench.append("1\n2\n");
    bench.alarms.advance(1s);
    QCOMPARE(bench.source->states()[0].kind, FileWatchState::Kind::Following);
    bench.sink.failAll(ErrorCode::NotFound);
    QCOMPARE(bench.source->states()[0].lines, 2);
    QCOMPARE(bench.source->states()[0].refused, 2);
    QCOMPARE(bench.source->states()[0].pending, 0);
    QVERIFY(bench.source->states()[0].lastLine);

    bench.restart();
    bench.source->set(watchOf(u"."_s));
    QCOMPARE(bench.source->states()[0].kind, FileWatchState::Kind::Failed);
}

void TestFileWatchSource::isWokenByNotices()
{
    QTemporaryDir folder;
    Reactor reactor;
    SystemClock clock;
    ReactorAlarms alarms(reactor);
    StubPositions positions;
    Inotify notices(reactor);
    const QString path = folder.filePath(u"b.log"_s);
    const auto append = [&](const QByteArray &text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    };
    // Goes on as events come, much faster than files are looked at without notice.
    struct Sink final : EventSink
    {
        void put(Event event, std::function<void(Result<Id>)>) override
        {
            next(event.payload["line"].toQString());
        }
        std::function<void(QString)> next;
    } sink;
    QStringList lines;
    sink.next = [&](const QString &line) {
        lines.append(line);
        if (line == "created"_L1) {
            append("appended\n");
        } else if (line == "appended"_L1) {
            QVERIFY(QFile::rename(path, path + u".1"_s));
            append("rotated\n");
        } else {
            reactor.stop();
        }
    };
    FileWatchSource source({clock, alarms, sink, positions, notices}, {});
    source.set(watchOf(path));
    const Instant begin = clock.instant();
    reactor.after(1ms, [&] { append("created\n"); });
    reactor.after(10s, [&] { reactor.stop(); });

    reactor.run();

    QCOMPARE(lines, (QStringList{u"created"_s, u"appended"_s, u"rotated"_s}));
    QVERIFY2(clock.instant() - begin < 900ms, "only the looks without notice found it");
}

QTEST_APPLESS_MAIN(TestFileWatchSource)
#include "tst_file_watch_source.moc"
