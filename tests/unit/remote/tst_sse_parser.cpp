#include "engine/remote/back_off.h"
#include "engine/remote/sse_parser.h"

#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;

namespace {

QByteArray eventsOf(SseParser &parser, const QByteArray &bytes, qsizetype pieceSize)
{
    QByteArray events;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        for (const ServerSentEvent &event :
             parser.feed(bytes.sliced(at, std::min(pieceSize, bytes.size() - at))))
            events.append('[' + event.name + '|' + event.data + '|' + event.id + ']');
    }
    return events;
}

} // namespace

class TestSseParser : public QObject
{
    Q_OBJECT

private slots:
    void readsEvents_data();
    void readsEvents();
    void stopsAtAnEventTooLarge();
    void waitsLongerEachTime();
};

void TestSseParser::readsEvents_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &events) {
        QTest::newRow(name) << bytes << events;
    };
    row("one", "event: a\ndata: {}\n\n", "[a|{}|]");
    row("a first sign of life", "\n\nevent: a\ndata: 1\n\n\n", "[a|1|]");
    row("ids stay", "id: 1\nevent: a\ndata: x\n\nevent: b\ndata: y\n\n", "[a|x|1][b|y|1]");
    row("an id of nothing", "id: 1\ndata: x\n\nid\ndata: y\n\n", "[|x|1][|y|]");
    row("an id with a NUL", QByteArray("id: a\0b\ndata: x\n\n", 17), "[|x|]");
    row("carriage returns", "event: a\rdata: x\r\revent: b\r\ndata: y\r\n\r\n", "[a|x|][b|y|]");
    row("several lines", "data: a\ndata:b\ndata\n\n", "[|a\nb\n|]");
    row("comments", ": hello\n:\ndata: x\n\n", "[|x|]");
    row("no data", "event: a\n\ndata: x\n\n", "[|x|]");
    row("no end", "event: a\ndata: x\n", "");
    row("a mark of byte order",
        "\xef\xbb\xbf"
        "data: x\n\n",
        "[|x|]");
    row("other fields", "retry: 1000\nfoo: bar\ndata: x\n\n", "[|x|]");
    row("one space goes", "data:  x\n\n", "[| x|]");
    row("the end of output", "event: EOF\ndata: ''\n\n", "[EOF|''|]");
}

void TestSseParser::readsEvents()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, events);
    for (qsizetype pieceSize = 1; pieceSize <= bytes.size(); ++pieceSize) {
        SseParser parser(1000);
        QCOMPARE(eventsOf(parser, bytes, pieceSize), events);
        QVERIFY(!parser.hasOverflowed());
    }
}

void TestSseParser::stopsAtAnEventTooLarge()
{
    SseParser longLine(100);
    QVERIFY(eventsOf(longLine, "data: " + QByteArray(200, 'x') + "\n\n", 50).isEmpty());
    QVERIFY(longLine.hasOverflowed());
    SseParser manyLines(100);
    QVERIFY(eventsOf(manyLines, QByteArray("data: xxxxxxxxxx\n").repeated(20), 50).isEmpty());
    QVERIFY(manyLines.hasOverflowed());
    QVERIFY(eventsOf(manyLines, "\n\ndata: x\n\n", 50).isEmpty());
}

void TestSseParser::waitsLongerEachTime()
{
    BackOff backOff(100ms, 1s);
    for (const auto least : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        const auto next = backOff.next();
        QVERIFY(next >= least);
        QVERIFY(next <= least * 5 / 4);
    }
    backOff.reset();
    QVERIFY(backOff.next() <= 125ms);
}

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sse_parser.moc"
