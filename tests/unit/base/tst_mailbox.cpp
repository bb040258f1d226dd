#include "engine/base/mailbox.h"

#include <QTest>

#include <thread>

using namespace stormglass;
using namespace std::chrono_literals;

class TestMailbox : public QObject
{
    Q_OBJECT

private slots:
    void handsOverInTheOrderOfPosting();
    void isEmptyAfterTaking();
    void wakesOnceForEachTimeItFills();
    void waitsNoLongerThanAsked();
    void wakesAWaitingThread();
    void doesNotWaitIfSomethingIsThere();
    void losesNothingBetweenThreads();
    void takesWhatATaskPostsNextTime();
};

void TestMailbox::handsOverInTheOrderOfPosting()
{
    Mailbox box;
    std::vector<int> seen;
    for (int i = 0; i < 5; ++i)
        box.post([&seen, i] { seen.push_back(i); });
    for (const Mailbox::Task &task : box.take())
        task();
    QCOMPARE(seen, (std::vector<int>{0, 1, 2, 3, 4}));
}

void TestMailbox::isEmptyAfterTaking()
{
    Mailbox box;
    QVERIFY(box.take().empty());
    box.post([] {});
    QCOMPARE(box.take().size(), std::size_t(1));
    QVERIFY(box.take().empty());
}

void TestMailbox::wakesOnceForEachTimeItFills()
{
    int woken = 0;
    Mailbox box([&woken] { ++woken; });
    box.post([] {});
    box.post([] {});
    QCOMPARE(woken, 1);
    box.take();
    QCOMPARE(woken, 1);
    box.post([] {});
    QCOMPARE(woken, 2);
}

void TestMailbox::waitsNoLongerThanAsked()
{
    Mailbox box;
    const Instant start = SystemClock().instant();
    box.wait(start + 20ms);
    QVERIFY(SystemClock().instant() >= start + 20ms);
    QVERIFY(box.take().empty());
}

void TestMailbox::wakesAWaitingThread()
{
    Mailbox box;
    std::thread poster([&box] { box.post([] {}); });
    box.wait(SystemClock().instant() + 60s);
    QCOMPARE(box.take().size(), std::size_t(1));
    poster.join();
}

void TestMailbox::doesNotWaitIfSomethingIsThere()
{
    Mailbox box;
    box.post([] {});
    const Instant start = SystemClock().instant();
    box.wait(start + 60s);
    QVERIFY(SystemClock().instant() < start + 30s);
}

void TestMailbox::losesNothingBetweenThreads()
{
    constexpr int posters = 4;
    constexpr int posts = 2'000;
    Mailbox box;
    std::vector<std::thread> threads;
    int done = 0;
    for (int i = 0; i < posters; ++i) {
        threads.emplace_back([&box, &done] {
            for (int post = 0; post < posts; ++post)
                box.post([&done] { ++done; });
        });
    }
    const Instant deadline = SystemClock().instant() + 60s;
    while (done < posters * posts && SystemClock().instant() < deadline) {
        box.wait(deadline);
        for (const Mailbox::Task &task : box.take())
            task();
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(done, posters * posts);
}

void TestMailbox::takesWhatATaskPostsNextTime()
{
    Mailbox box;
    box.post([&box] { box.post([] {}); });
    for (const Mailbox::Task &task : box.take())
        task();
    QCOMPARE(box.take().size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
