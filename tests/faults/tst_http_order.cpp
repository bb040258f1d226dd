#include "tests/support/raw_client.h"
#include "tests/support/served_endpoint.h"

#include <QRegularExpression>
#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;

namespace {

QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

QByteArray post(const QByteArray &path)
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

// The `path` of each echoed answer, in order.
QStringList pathsIn(const QByteArray &answers)
{
    static const QRegularExpression path(QStringLiteral("\"path\":\"([^\"]*)\""));
    QStringList paths;
    auto matches = path.globalMatch(QString::fromUtf8(answers));
    while (matches.hasNext())
        paths.append(matches.next().captured(1));
    return paths;
}

} // namespace

// Requests of one connection are answered in their order, and its end is an orderly one.
class TestHttpOrder : public QObject
{
    Q_OBJECT

private slots:
    void answersPipelinedRequestsInOrder();
    void answersInOrderWhateverOrderTheEndpointHas();
    void asksNoMoreThanThePipelineIsDeep();
    void asksNothingBehindAChangeUntilItIsDone();
    void understandsRequestsInAnyPieces();
    void closesAfterTheLastRequest_data();
    void closesAfterTheLastRequest();
    void keepsAnOldClientThatAsksForIt();
    void answersWhoHasFinishedSending();
    void encouragesWhoAsks();
    void refusesInsteadOfEncouraging();
    void doesNotEncourageWhoHasSentAlready();
    void answersWhatWasAskedWhenItStops();
    void cutsWhatIsLeftWhenItStops();
    void stopsAtOnceWithoutWork();
    void forgetsAnswersForPeersThatHaveGone();
};

void TestHttpOrder::answersPipelinedRequestsInOrder()
{
    ServedEndpoint server;
    RawClient client(server.port());
    QByteArray requests;
    QStringList expected;
    for (int number = 0; number < 50; ++number) {
        requests.append(get("/api/v1/x/" + QByteArray::number(number)));
        expected.append(QStringLiteral("/api/v1/x/%1").arg(number));
    }
    client.send(requests);
    QCOMPARE(pathsIn(client.readAnswers(50)), expected);
}

void TestHttpOrder::answersInOrderWhateverOrderTheEndpointHas()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(get("/api/v1/wait/1") + get("/api/v1/wait/2") + get("/api/v1/x/3"));
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(2));
    server.endpoint.answerWaiting();
    QCOMPARE(pathsIn(client.readAnswers(3)),
             QStringList({QStringLiteral("/api/v1/wait/1"), QStringLiteral("/api/v1/wait/2"),
                          QStringLiteral("/api/v1/x/3")}));
}

void TestHttpOrder::asksNoMoreThanThePipelineIsDeep()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(get("/api/v1/wait").repeated(20));
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(8));
    // Everything that was sent has been seen once another connection is served.
    RawClient other(server.port());
    other.send(get("/api/v1/x"));
    other.readAnswers(1);
    QCOMPARE(server.endpoint.waiting(), std::size_t(8));
    for (int answered = 0; answered < 20; answered = wholeAnswers(client.readAnswers(answered + 1)))
        server.endpoint.answerWaiting();
    QCOMPARE(wholeAnswers(client.readAnswers(20)), 20);
}

void TestHttpOrder::asksNothingBehindAChangeUntilItIsDone()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(post("/api/v1/wait/1") + post("/api/v1/wait/2") + get("/api/v1/wait/3"));
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(2));
    server.endpoint.answerWaiting();
    QCOMPARE(wholeAnswers(client.readAnswers(2)), 2);
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(1));
    server.endpoint.answerWaiting();
    QCOMPARE(wholeAnswers(client.readAnswers(3)), 3);
}

void TestHttpOrder::understandsRequestsInAnyPieces()
{
    const QByteArray request
        = "POST /api/v1/a?b=c%20d HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n"
          "X-Request-ID: mine\r\n\r\n{\"e\": 1}";
    ServedEndpoint server;
    RawClient whole(server.port());
    whole.send(request);
    const QByteArray expected = whole.readAnswers(1);
    QVERIFY(expected.contains("\r\nX-Request-ID: mine\r\n"));
    for (qsizetype cut = 1; cut < request.size(); cut += 7) {
        RawClient client(server.port());
        client.send(request.first(cut));
        // Another request is answered in between, so the first piece has been read by itself.
        RawClient other(server.port());
        other.send(get("/api/v1/x"));
        other.readAnswers(1);
        client.send(request.sliced(cut));
        const QByteArray answer = client.readAnswers(1);
        QCOMPARE(answer.sliced(answer.indexOf("\r\n\r\n")),
                 expected.sliced(expected.indexOf("\r\n\r\n")));
    }
}

void TestHttpOrder::closesAfterTheLastRequest_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("close") << get("/api/v1/x", "Connection: close\r\n");
    QTest::newRow("1.0") << QByteArray("GET /api/v1/x HTTP/1.0\r\nHost: localhost\r\n\r\n");
}

void TestHttpOrder::closesAfterTheLastRequest()
{
    QFETCH(QByteArray, request);
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(request + get("/api/v1/x"));
    const QByteArray answer = client.readToEnd();
    QCOMPARE(wholeAnswers(answer), 1);
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(client.hasPeerClosed());
}

void TestHttpOrder::keepsAnOldClientThatAsksForIt()
{
    ServedEndpoint server;
    RawClient client(server.port());
    const QByteArray request
        = "GET /api/v1/x HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
    client.send(request);
    QVERIFY(client.readAnswers(1).contains("\r\nConnection: keep-alive\r\n"));
    client.send(request);
    QCOMPARE(wholeAnswers(client.readAnswers(2)), 2);
}

void TestHttpOrder::answersWhoHasFinishedSending()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(get("/api/v1/wait"));
    client.finishSending();
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(1));
    server.endpoint.answerWaiting();
    QCOMPARE(statusOf(client.readToEnd()), 200);
}

void TestHttpOrder::encouragesWhoAsks()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send("POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: "
                "100-continue\r\n\r\n");
    const QByteArray word = "HTTP/1.1 100 Continue\r\n\r\n";
    QCOMPARE(client.readUntil([&](const QByteArray &bytes) { return bytes.size() >= word.size(); }),
             word);
    client.send("{}");
    QCOMPARE(statusOf(client.readAnswers(2).sliced(word.size())), 200);
}

void TestHttpOrder::refusesInsteadOfEncouraging()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send("POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\nExpect: "
                "100-continue\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 413);
}

void TestHttpOrder::doesNotEncourageWhoHasSentAlready()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send("POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: "
                "100-continue\r\n\r\n{}");
    QCOMPARE(statusOf(client.readAnswers(1)), 200);
}

void TestHttpOrder::answersWhatWasAskedWhenItStops()
{
    ServedEndpoint server;
    RawClient busy(server.port());
    busy.send(get("/api/v1/wait/1") + get("/api/v1/wait/2"));
    RawClient half(server.port());
    half.send("POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{");
    RawClient idle(server.port());
    idle.send(get("/api/v1/x"));
    idle.readAnswers(1);
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(2));

    auto stopped = server.stop(10s);
    QCOMPARE(wholeAnswers(idle.readToEnd()), 1);
    QVERIFY(idle.hasPeerClosed());
    QVERIFY(!RawClient(server.port()).isConnected());
    half.send("}");
    QCOMPARE(statusOf(half.readToEnd()), 200);
    server.endpoint.answerWaiting();
    const QByteArray answers = busy.readToEnd();
    QCOMPARE(wholeAnswers(answers), 2);
    QCOMPARE(answers.count("\r\nConnection: close\r\n"), 1);
    QCOMPARE(stopped.wait_for(10s), std::future_status::ready);
}

void TestHttpOrder::cutsWhatIsLeftWhenItStops()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(get("/api/v1/wait"));
    QTRY_COMPARE(server.endpoint.waiting(), std::size_t(1));
    auto stopped = server.stop(50ms);
    client.readToEnd();
    QVERIFY(client.hasPeerClosed());
    QCOMPARE(stopped.wait_for(10s), std::future_status::ready);
}

void TestHttpOrder::stopsAtOnceWithoutWork()
{
    ServedEndpoint server;
    QCOMPARE(server.stop(10s).wait_for(5s), std::future_status::ready);
}

void TestHttpOrder::forgetsAnswersForPeersThatHaveGone()
{
    ServedEndpoint server;
    {
        RawClient client(server.port());
        client.send(get("/api/v1/wait"));
        QTRY_COMPARE(server.endpoint.waiting(), std::size_t(1));
    }
    server.endpoint.answerWaiting();
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestHttpOrder)
#include "tst_http_order.moc"
