#include "tests/support/raw_client.h"
#include "tests/support/served_endpoint.h"

#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QByteArray get(const QByteArray &query, const QByteArray &fields = {})
{
    return "GET /stream/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

Value execution(const char *id, const char *status)
{
    return Value::map({{"id", Value(id)},
                       {"status", Value(status)},
                       {"action", Value::map({{"ref", Value("core.local")}})}});
}

auto contains(const QByteArray &wanted)
{
    return [wanted](const QByteArray &bytes) { return bytes.contains(wanted); };
}

// A client whose stream has begun.
std::unique_ptr<RawClient> follower(ServedEndpoint &server, const QByteArray &query = {},
                                    const QByteArray &fields = {})
{
    auto client = std::make_unique<RawClient>(server.port());
    client->send(get(query, fields));
    client->readUntil(contains("\r\n\r\n\n"));
    return client;
}

} // namespace

// Server-sent events: what StackStorm's clients need of them, and what slow or absent ones may
// cost.
class TestHttpStreams : public QObject
{
    Q_OBJECT

private slots:
    void beginsWithAByte();
    void sendsChangesInOrder();
    void sendsOnlyWhatWasAskedFor();
    void goesOnAfterTheLastOne();
    void saysWhenTheLastOneIsGone();
    void refusesALastOneThatIsNoNumber();
    void endsWithTheExecutionItWasAskedFor();
    void givesSignsOfLife();
    void dropsWhoDoesNotRead();
    void limitsStreams();
    void followsTheFeedOnceHoweverManyFollow();
    void leavesTheFeedWithTheLastOne();
    void endsStreamsWhenItStops();
};

void TestHttpStreams::beginsWithAByte()
{
    ServedEndpoint server;
    const auto client = follower(server);
    const QByteArray head = client->readUntil(contains("\r\n\r\n\n"));
    QVERIFY(head.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(head.contains("\r\nContent-Type: text/event-stream; charset=UTF-8\r\n"));
    QVERIFY(head.contains("\r\nCache-Control: no-cache\r\n"));
    QVERIFY(head.contains("\r\nX-Accel-Buffering: no\r\n"));
    QVERIFY(head.contains("\r\nAccess-Control-Allow-Origin: "));
    QVERIFY(!head.contains("Content-Length"));
    QVERIFY(head.endsWith("\r\n\r\n\n"));
}

void TestHttpStreams::sendsChangesInOrder()
{
    ServedEndpoint server;
    const auto client = follower(server);
    QByteArray expected;
    for (int number = 0; number < 200; ++number) {
        const ChangeNumber made = server.feed.publish(u"st2.execution__update"_s,
                                                      Value::map({{"text", Value("a\nb")}}));
        expected.append("id: " + QByteArray::number(qulonglong(made))
                        + "\nevent: st2.execution__update\ndata: {\"text\":\"a\\nb\"}\n\n");
    }
    const QByteArray all = client->readUntil(
        [&](const QByteArray &bytes) { return bytes.endsWith(expected.last(90)); });
    QCOMPARE(all.sliced(all.indexOf("\r\n\r\n\n") + 5), expected);
}

void TestHttpStreams::sendsOnlyWhatWasAskedFor()
{
    ServedEndpoint server;
    const auto byDefault = follower(server);
    const auto byEvent = follower(server, "?events=st2.execution.output__*,x");
    const auto byAction = follower(server, "?action_refs=core.remote");
    const auto byExecution = follower(server, "?execution_ids=b");
    server.feed.publish(u"st2.execution.output__create"_s, Value::map({{"id", Value("c")}}));
    server.feed.publish(u"st2.execution__update"_s, execution("b", "running"));
    server.feed.publish(u"stormglass.reset"_s, {});
    const auto events = [](RawClient &client) {
        const QByteArray all = client.readUntil(contains("stormglass.reset"));
        return QList<bool>({all.contains("output__create"), all.contains("execution__update")});
    };
    QCOMPARE(events(*byDefault), QList<bool>({false, true}));
    QCOMPARE(events(*byEvent), QList<bool>({true, false}));
    QCOMPARE(events(*byAction), QList<bool>({false, false}));
    QCOMPARE(events(*byExecution), QList<bool>({false, true}));
}

void TestHttpStreams::goesOnAfterTheLastOne()
{
    ServedEndpoint server;
    for (const char *id : {"one", "two", "three"})
        server.feed.publish(u"st2.execution__create"_s, execution(id, "requested"));
    const QByteArray last = QByteArray::number(qulonglong(StubFeed::firstNumber + 1));
    const auto client = follower(server, {}, "Last-Event-ID: " + last + "\r\n");
    server.feed.publish(u"st2.execution__create"_s, execution("four", "requested"));
    const QByteArray all = client->readUntil(contains("\"four\""));
    QVERIFY(!all.contains("\"one\""));
    QCOMPARE(all.count("\"two\""), 1);
    QCOMPARE(all.count("\"three\""), 1);
    QCOMPARE(all.count("\"four\""), 1);
}

void TestHttpStreams::saysWhenTheLastOneIsGone()
{
    ServedEndpoint server;
    server.feed.publish(u"st2.execution__create"_s, execution("one", "requested"));
    const auto client = follower(server, {}, "Last-Event-ID: 17\r\n");
    const QByteArray all = client->readUntil(contains("stormglass.reset"));
    QVERIFY(all.contains("id: " + QByteArray::number(qulonglong(server.feed.latest()))
                         + "\nevent: stormglass.reset\n"));
    QVERIFY(!all.contains("\"one\""));
}

void TestHttpStreams::refusesALastOneThatIsNoNumber()
{
    ServedEndpoint server;
    RawClient client(server.port());
    client.send(get({}, "Last-Event-ID: yesterday\r\n"));
    QCOMPARE(statusOf(client.readAnswers(1)), 400);
}

void TestHttpStreams::endsWithTheExecutionItWasAskedFor()
{
    ServedEndpoint server;
    const auto client = follower(
        server, "?end_event=st2.execution__update&end_execution_id=a&action_refs=none.such");
    server.feed.publish(u"st2.execution__update"_s, execution("b", "succeeded"));
    server.feed.publish(u"st2.execution__update"_s, execution("a", "running"));
    server.feed.publish(u"st2.execution__update"_s, execution("a", "failed"));
    server.feed.publish(u"st2.execution__update"_s, execution("a", "later"));
    const QByteArray all = client->readToEnd();
    QVERIFY(client->hasPeerClosed());
    QCOMPARE(all.count("event: "), 1);
    QVERIFY(all.contains("\"status\":\"failed\""));
}

void TestHttpStreams::givesSignsOfLife()
{
    ServerOptions options;
    options.limits.heartbeat = 20ms;
    ServedEndpoint server(options);
    const auto client = follower(server);
    client->readUntil([](const QByteArray &bytes) { return bytes.endsWith("\r\n\r\n\n\n\n\n"); });
    QVERIFY(!client->hasPeerClosed());
}

void TestHttpStreams::dropsWhoDoesNotRead()
{
    ServerOptions options;
    options.limits.streamQueueBytes = 64_KiB;
    ServedEndpoint server(options);
    const auto sleepy = follower(server);
    const auto awake = follower(server);
    const std::string text(32 * 1024, 'x');
    for (int sent = 1; server.streams() == 2 && sent < 2000; ++sent) {
        server.feed.publish(u"st2.execution__update"_s, Value::map({{"text", Value(text)}}));
        awake->readUntil(
            [sent](const QByteArray &bytes) { return bytes.size() > sent * 32 * 1024; });
    }
    QCOMPARE(server.streams(), std::size_t(1));
    sleepy->readToEnd();
    QVERIFY(sleepy->hasPeerClosed());
}

void TestHttpStreams::limitsStreams()
{
    ServerOptions options;
    options.limits.streams = 1;
    ServedEndpoint server(options);
    const auto first = follower(server);
    RawClient second(server.port());
    second.send(get({}));
    QCOMPARE(statusOf(second.readAnswers(1)), 503);
}

void TestHttpStreams::followsTheFeedOnceHoweverManyFollow()
{
    ServedEndpoint server;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int count = 0; count < 20; ++count)
        clients.push_back(follower(server));
    QTRY_COMPARE(server.feed.followers(), std::size_t(1));
    server.feed.publish(u"st2.execution__create"_s, execution("a", "requested"));
    for (const auto &client : clients)
        QVERIFY(client->readUntil(contains("requested")).contains("requested"));
}

void TestHttpStreams::leavesTheFeedWithTheLastOne()
{
    ServedEndpoint server;
    auto first = follower(server);
    auto second = follower(server);
    first.reset();
    QTRY_COMPARE(server.streams(), std::size_t(1));
    QCOMPARE(server.feed.followers(), std::size_t(1));
    second.reset();
    QTRY_COMPARE(server.streams(), std::size_t(0));
    QCOMPARE(server.feed.followers(), std::size_t(0));
}

void TestHttpStreams::endsStreamsWhenItStops()
{
    ServedEndpoint server;
    const auto client = follower(server);
    auto stopped = server.stop(10s);
    client->readToEnd();
    QVERIFY(client->hasPeerClosed());
    QCOMPARE(stopped.wait_for(10s), std::future_status::ready);
}

QTEST_GUILESS_MAIN(TestHttpStreams)
#include "tst_http_streams.moc"
