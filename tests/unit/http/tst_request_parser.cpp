#include "engine/http/request_parser.h"

#include <QTest>

using namespace stormglass;
using Progress = RequestParser::Progress;

namespace {

// Feeds in pieces of this size as a connection does, until the parser says something.
Progress feedInPieces(RequestParser &parser, std::string_view bytes, std::size_t size)
{
    const char *begin = bytes.data();
    std::size_t length = 0;
    while (true) {
        const RequestParser::Step step = parser.feed({begin, length});
        begin += step.consumed;
        length -= step.consumed;
        if (step.progress == Progress::HeadDone)
            parser.setBodyLimit(1000);
        if (step.progress == Progress::Done || step.progress == Progress::Failed)
            return step.progress;
        if (step.progress == Progress::NeedsMore) {
            if (bytes.empty())
                return Progress::NeedsMore;
            length += std::min(size, bytes.size());
            bytes.remove_prefix(std::min(size, bytes.size()));
        }
    }
}

} // namespace

// Bytes into requests, however they are cut. (What is refused: tests/faults/tst_http_malformed.)
class TestRequestParser : public QObject
{
    Q_OBJECT

private slots:
    void readsInPiecesOfAnySize();
    void readsChunksInPiecesOfAnySize();
    void countsTheWholeOfChunks();
    void cutsHeadersInPiecesOfAnySize();
    void startsAnewAfterReset();
    void leavesWhatComesBehind();

private:
    HttpLimits m_limits;
};

void TestRequestParser::readsInPiecesOfAnySize()
{
    const std::string request
        = "PUT /a?b HTTP/1.1\r\nHost: h\r\nX-A:  v  \r\nContent-Length: 5\r\n\r\nhello";
    for (std::size_t size = 1; size <= request.size(); ++size) {
        RequestParser parser(m_limits);
        QCOMPARE(feedInPieces(parser, request, size), Progress::Done);
        QCOMPARE(parser.message().method, Method::Put);
        QCOMPARE(parser.message().target(), std::string_view("/a?b"));
        QCOMPARE(parser.message().value("host"), std::string_view("h"));
        QCOMPARE(parser.message().value("x-a"), std::string_view("v"));
        QCOMPARE(parser.message().value("x-b"), std::string_view());
        QCOMPARE(std::string(parser.message().body()), std::string("hello"));
        QVERIFY(parser.message().keepsAlive);
    }
}

void TestRequestParser::readsChunksInPiecesOfAnySize()
{
    const std::string request = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "3\r\nhel\r\n0002;x=y\r\nlo\r\n0\r\nTrailer: ignored\r\n\r\n";
    for (std::size_t size = 1; size <= request.size(); ++size) {
        RequestParser parser(m_limits);
        QCOMPARE(feedInPieces(parser, request, size), Progress::Done);
        QCOMPARE(std::string(parser.message().body()), std::string("hello"));
        QCOMPARE(parser.message().value("trailer"), std::string_view());
    }
}

void TestRequestParser::countsTheWholeOfChunks()
{
    std::string request = "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int chunk = 0; chunk < 11; ++chunk)
        request += "64\r\n" + std::string(100, 'x') + "\r\n";
    RequestParser parser(m_limits);
    QCOMPARE(feedInPieces(parser, request + "0\r\n\r\n", 50), Progress::Failed);
    QCOMPARE(parser.refusal().status, 413);
}

void TestRequestParser::cutsHeadersInPiecesOfAnySize()
{
    const std::string start = "GET /a HTTP/1.1\r\nHost: h\r\n";
    for (const std::size_t size : {100UL, 1000UL, 5000UL, 30'000UL}) {
        RequestParser parser(m_limits);
        const std::string longField = start + "X: " + std::string(100'000, 'y');
        QCOMPARE(feedInPieces(parser, longField, size), Progress::Failed);
        QCOMPARE(parser.refusal().status, 431);
        parser.reset();
        QCOMPARE(feedInPieces(parser, "GET /" + std::string(100'000, 'y'), size), Progress::Failed);
        QCOMPARE(parser.refusal().status, 414);
    }
}

void TestRequestParser::startsAnewAfterReset()
{
    RequestParser parser(m_limits);
    QCOMPARE(feedInPieces(parser, "POST /a HTTP/1.0\r\nX: y\r\nContent-Length: 2\r\n\r\nab", 5),
             Progress::Done);
    parser.reset();
    QVERIFY(!parser.hasBegun());
    QCOMPARE(feedInPieces(parser, "GET /b HTTP/1.1\r\nHost: h\r\n\r\n", 5), Progress::Done);
    QVERIFY(!parser.message().isHttp10);
    QCOMPARE(parser.message().target(), std::string_view("/b"));
    QCOMPARE(parser.message().value("x"), std::string_view());
    QCOMPARE(parser.message().body(), std::string_view());
    QVERIFY(!parser.message().contentLength);
}

void TestRequestParser::leavesWhatComesBehind()
{
    const std::string one = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab";
    RequestParser parser(m_limits);
    const std::string both = one + one;
    const auto head = parser.feed(both);
    QCOMPARE(head.progress, Progress::HeadDone);
    parser.setBodyLimit(10);
    const auto body = parser.feed(std::string_view(both).substr(head.consumed));
    QCOMPARE(body.progress, Progress::Done);
    QCOMPARE(head.consumed + body.consumed, one.size());
}

QTEST_GUILESS_MAIN(TestRequestParser)
#include "tst_request_parser.moc"
