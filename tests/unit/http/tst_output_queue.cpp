#include "engine/http/answer_queue.h"
#include "engine/http/input_buffer.h"

#include <QTest>

using namespace stormglass;

namespace {

std::string allOf(const OutputQueue &queue)
{
    OutputQueue::Pieces pieces;
    std::string all;
    for (const std::string_view piece : queue.first(pieces))
        all.append(piece);
    return all;
}

OutputQueue::SharedBytes shared(const char *text)
{
    return std::make_shared<const std::string>(text);
}

} // namespace

// The buffers of a connection.
class TestOutputQueue : public QObject
{
    Q_OBJECT

private slots:
    void sendsInOrderWhateverIsTaken();
    void countsItsBytes();
    void answersInOrderOfRequests();
    void keepsChangesAndReadsApart();
    void keepsInputWhileItGrows();
};

void TestOutputQueue::sendsInOrderWhateverIsTaken()
{
    for (std::size_t step = 1; step < 14; ++step) {
        OutputQueue queue;
        queue.tail().append("one");
        queue.tail().append("two");
        queue.append(shared("three"));
        queue.tail().append("four");
        std::string sent;
        while (!queue.isEmpty()) {
            const std::string taken = allOf(queue).substr(0, step);
            sent.append(taken);
            queue.consume(taken.size());
        }
        QCOMPARE(sent, std::string("onetwothreefour"));
        queue.tail().append("again");
        QCOMPARE(allOf(queue), std::string("again"));
    }
}

void TestOutputQueue::countsItsBytes()
{
    OutputQueue queue;
    QCOMPARE(queue.bytes(), std::size_t(0));
    queue.tail().append(std::string(70'000, 'x'));
    queue.tail().append("own");
    queue.append(shared("shared"));
    QCOMPARE(queue.bytes(), std::size_t(70'009));
    queue.consume(70'001);
    QCOMPARE(queue.bytes(), std::size_t(8));
    queue.tail().append("x");
    QCOMPARE(queue.bytes(), std::size_t(9));
    queue.consume(9);
    QVERIFY(queue.isEmpty());
}

void TestOutputQueue::answersInOrderOfRequests()
{
    AnswerQueue queue;
    const ExchangeId first = queue.open({}, ExchangeKind::Safe, {});
    const ExchangeId second = queue.open({}, ExchangeKind::Safe, {});
    const ExchangeId third = queue.open({}, ExchangeKind::Safe, {});
    for (const auto &[id, text] : {std::pair(third, "3"), std::pair(first, "1")}) {
        Exchange &exchange = *queue.find(id);
        queue.place(exchange).append(text);
        queue.finish(exchange);
    }
    QCOMPARE(allOf(queue.output()), std::string("1"));
    QVERIFY(queue.find(third) == nullptr);
    Exchange &exchange = *queue.find(second);
    queue.place(exchange).append("2");
    queue.finish(exchange);
    QCOMPARE(allOf(queue.output()), std::string("123"));
    QVERIFY(queue.isEmpty());
}

void TestOutputQueue::keepsChangesAndReadsApart()
{
    AnswerQueue queue;
    QVERIFY(queue.admits(ExchangeKind::Stream));
    queue.open({}, ExchangeKind::Unsafe, {});
    QVERIFY(queue.admits(ExchangeKind::Unsafe));
    QVERIFY(!queue.admits(ExchangeKind::Safe));
    QVERIFY(!queue.admits(ExchangeKind::Stream));
}

void TestOutputQueue::keepsInputWhileItGrows()
{
    InputBuffer buffer;
    std::string expected;
    for (int round = 0; round < 50; ++round) {
        const std::string text(static_cast<std::size_t>(round * 7),
                               static_cast<char>('a' + round % 26));
        std::ranges::copy(text, buffer.room(text.size()).begin());
        buffer.add(text.size());
        expected.append(text);
        const std::size_t taken = expected.size() / 3;
        buffer.consume(taken);
        expected.erase(0, taken);
        QCOMPARE(std::string(buffer.view()), expected);
    }
    buffer.clear();
    QVERIFY(buffer.isEmpty());
}

QTEST_GUILESS_MAIN(TestOutputQueue)
#include "tst_output_queue.moc"
