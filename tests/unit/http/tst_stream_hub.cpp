#include "engine/http/stream_hub.h"
#include "tests/support/stub_feed.h"

#include <QTest>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Keeps what it is sent; frames are shown as `name:id` (`name:id=status` of an execution).
class StubFollower : public StreamFollower
{
public:
    void beginStream() override { heard.append("begin"); }
    bool push(const SharedBytes &frames) override
    {
        pushes.push_back(frames);
        QByteArray text = QByteArray::fromStdString(*frames);
        while (text.contains("\n\n")) {
            const qsizetype end = text.indexOf("\n\n");
            const QByteArray frame = text.first(end);
            text.remove(0, end + 2);
            heard.append(' ' + frame.sliced(frame.indexOf("event: ") + 7).replace("\ndata: ", " "));
        }
        return accepts;
    }
    void endStream() override { heard.append(" end"); }

    QByteArray heard;
    std::vector<SharedBytes> pushes;
    bool accepts = true;
};

Value chunk(const char *id, const char *execution)
{
    return Value::map({{"id", Value(id)}, {"execution_id", Value(execution)}});
}

Value execution(const char *id, const char *status)
{
    return Value::map({{"id", Value(id)}, {"status", Value(status)}});
}

const QString output = u"st2.execution.output__create"_s;
const QString update = u"st2.execution__update"_s;

std::shared_ptr<const Stream> shared(Stream stream)
{
    return std::make_shared<const Stream>(std::move(stream));
}

// The stream of one execution's output, with what is stored already.
Stream outputOf(const QString &execution)
{
    Stream stream;
    stream.filter = {.events = {output}, .executionIds = {execution}};
    stream.end = {.executionId = execution, .saysEof = true};
    return stream;
}

} // namespace

class TestStreamHub : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void sendsWhatIsStoredThenWhatComes();
    void sendsNothingTwice();
    void saysEofForWhatIsOver();
    void sharesTheBytesOfEqualFilters();
    void sendsChangesOfShortSuccessionInOnePush();
    void leavesWhoDoesNotTakeMore();
    void maskesSecrets();

private:
    void settle();

    HttpLimits m_limits;
    StubFeed *m_feed = nullptr;
    std::unique_ptr<StubFeed> m_ownFeed;
    std::unique_ptr<Reactor> m_reactor;
    std::shared_ptr<IoMailbox> m_mailbox;
    std::unique_ptr<StreamHub> m_hub;
};

void TestStreamHub::init()
{
    m_limits.coalescing = 1ms;
    m_ownFeed = std::make_unique<StubFeed>();
    m_feed = m_ownFeed.get();
    m_reactor = std::make_unique<Reactor>();
    m_mailbox = std::make_shared<IoMailbox>(*m_reactor, [] {});
    m_hub = std::make_unique<StreamHub>(*m_reactor, *m_feed, m_mailbox, m_limits, [] {});
}

void TestStreamHub::cleanup()
{
    m_mailbox->close();
    m_hub.reset();
}

// Runs until what was published has been sent: timers run in order of their times.
void TestStreamHub::settle()
{
    m_reactor->post([this] {
        m_reactor->post([this] { m_reactor->after(3ms, [this] { m_reactor->stop(); }); });
    });
    m_reactor->run();
}

void TestStreamHub::sendsWhatIsStoredThenWhatComes()
{
    Stream stream = outputOf(u"e"_s);
    stream.first = {{0, output, chunk("1", "e")}, {0, output, chunk("2", "e")}};
    StubFollower listener;
    m_hub->join(listener, shared(stream), {});
    settle();
    m_feed->publish(output, chunk("3", "e"));
    m_feed->publish(output, chunk("4", "another"));
    m_feed->publish(update, execution("e", "running"));
    m_feed->publish(update, execution("e", "succeeded"));
    m_feed->publish(output, chunk("5", "e"));
    settle();
    const QByteArray name = output.toUtf8();
    QCOMPARE(listener.heard,
             "begin " + name + " {\"id\":\"1\",\"execution_id\":\"e\"} " + name
                 + " {\"id\":\"2\",\"execution_id\":\"e\"} " + name
                 + " {\"id\":\"3\",\"execution_id\":\"e\"} EOF '' end");
    QCOMPARE(m_hub->size(), std::size_t(0));
    QCOMPARE(m_feed->followers(), std::size_t(0));
}

void TestStreamHub::sendsNothingTwice()
{
    const ChangeNumber before = m_feed->latest();
    m_feed->publish(output, chunk("1", "e"));
    m_feed->publish(output, chunk("2", "e"));
    Stream stream = outputOf(u"e"_s);
    // Read after `before` was asked for, so it has the first of the two.
    stream.after = before;
    stream.first = {{0, output, chunk("1", "e")}};
    StubFollower listener;
    m_hub->join(listener, shared(stream), {});
    m_feed->publish(output, chunk("3", "e"));
    settle();
    for (const char *id : {"\"1\"", "\"2\"", "\"3\""})
        QCOMPARE(listener.heard.count(id), 1);
}

void TestStreamHub::saysEofForWhatIsOver()
{
    Stream stream = outputOf(u"e"_s);
    stream.first = {{0, output, chunk("1", "e")}};
    stream.isOver = true;
    StubFollower listener;
    m_hub->join(listener, shared(stream), {});
    QVERIFY(listener.heard.endsWith("} EOF '' end"));
    QCOMPARE(m_feed->followers(), std::size_t(0));
}

void TestStreamHub::sharesTheBytesOfEqualFilters()
{
    StubFollower first;
    StubFollower second;
    StubFollower other;
    m_hub->join(first, shared({.filter = {.events = {u"st2.*"_s}}}), {});
    m_hub->join(second, shared({.filter = {.events = {u"st2.*"_s}}}), {});
    m_hub->join(other, shared({.filter = {.events = {u"x"_s}}}), {});
    settle();
    m_feed->publish(update, execution("e", "running"));
    settle();
    QCOMPARE(first.pushes.back().get(), second.pushes.back().get());
    // The first byte only.
    QCOMPARE(other.pushes.size(), std::size_t(1));
}

void TestStreamHub::sendsChangesOfShortSuccessionInOnePush()
{
    StubFollower listener;
    m_hub->join(listener, shared({}), {});
    settle();
    for (int count = 0; count < 50; ++count)
        m_feed->publish(update, execution("e", "running"));
    settle();
    QCOMPARE(listener.pushes.size(), std::size_t(2));
    QCOMPARE(listener.heard.count(update.toUtf8()), 50);
}

void TestStreamHub::leavesWhoDoesNotTakeMore()
{
    StubFollower listener;
    StubFollower other;
    m_hub->join(listener, shared({}), {});
    m_hub->join(other, shared({}), {});
    settle();
    m_hub->leave(listener);
    m_hub->leave(listener);
    m_feed->publish(update, execution("e", "running"));
    settle();
    QCOMPARE(listener.heard, QByteArray("begin"));
    QCOMPARE(other.heard.count(update.toUtf8()), 1);
    QCOMPARE(m_hub->size(), std::size_t(1));
}

void TestStreamHub::maskesSecrets()
{
    StubFollower listener;
    m_hub->join(listener, shared({}), {});
    settle();
    m_feed->publish(u"x\nevent: y"_s, Value::map({{"password", Value("hunter2").markedSecret()}}));
    settle();
    QVERIFY(listener.heard.endsWith(" x event: y {\"password\":\"********\"}"));
}

QTEST_GUILESS_MAIN(TestStreamHub)
#include "tst_stream_hub.moc"
