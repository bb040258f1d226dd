#include "tests/support/raw_client.h"
#include "tests/support/served_endpoint.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

using namespace stormglass;
using namespace std::chrono_literals;

namespace {

const QByteArray getLine = "GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\n";

QByteArray post(const QByteArray &path, const QByteArray &fields, const QByteArray &body = {})
{
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n" + body;
}

ServerOptions impatient()
{
    ServerOptions options;
    options.limits.headerDeadline = 150ms;
    options.limits.idle = 150ms;
    options.limits.bodyGrace = 150ms;
    options.limits.bodyBytesPerSecond = 1'000'000;
    options.limits.linger = 100ms;
    options.limits.sendStall = 150ms;
    options.limits.answerDeadline = 150ms;
    return options;
}

bool servesOthers(ServedEndpoint &server)
{
    RawClient client(server.port());
    client.send(getLine + "\r\n");
    return statusOf(client.readAnswers(1)) == 200;
}

long residentKilobytes()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

// A peer that sends too much, too slowly, too little or too often costs little and is told why.
class TestHttpLimits : public QObject
{
    Q_OBJECT

private slots:
    void refusesALargeBodyBeforeReadingIt();
    void cutsALargeBodyInChunks();
    void cutsAHeaderWithoutEnd();
    void takesALargeBodyWhereItIsAllowed();
    void takesNoMoreBodiesThanFitTogether();
    void cutsAHeaderThatTrickles();
    void cutsABodyThatTrickles();
    void closesWhoSaysNothing();
    void closesWhoIsIdle();
    void survivesHalfOpenConnections();
    void answersForASilentEndpoint();
    void closesWhoDoesNotRead();
    void limitsConnections();
    void limitsConnectionsOfOneAddress();
    void servesWithoutFreeDescriptors();
};

void TestHttpLimits::refusesALargeBodyBeforeReadingIt()
{
    ServedEndpoint server;
    const long before = residentKilobytes();
    RawClient client(server.port());
    client.send(post("/api/v1/rules", "Content-Length: 104857600\r\n"));
    // Goes on sending although it was told not to, as simple clients do.
    const QByteArray megabyte(1024 * 1024, 'x');
    for (int sent = 0; sent < 100 && client.send(megabyte); ++sent) {}
    const QByteArray answer = client.readToEnd();
    QCOMPARE(statusOf(answer), 413);
    QVERIFY(answer.contains("at most 1048576 bytes"));
    QVERIFY(servesOthers(server));
    QVERIFY2(residentKilobytes() - before < 16 * 1024, "the body was kept");
}

void TestHttpLimits::cutsALargeBodyInChunks()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(post("/api/v1/rules", "Transfer-Encoding: chunked\r\n"));
    const QByteArray chunk = "10000\r\n" + QByteArray(0x10000, 'x') + "\r\n";
    for (int sent = 0; sent < 1600 && client.send(chunk); ++sent) {}
    QCOMPARE(statusOf(client.readToEnd()), 413);
    QVERIFY(servesOthers(server));
}

void TestHttpLimits::cutsAHeaderWithoutEnd()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(getLine);
    QByteArray fields;
    for (int field = 0; field < 1000; ++field)
        fields.append("X-Field-" + QByteArray::number(field) + ": some value\r\n");
    for (int sent = 0; sent < 2000 && client.send(fields); ++sent) {}
    QCOMPARE(statusOf(client.readToEnd()), 431);
    QVERIFY(servesOthers(server));
}

void TestHttpLimits::takesALargeBodyWhereItIsAllowed()
{
    ServedEndpoint server;
    const QByteArray body = '"' + QByteArray(3 * 1024 * 1024, 'x') + '"';
    const QByteArray length = "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    RawClient client(server.port());
    client.send(post("/v1/webhooks/large", length, body));
    const QByteArray answer = client.readAnswers(1);
    QCOMPARE(statusOf(answer), 200);
    QVERIFY(answer.size() > body.size());
}

void TestHttpLimits::takesNoMoreBodiesThanFitTogether()
{
    ServerOptions options;
    options.limits.allBodiesBytes = 1_MiB;
    ServedEndpoint server(options);
    const QByteArray fields = "Content-Length: 1000000\r\n";
    RawClient first(server.port());
    first.send(post("/api/v1/rules", fields, QByteArray(900'000, ' ')));
    RawClient second(server.port());
    second.send(post("/api/v1/rules", fields, QByteArray(900'000, ' ')));
    // Whichever came last is refused; the other goes on.
    RawClient *refused = &first;
    while (refused->readFor(5ms).isEmpty())
        refused = refused == &first ? &second : &first;
    QCOMPARE(statusOf(refused->readToEnd()), 503);
    RawClient &other = refused == &first ? second : first;
    other.send(QByteArray(100'000, ' '));
    QCOMPARE(statusOf(other.readAnswers(1)), 400);
}

void TestHttpLimits::cutsAHeaderThatTrickles()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    client.send(getLine);
    // Never silent for as long as the deadline, never done.
    while (client.readFor(20ms).isEmpty())
        client.send("X");
    QCOMPARE(statusOf(client.readToEnd()), 408);
}

void TestHttpLimits::cutsABodyThatTrickles()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    client.send(post("/api/v1/rules", "Content-Length: 1000\r\n", "{"));
    const QByteArray answer = client.readToEnd();
    QCOMPARE(statusOf(answer), 408);
    QVERIFY(answer.contains("too slowly"));
}

void TestHttpLimits::closesWhoSaysNothing()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    QCOMPARE(client.readToEnd(), QByteArray());
    QVERIFY(client.hasPeerClosed());
}

void TestHttpLimits::closesWhoIsIdle()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    client.send(getLine + "\r\n");
    QCOMPARE(wholeAnswers(client.readToEnd()), 1);
    QVERIFY(client.hasPeerClosed());
}

void TestHttpLimits::survivesHalfOpenConnections()
{
    ServedEndpoint server(impatient());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 600; ++count) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        if (count % 2 == 0)
            clients.back()->send("GET /api");
    }
    QVERIFY(servesOthers(server));
    for (const auto &client : clients)
        client->readToEnd();
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestHttpLimits::answersForASilentEndpoint()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    client.send("GET /api/v1/wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(client.readToEnd()), 504);
    // Too late: nobody is there to take it.
    server.endpoint.answerWaiting();
    QVERIFY(servesOthers(server));
}

void TestHttpLimits::closesWhoDoesNotRead()
{
    ServedEndpoint server(impatient());
    RawClient client(server.port());
    client.send("GET /api/v1/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QTRY_COMPARE(server.connections(), std::size_t(0));
}

void TestHttpLimits::limitsConnections()
{
    ServerOptions options;
    options.limits.connections = 3;
    ServedEndpoint server(options);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 3; ++count) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(getLine + "\r\n");
        QCOMPARE(statusOf(clients.back()->readAnswers(1)), 200);
    }
    RawClient refused(server.port());
    refused.readToEnd();
    QVERIFY(refused.hasPeerClosed());
    clients.pop_back();
    QTRY_COMPARE(server.connections(), std::size_t(2));
    QVERIFY(servesOthers(server));
}

void TestHttpLimits::limitsConnectionsOfOneAddress()
{
    ServerOptions options;
    options.limits.connectionsPerAddress = 1;
    ServedEndpoint server(options);
    RawClient first(server.port());
    first.send(getLine + "\r\n");
    QCOMPARE(statusOf(first.readAnswers(1)), 200);
    RawClient second(server.port());
    second.readToEnd();
    QVERIFY(second.hasPeerClosed());
}

void TestHttpLimits::servesWithoutFreeDescriptors()
{
    ServedEndpoint server;
    rlimit old = {};
    getrlimit(RLIMIT_NOFILE, &old);
    RawClient waiting(server.port());
    waiting.send(getLine + "\r\n");
    QCOMPARE(statusOf(waiting.readAnswers(1)), 200);

    // The client's end takes the last descriptor there is; the server's end waits in the backlog.
    const int probe = dup(0);
    const rlimit tight = {rlim_t(probe) + 1, old.rlim_max};
    ::close(probe);
    setrlimit(RLIMIT_NOFILE, &tight);
    RawClient starved(server.port());
    QVERIFY(starved.isConnected());
    starved.send(getLine + "\r\n");
    waiting.send(getLine + "\r\n");
    const bool isServed = wholeAnswers(waiting.readAnswers(2)) == 2;
    setrlimit(RLIMIT_NOFILE, &old);
    QVERIFY(isServed);
    QCOMPARE(statusOf(starved.readAnswers(1)), 200);
}

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_http_limits.moc"
