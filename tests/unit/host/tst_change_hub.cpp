#include "engine/host/change_hub.h"

#include "tests/support/fake_clock.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

namespace {

struct Bench
{
    FakeClock clock;
    Mailbox mailbox;
    ChangeHub hub{mailbox, clock};
    std::vector<Change> taken;
    int calls = 0;
    int made = 0;

    ChangeFeed::FollowerId follow(std::optional<ChangeNumber> after)
    {
        const auto id = hub.follow(after, [this](const std::vector<Change> &changes) {
            ++calls;
            taken.insert(taken.end(), changes.begin(), changes.end());
        });
        run();
        return id;
    }
    void run()
    {
        for (const Mailbox::Task &task : mailbox.take())
            task();
    }
    void unfollow(ChangeFeed::FollowerId follower)
    {
        hub.unfollow(follower);
        run();
    }
    void add(const QString &event)
    {
        hub.tell(event, [this] {
            ++made;
            return Value();
        });
        hub.release();
    }
};

} // namespace

class TestChangeHub : public QObject
{
    Q_OBJECT

private slots:
    void saysThatFollowingHasBegun();
    void givesAFollowerThatComesBackWhatItMissed();
    void asksToReadAgainWhereTheMissedIsGone();
    void makesNothingThatNobodyHears();
    void holdsForAMinuteWhatMayBeAskedFor();
    void asksToReadAgainWhereNobodyHeard();
    void keepsBackWhatWasNotCommitted();
    void numbersOfALaterRunAreGreater();
};

void TestChangeHub::saysThatFollowingHasBegun()
{
    Bench b;
    b.add(u"before"_s);
    b.follow(std::nullopt);
    QCOMPARE(b.calls, 1);
    QVERIFY(b.taken.empty());
    b.add(u"after"_s);
    QCOMPARE(b.taken.size(), std::size_t(1));
    QCOMPARE(b.taken.front().number, b.hub.latest());
}

void TestChangeHub::givesAFollowerThatComesBackWhatItMissed()
{
    Bench b;
    const auto follower = b.follow(std::nullopt);
    b.add(u"seen"_s);
    const ChangeNumber seen = b.hub.latest();
    b.unfollow(follower);
    b.add(u"missed"_s);
    b.follow(seen);
    QCOMPARE(b.taken.size(), std::size_t(2));
    QCOMPARE(b.taken.back().event, u"missed"_s);
}

void TestChangeHub::asksToReadAgainWhereTheMissedIsGone()
{
    Bench b;
    b.add(u"one"_s);
    b.follow(17);
    QCOMPARE(b.taken.size(), std::size_t(1));
    QCOMPARE(b.taken.front().event, u"stormglass.reset"_s);
    QCOMPARE(b.taken.front().number, b.hub.latest());
}

void TestChangeHub::makesNothingThatNobodyHears()
{
    Bench b;
    b.add(u"before"_s);
    QCOMPARE(b.made, 0);
    b.follow(std::nullopt);
    b.add(u"after"_s);
    QCOMPARE(b.made, 1);
}

void TestChangeHub::holdsForAMinuteWhatMayBeAskedFor()
{
    Bench b;
    b.unfollow(b.follow(std::nullopt));
    b.clock.advance(std::chrono::seconds(59));
    b.add(u"still held"_s);
    b.clock.advance(std::chrono::seconds(1));
    b.add(u"the last"_s);
    b.add(u"unheard"_s);
    QCOMPARE(b.made, 2);
}

void TestChangeHub::asksToReadAgainWhereNobodyHeard()
{
    Bench b;
    const ChangeNumber seen = b.hub.latest();
    b.add(u"unheard"_s);
    b.hub.add(u"of the batch in which it comes"_s, Value());
    b.follow(seen);
    QCOMPARE(b.taken.size(), std::size_t(1));
    QCOMPARE(b.taken.front().event, u"stormglass.reset"_s);
    QCOMPARE(b.taken.front().number, b.hub.latest());
    b.add(u"next"_s);
    QCOMPARE(b.taken.size(), std::size_t(2));
    QCOMPARE(b.taken.back().number, b.hub.latest());
}

void TestChangeHub::keepsBackWhatWasNotCommitted()
{
    Bench b;
    const auto follower = b.follow(std::nullopt);
    b.hub.add(u"undone"_s, Value());
    b.hub.drop();
    b.add(u"kept"_s);
    QCOMPARE(b.taken.size(), std::size_t(1));
    QCOMPARE(b.taken.front().event, u"kept"_s);
    b.hub.unfollow(follower);
    b.run();
    b.add(u"later"_s);
    QCOMPARE(b.taken.size(), std::size_t(1));
}

void TestChangeHub::numbersOfALaterRunAreGreater()
{
    Bench earlier;
    for (int i = 0; i < 100; ++i)
        earlier.add(u"x"_s);
    FakeClock clock;
    clock.advance(std::chrono::seconds(1));
    Mailbox mailbox;
    const ChangeHub later(mailbox, clock);
    QVERIFY(later.latest() > earlier.hub.latest());
}

QTEST_APPLESS_MAIN(TestChangeHub)
#include "tst_change_hub.moc"
