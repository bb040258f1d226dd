#include "engine/reactor/reactor.h"

#include "engine/base/thread_name.h"

#include <QTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <thread>

using namespace stormglass;
using namespace std::chrono_literals;

namespace {

struct Pipe
{
    Pipe() { SG_ASSERT(pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0); }
    ~Pipe()
    {
        close(ends[0]);
        close(ends[1]);
    }
    std::array<int, 2> ends{-1, -1};
};

char readOne(int descriptor)
{
    char letter = 0;
    return read(descriptor, &letter, 1) == 1 ? letter : '\0';
}

} // namespace

class ReactorTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { nameThisThread(ThreadName::None); }

    void runsPostedTasksInOrderAndNeverInsideTheCaller()
    {
        Reactor reactor;
        QByteArray order;
        reactor.post([&] {
            reactor.post([&] {
                order += 'c';
                reactor.stop();
            });
            order += 'a';
        });
        reactor.post([&] { order += 'b'; });
        QVERIFY(order.isEmpty());
        reactor.run();
        QCOMPARE(order, QByteArray("abc"));
    }

    void namesItsThread()
    {
        Reactor reactor;
        reactor.post([&] {
            QCOMPARE(thisThread(), ThreadName::Io);
            reactor.stop();
        });
        reactor.run();
    }

    void doesNotForgetAStopThatCameFirst()
    {
        Reactor reactor;
        reactor.stop();
        reactor.run();
        reactor.post([&] { reactor.stop(); });
        reactor.run();
    }

    void takesTasksFromManyThreadsAndLosesNone()
    {
        Reactor reactor;
        constexpr int each = 20'000;
        int served = 0;
        const auto poster = [&] {
            for (int i = 0; i < each; ++i)
                reactor.post([&] {
                    if (++served == 2 * each)
                        reactor.stop();
                });
        };
        std::thread first(poster);
        std::thread second(poster);
        reactor.run();
        first.join();
        second.join();
        QCOMPARE(served, 2 * each);
    }

    void callsTimersInTheOrderOfTheirDeadlines()
    {
        Reactor reactor;
        QByteArray order;
        const Instant start = std::chrono::steady_clock::now();
        reactor.after(20ms, [&] {
            order += 'b';
            reactor.stop();
        });
        reactor.after(5ms, [&] { order += 'a'; });
        reactor.run();
        QCOMPARE(order, QByteArray("ab"));
        QVERIFY(std::chrono::steady_clock::now() - start >= 20ms);
    }

    void doesNotCallACancelledTimer()
    {
        Reactor reactor;
        bool called = false;
        const Reactor::TimerId first = reactor.after(1ms, [&] { called = true; });
        // Both expire in one turn of the loop; the one that runs first cancels the other.
        Reactor::TimerId later = 0;
        reactor.after(2ms, [&] {
            const Instant busyUntil = std::chrono::steady_clock::now() + 3ms;
            while (std::chrono::steady_clock::now() < busyUntil) {}
            reactor.cancelTimer(later);
        });
        later = reactor.after(3ms, [&] { called = true; });
        reactor.cancelTimer(first);
        reactor.cancelTimer(12345);
        reactor.after(10ms, [&] { reactor.stop(); });
        reactor.run();
        QVERIFY(!called);
        QVERIFY(first != 0);
    }

    void callsAWatchAsLongAsThereIsSomethingToRead()
    {
        Reactor reactor;
        const Pipe pipe;
        QCOMPARE(write(pipe.ends[1], "abc", 3), ssize_t(3));
        QByteArray read;
        reactor.watch(pipe.ends[0], Reactor::Wants::Read, [&] {
            read += readOne(pipe.ends[0]);
            if (read.size() == 3)
                reactor.stop();
        });
        reactor.run();
        QCOMPARE(read, QByteArray("abc"));
    }

    void callsAWatchWhenThePeerHangsUp()
    {
        Reactor reactor;
        Pipe pipe;
        close(std::exchange(pipe.ends[1], -1));
        reactor.watch(pipe.ends[0], Reactor::Wants::Read, [&] { reactor.stop(); });
        reactor.run();
    }

    void watchesOneDescriptorForBothDirections()
    {
        Reactor reactor;
        std::array<int, 2> pair{};
        QCOMPARE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair.data()),
                 0);
        int written = 0;
        Reactor::WatchId writing = 0;
        writing = reactor.watch(pair[0], Reactor::Wants::Write, [&] {
            ++written;
            reactor.unwatch(writing);
            reactor.after(1ms, [&] { QCOMPARE(write(pair[1], "x", 1), ssize_t(1)); });
        });
        reactor.watch(pair[0], Reactor::Wants::Read, [&] {
            QCOMPARE(readOne(pair[0]), 'x');
            reactor.stop();
        });
        reactor.run();
        QCOMPARE(written, 1);
        close(pair[0]);
        close(pair[1]);
    }

    void isSilentAfterUnwatchEvenIfTheNumberIsUsedAgain()
    {
        Reactor reactor;
        const Pipe pipe;
        QCOMPARE(write(pipe.ends[1], "abc", 3), ssize_t(3));
        int old = 0;
        int fresh = 0;
        Reactor::WatchId watch = 0;
        watch = reactor.watch(pipe.ends[0], Reactor::Wants::Read, [&] {
            ++old;
            reactor.unwatch(watch);
            reactor.unwatch(watch);
            reactor.watch(pipe.ends[0], Reactor::Wants::Read, [&] {
                if (++fresh == 2)
                    reactor.stop();
            });
        });
        reactor.run();
        QCOMPARE(old, 1);
        QCOMPARE(fresh, 2);
        // Borrowed: it is still open.
        QCOMPARE(readOne(pipe.ends[0]), 'a');
    }

    void refusesToWatchAFileAndAClosedDescriptor()
    {
        Reactor reactor;
        const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
        QCOMPARE(reactor.watch(file, Reactor::Wants::Read, [] {}), Reactor::WatchId(0));
        close(file);
        QCOMPARE(reactor.watch(file, Reactor::Wants::Read, [] {}), Reactor::WatchId(0));
    }

    void dropsWhatWaitsWhenItIsDestroyed()
    {
        const auto held = std::make_shared<int>(1);
        const Pipe pipe;
        {
            Reactor reactor;
            reactor.after(1h, [held] {});
            reactor.post([held] {});
            reactor.watch(pipe.ends[0], Reactor::Wants::Read, [held] {});
        }
        QCOMPARE(held.use_count(), 1L);
        QVERIFY(fcntl(pipe.ends[0], F_GETFD) >= 0);
    }
};

QTEST_GUILESS_MAIN(ReactorTest)
#include "tst_reactor.moc"
