#include "tests/support/raw_client.h"
#include "tests/support/served_endpoint.h"

#include <QTest>

using namespace stormglass;

// What stands on the wire is not HTTP, or is it in two ways: each is answered with an error and the
// connection is closed, and nothing of it reaches the endpoint or the next peer.
class TestHttpMalformed : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void acceptsTheUnusual_data();
    void acceptsTheUnusual();
    void doesNotReadASmuggledRequest();

private:
    ServedEndpoint m_server;
};

void TestHttpMalformed::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: localhost\r\n";
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const auto post = [&](const QByteArray &fields, const QByteArray &body) {
        return "POST /api/v1/x HTTP/1.1\r\n" + host + fields + "\r\n" + body;
    };
    const QByteArray get = "GET /api/v1/x HTTP/1.1\r\n";

    row("length and chunked",
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    row("chunked and length",
        post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"), 400);
    row("two lengths", post("Content-Length: 4\r\nContent-Length: 5\r\n", "abcde"), 400);
    row("the same length twice", post("Content-Length: 4\r\nContent-Length: 4\r\n", "abcd"), 400);
    row("a list of lengths", post("Content-Length: 4, 4\r\n", "abcd"), 400);
    row("negative length", post("Content-Length: -4\r\n", "abcd"), 400);
    row("signed length", post("Content-Length: +4\r\n", "abcd"), 400);
    row("hexadecimal length", post("Content-Length: 0x4\r\n", "abcd"), 400);
    row("length beyond 64 bits", post("Content-Length: 99999999999999999999999\r\n", "abcd"), 400);
    row("empty length", post("Content-Length: \r\n", "abcd"), 400);
    row("spaced length", post("Content-Length: 4 4\r\n", "abcd"), 400);
    row("another coding", post("Transfer-Encoding: gzip\r\n", "abcd"), 501);
    row("two codings", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501);
    row("chunked twice",
        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    row("coding obscured", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501);
    row("chunked in 1.0",
        "POST /api/v1/x HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("bad chunk size", post("Transfer-Encoding: chunked\r\n", "zz\r\nabc\r\n0\r\n\r\n"), 400);
    row("chunk size beyond 64 bits",
        post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nabc\r\n"), 400);
    row("chunk longer than its size",
        post("Transfer-Encoding: chunked\r\n", "2\r\nabcd\r\n0\r\n\r\n"), 400);
    row("long chunk extension",
        post("Transfer-Encoding: chunked\r\n", "2;" + QByteArray(300, 'x') + "\r\nab\r\n0\r\n\r\n"),
        400);
    row("bare line feeds", "GET /api/v1/x HTTP/1.1\nHost: localhost\n\n", 400);
    row("space before the colon", get + host + "X-A : b\r\n\r\n", 400);
    row("no name before the colon", get + host + ": b\r\n\r\n", 400);
    row("no colon", get + host + "X-A\r\n\r\n", 400);
    row("a NUL in a value", get + host + "X-A: b" + QByteArray(1, '\0') + "c\r\n\r\n", 400);
    row("a carriage return in a value", get + host + "X-A: b\rc\r\n\r\n", 400);
    row("another version", "GET /api/v1/x HTTP/9.9\r\n" + host + "\r\n", 505);
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("no version", "GET /api/v1/x\r\n\r\n", 400);
    row("a word for a version", "GET /api/v1/x HTTP/one\r\n\r\n", 400);
    row("unknown method", "BREW /api/v1/x HTTP/1.1\r\n" + host + "\r\n", 501);
    row("method in lower case", "get /api/v1/x HTTP/1.1\r\n" + host + "\r\n", 501);
    row("no target", "GET HTTP/1.1\r\n" + host + "\r\n", 400);
    row("a space in the target", "GET /a b HTTP/1.1\r\n" + host + "\r\n", 400);
    row("a control character in the target", "GET /a\x01 HTTP/1.1\r\n" + host + "\r\n", 400);
    row("target without a slash", "GET api HTTP/1.1\r\n" + host + "\r\n", 400);
    row("broken escape", "GET /api/v1/%zz HTTP/1.1\r\n" + host + "\r\n", 400);
    row("escaped NUL", "GET /api/v1/a%00b HTTP/1.1\r\n" + host + "\r\n", 400);
    row("escaped line end", "GET /api/v1/a%0d%0ab HTTP/1.1\r\n" + host + "\r\n", 400);
    row("no UTF-8", "GET /api/v1/%ff%fe HTTP/1.1\r\n" + host + "\r\n", 400);
    row("a way up", "GET /api/v1/packs/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", 400);
    row("an escaped way up", "GET /api/v1/packs/%2e%2e/%2e%2e/etc HTTP/1.1\r\n" + host + "\r\n",
        400);
    row("no host", get + "\r\n", 400);
    row("two hosts", get + host + host + "\r\n", 400);
    row("empty host", get + "Host:\r\n\r\n", 421);
    row("a foreign host", get + "Host: attacker.example\r\n\r\n", 421);
    row("a foreign host with our port", get + "Host: attacker.example:8080\r\n\r\n", 421);
    row("a host that begins like ours", get + "Host: localhost.attacker.example\r\n\r\n", 421);
    row("a host with a user", get + "Host: localhost@attacker.example\r\n\r\n", 421);
    row("a foreign absolute target", "GET http://attacker.example/api HTTP/1.1\r\n" + host + "\r\n",
        421);
    row("another expectation", post("Content-Length: 4\r\nExpect: 200-ok\r\n", "abcd"), 417);
    row("a target too long", "GET /" + QByteArray(9000, 'a') + " HTTP/1.1\r\n" + host + "\r\n",
        414);
    row("a target without end", "GET /" + QByteArray(40000, 'a'), 414);
    row("a field too long", get + host + "X-A: " + QByteArray(20000, 'a') + "\r\n\r\n", 431);
    row("too many fields", get + host + QByteArray("A: b\r\n").repeated(200) + "\r\n", 431);
    row("a TLS greeting", QByteArray::fromHex("16030100a5010000a10303") + QByteArray(200, 'x'),
        400);
}

void TestHttpMalformed::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawClient client(m_server.port());
    client.send(request);
    const QByteArray answer = client.readToEnd();
    QCOMPARE(statusOf(answer), status);
    QVERIFY(client.hasPeerClosed());
    QCOMPARE(wholeAnswers(answer), 1);
    QVERIFY(answer.contains("\r\nContent-Type: application/json\r\n"));
    QVERIFY(answer.contains("\r\nConnection: close\r\n"));
    QVERIFY(answer.contains("\r\nX-Request-ID: "));
    QVERIFY(answer.contains("\r\n\r\n{\"faultstring\":\""));

    RawClient next(m_server.port());
    next.send("GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(next.readAnswers(1)), 200);
}

void TestHttpMalformed::acceptsTheUnusual_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const QByteArray get = "GET /api/v1/x HTTP/1.1\r\n";
    row("host in capitals", get + "HOST: LocalHost:99\r\n\r\n", 200);
    row("IPv6 loopback", get + "Host: [::1]:80\r\n\r\n", 200);
    row("another loopback address", get + "Host: 127.1.2.3\r\n\r\n", 200);
    row("an absolute target", "GET http://localhost/api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        200);
    row("an absolute target without a path",
        "GET http://localhost HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
    row("a line end before", "\r\n" + get + "Host: localhost\r\n\r\n", 200);
    row("1.0 without a host", "GET /api/v1/x HTTP/1.0\r\n\r\n", 200);
    row("a folded field", get + "Host: localhost\r\nX-A: b\r\n c\r\n\r\n", 200);
    row("an unknown field with bytes above ASCII", get + "Host: localhost\r\nX-A: \xc3\xa4\r\n\r\n",
        200);
    row("HEAD", "HEAD /api/v1/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404);
    row("PATCH", "PATCH /api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n", 404);
    row("OPTIONS for all", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
    row("an upgrade that is not wanted",
        get + "Host: localhost\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n", 200);
    row("a post without a body", "POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n", 200);
    row("a body in chunks with a trailer",
        "POST /api/v1/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "1;a=b\r\n{\r\n1\r\n}\r\n0\r\nHost: attacker.example\r\n\r\n",
        200);
}

void TestHttpMalformed::acceptsTheUnusual()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RawClient client(m_server.port());
    client.send(request);
    client.finishSending();
    QCOMPARE(statusOf(client.readToEnd()), status);
}

void TestHttpMalformed::doesNotReadASmuggledRequest()
{
    RawClient client(m_server.port());
    client.send("POST /api/v1/wait HTTP/1.1\r\nHost: localhost\r\nContent-Length: 44\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/v1/wait HTTP/1.1\r\nHost: "
                "localhost\r\n\r\n");
    QCOMPARE(wholeAnswers(client.readToEnd()), 1);
    QCOMPARE(m_server.endpoint.waiting(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestHttpMalformed)
#include "tst_http_malformed.moc"
