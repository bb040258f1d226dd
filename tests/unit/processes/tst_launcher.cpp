#include "engine/processes/launcher.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace stormglass;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const std::vector<std::pair<QString, QString>> plainEnvironment{{u"PATH"_s, u"/usr/bin:/bin"_s}};

ProcessSpec shell(const QString &command)
{
    ProcessSpec spec;
    spec.program = u"/bin/sh"_s;
    spec.arguments = {u"-c"_s, command};
    spec.environment = plainEnvironment;
    return spec;
}

int openDescriptors()
{
    DIR *const folder = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(folder))
        ++count;
    closedir(folder);
    return count;
}

// A zombie is not.
bool isAlive(qint64 process)
{
    QFile file(u"/proc/%1/stat"_s.arg(process));
    return file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

} // namespace

// A launcher on a reactor, and what its processes reported.
class Bench
{
public:
    struct Seen
    {
        QByteArray out;
        QByteArray err;
        QByteArray channel;
        std::optional<ProcessExit> exit;
    };

    Result<Launcher::Started> start(ProcessSpec spec)
    {
        ++m_running;
        auto started = m_launcher->start(std::move(spec), events());
        if (!started)
            --m_running;
        return started;
    }
    // Until everything that was started has ended.
    Seen &run()
    {
        if (m_running > 0)
            m_reactor.run();
        return m_seen;
    }
    Seen &run(ProcessSpec spec)
    {
        if (const auto started = start(std::move(spec)); !started)
            qFatal("%s", qPrintable(started.error().message));
        return run();
    }
    void after(std::chrono::milliseconds delay, Reactor::Task task)
    {
        m_reactor.after(delay, std::move(task));
    }
    Launcher &launcher() { return *m_launcher; }
    void destroyLauncher() { m_launcher.reset(); }
    std::function<void()> onOutput;

private:
    ProcessEvents events()
    {
        return {[this](OutputStream stream, const QByteArray &data) {
                    (stream == OutputStream::Out       ? m_seen.out
                         : stream == OutputStream::Err ? m_seen.err
                                                       : m_seen.channel)
                        += data;
                    if (onOutput)
                        onOutput();
                },
                [this](ProcessExit exit) {
                    m_seen.exit = exit;
                    if (--m_running == 0)
                        m_reactor.stop();
                }};
    }

    Reactor m_reactor;
    std::unique_ptr<Launcher> m_launcher = std::make_unique<Launcher>(m_reactor);
    int m_running = 0;
    Seen m_seen;
};

class LauncherTest : public QObject
{
    Q_OBJECT

private slots:
    void reportsOutputErrorsAndTheExitStatus()
    {
        Bench bench;
        const auto &seen = bench.run(shell(u"echo out; echo err >&2; exit 3"_s));
        QCOMPARE(seen.out, QByteArray("out\n"));
        QCOMPARE(seen.err, QByteArray("err\n"));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Exited);
        QCOMPARE(seen.exit->code, 3);
        QCOMPARE(bench.launcher().running(), std::size_t(0));
    }

    void reportsTheSignalThatEndedAProcess()
    {
        Bench bench;
        const auto &seen = bench.run(shell(u"kill -TERM $$"_s));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Signaled);
        QCOMPARE(seen.exit->code, SIGTERM);
    }

    void givesExactlyTheEnvironmentFolderAndArguments()
    {
        Bench bench;
        const QTemporaryDir folder;
        ProcessSpec spec;
        spec.program = u"sh"_s;
        spec.arguments = {u"-c"_s, u"pwd; env | grep -v PWD | sort; echo \"$1|$2\""_s, u"name"_s,
                          u""_s, u"ż 'q'"_s};
        spec.environment = {{u"PATH"_s, u"/bin:/usr/bin"_s}, {u"SG_ONE"_s, u"a b"_s}};
        spec.workingDirectory = folder.path();
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.out, folder.path().toUtf8() + "\nPATH=/bin:/usr/bin\nSG_ONE=a b\n|ż 'q'\n");
    }

    void writesItsInputAndClosesIt()
    {
        Bench bench;
        ProcessSpec spec = shell(u"cat"_s);
        spec.input = QByteArray(3'000'000, 'x');
        QCOMPARE(bench.run(std::move(spec)).out.size(), 3'000'000);
    }

    void givesNoInputAtAllUnlessThereIsSome()
    {
        Bench bench;
        QCOMPARE(bench.run(shell(u"cat; readlink /proc/self/fd/0"_s)).out,
                 QByteArray("/dev/null\n"));
    }

    void keepsInputOpenForMore()
    {
        Bench bench;
        ProcessSpec spec = shell(u"while read line; do echo got $line; done"_s);
        spec.input = "one\n";
        spec.keepInputOpen = true;
        const auto started = bench.start(std::move(spec));
        bench.onOutput = [&] {
            bench.onOutput = {};
            QVERIFY(bench.launcher().write(started->handle, "two\n"));
            bench.launcher().closeInput(started->handle);
            QCOMPARE(bench.launcher().write(started->handle, "three\n").error().code,
                     ErrorCode::NotFound);
        };
        QCOMPARE(bench.run().out, QByteArray("got one\ngot two\n"));
        QCOMPARE(bench.launcher().write(started->handle, "four\n").error().code,
                 ErrorCode::NotFound);
    }

    void refusesToQueueForAChildThatDoesNotRead()
    {
        Bench bench;
        ProcessSpec spec = shell(u"sleep 60"_s);
        spec.keepInputOpen = true;
        const auto started = bench.start(std::move(spec));
        const QByteArray block(1024 * 1024, 'x');
        Result<> written;
        int blocks = 0;
        while (blocks < 100 && (written = bench.launcher().write(started->handle, block)))
            ++blocks;
        QCOMPARE(blocks, 4);
        QCOMPARE(written.error().code, ErrorCode::Unavailable);
        bench.launcher().stop(started->handle, 0ms);
        bench.run();
    }

    void survivesAChildThatClosesItsInput()
    {
        Bench bench;
        ProcessSpec spec = shell(u"exec <&-; echo done"_s);
        spec.input = QByteArray(3'000'000, 'x');
        QCOMPARE(bench.run(std::move(spec)).out, QByteArray("done\n"));
    }

    void startsEachInAGroupAndSessionOfItsOwn()
    {
        Bench bench;
        const auto started = bench.start(
            shell(u"ps -o pid=,pgid=,sid= -p $$ 2>/dev/null || cut -d' ' -f1,5,6 /proc/$$/stat"_s));
        const QByteArrayList numbers = bench.run().out.simplified().split(' ');
        QCOMPARE(numbers, QByteArrayList(3, QByteArray::number(started->process)));
    }

    void startsWithNoSignalBlockedOrIgnored()
    {
        signal(SIGPIPE, SIG_IGN);
        signal(SIGUSR1, SIG_IGN);
        Bench bench;
        const auto &seen = bench.run(shell(u"sed -nE 's/^Sig(Blk|Ign):.//p' /proc/self/status"_s));
        const QByteArrayList sets = seen.out.split('\n');
        QCOMPARE(sets[0].toULongLong(nullptr, 16), 0ULL);
        // 32 and 33 belong to the C library.
        QCOMPARE(sets[1].toULongLong(nullptr, 16) & 0x7fff'ffffULL, 0ULL);
        signal(SIGUSR1, SIG_DFL);
    }

    void passesOnNoDescriptorButItsOwn()
    {
        Bench bench;
        const int stray = open("/dev/null", O_RDONLY); // on purpose without O_CLOEXEC
        QVERIFY(stray > 2);
        const auto &seen = bench.run(shell(u"cd /proc/self/fd; echo *"_s));
        // 3 is the folder itself, being read.
        QVERIFY2(seen.out == "0 1 2 3\n" || seen.out == "0 1 2\n", seen.out.constData());
        ::close(stray);
    }

    void readsNothingOfAStreamThatIsHeld()
    {
        Bench bench;
        ProcessSpec spec = shell(u"head -c 500000 /dev/zero >&3; echo done"_s);
        spec.channel = true;
        const auto started = bench.start(std::move(spec));
        QVERIFY(started);
        bench.launcher().hold(started->handle, OutputStream::Channel);
        bool wasReadWhileHeld = false;
        const auto sawAnything = [&] { wasReadWhileHeld = true; };
        bench.onOutput = sawAnything;
        bench.after(50ms, [&] {
            bench.onOutput = {};
            bench.launcher().release(started->handle, OutputStream::Channel);
        });
        const auto &seen = bench.run();
        QVERIFY(!wasReadWhileHeld);
        QCOMPARE(seen.channel.size(), 500'000);
        QCOMPARE(seen.out, QByteArray("done\n"));
    }

    void handsOverDescriptorsAndAChannel()
    {
        Bench bench;
        int ends[2];
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        ProcessSpec spec = shell(u"echo printed; echo event >&3; echo lent >&4"_s);
        spec.channel = true;
        spec.descriptors = {ends[1]};
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.out, QByteArray("printed\n"));
        QCOMPARE(seen.channel, QByteArray("event\n"));
        char text[16] = {};
        QCOMPARE(read(ends[0], text, sizeof text), ssize_t(5));
        QCOMPARE(QByteArray(text), QByteArray("lent\n"));
        ::close(ends[0]);
        ::close(ends[1]);
    }

    void dropsOutputOverItsLimitAndSaysHowMuch()
    {
        Bench bench;
        ProcessSpec spec = shell(u"head -c 2000000 /dev/zero; echo err >&2; echo event >&3"_s);
        spec.channel = true;
        spec.outputLimit = 1'000;
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.out.size(), 1'000);
        QCOMPARE(seen.err, QByteArray("err\n"));
        QCOMPARE(seen.channel, QByteArray("event\n"));
        QCOMPARE(seen.exit->droppedOutput, 1'999'000);
    }

    void endsAProcessThatRunsTooLong()
    {
        Bench bench;
        ProcessSpec spec = shell(u"echo begun; sleep 60"_s);
        spec.timeout = 100ms;
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::TimedOut);
        QCOMPARE(seen.out, QByteArray("begun\n"));
    }

    void killsOneThatDoesNotWantToEnd()
    {
        Bench bench;
        ProcessSpec spec = shell(u"trap 'echo no' TERM; while :; do sleep 0.05; done"_s);
        spec.timeout = 100ms;
        spec.grace = 200ms;
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::TimedOut);
        QCOMPARE(seen.exit->code, SIGKILL);
        QCOMPARE(seen.out, QByteArray("no\n"));
    }

    void stopsTheWholeGroupWhenAsked()
    {
        Bench bench;
        const auto started = bench.start(
            shell(u"sh -c 'trap : TERM; echo $$; while :; do sleep 0.05; done' & echo up; wait"_s));
        bench.onOutput = [&] { bench.launcher().stop(started->handle, 10s); };
        const auto &seen = bench.run();
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Killed);
        for (const QByteArray &line : seen.out.split('\n')) {
            const int grandchild = line.toInt();
            if (grandchild > 0)
                QTRY_VERIFY(!isAlive(grandchild));
        }
    }

    void stopsAtOnceWithoutGrace()
    {
        Bench bench;
        const auto started = bench.start(shell(u"trap '' TERM; sleep 60"_s));
        bench.launcher().stop(started->handle, 0ms);
        bench.launcher().stop(started->handle, 10s);
        bench.launcher().stop(12345, 0ms);
        const auto &seen = bench.run();
        QCOMPARE(seen.exit->cause, ProcessExit::Cause::Killed);
        QCOMPARE(seen.exit->code, SIGKILL);
    }

    void doesNotWaitForAGrandchildThatHoldsTheStreams()
    {
        Bench bench;
        QElapsedTimer clock;
        clock.start();
        const auto &seen = bench.run(shell(u"(sleep 5; true) & echo gone; exit 4"_s));
        QCOMPARE(seen.exit->code, 4);
        QCOMPARE(seen.out, QByteArray("gone\n"));
        QVERIFY(clock.elapsed() >= 900 && clock.elapsed() < 4'000);
    }

    void readsEverythingAGrandchildPrintsInTime()
    {
        Bench bench;
        QCOMPARE(bench.run(shell(u"(sleep 0.2; echo late) & echo early"_s)).out,
                 QByteArray("early\nlate\n"));
    }

    void slowsDownAnEndlessPrinterAndServesOthersMeanwhile()
    {
        Bench bench;
        ProcessSpec spec = shell(u"exec yes"_s);
        spec.timeout = 300ms;
        spec.outputLimit = 100'000;
        int ticks = 0;
        std::function<void()> tick = [&] {
            if (++ticks < 20)
                bench.after(5ms, tick);
        };
        bench.after(5ms, tick);
        const auto &seen = bench.run(std::move(spec));
        QCOMPARE(seen.out.size(), 100'000);
        QVERIFY(seen.exit->droppedOutput > 0);
        // 300 ms at 256 MB/s, and some for a slow machine's late timers.
        QVERIFY2(seen.exit->droppedOutput < 200'000'000,
                 QByteArray::number(seen.exit->droppedOutput).constData());
        QVERIFY2(ticks >= 10, QByteArray::number(ticks).constData());
    }

    void saysWhyAProcessCannotStart_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("not in PATH")
            << u"no-such-program"_s << QString() << int(ErrorCode::NotFound)
            << u"there is no such program in PATH"_s;
        QTest::newRow("no such file") << u"/no/such"_s << QString() << int(ErrorCode::NotFound)
                                      << u"No such file or directory"_s;
        QTest::newRow("not executable")
            << u"/etc/passwd"_s << QString() << int(ErrorCode::Denied) << u"Permission denied"_s;
        QTest::newRow("a folder") << u"/etc"_s << QString() << int(ErrorCode::Denied)
                                  << u"Permission denied"_s;
        QTest::newRow("no such working folder")
            << u"/bin/true"_s << u"/no/such"_s << int(ErrorCode::NotFound)
            << u"in the folder \"/no/such\""_s;
        QTest::newRow("NUL") << u"/bin/tr\0ue"_s << QString() << int(ErrorCode::Invalid)
                             << u"NUL"_s;
    }

    void saysWhyAProcessCannotStart()
    {
        QFETCH(const QString, program);
        QFETCH(const QString, folder);
        QFETCH(const QString, words);
        Bench bench;
        ProcessSpec spec;
        spec.program = program;
        spec.environment = plainEnvironment;
        spec.workingDirectory = folder;
        const auto started = bench.start(std::move(spec));
        QVERIFY(!started);
        QTEST(int(started.error().code), "code");
        QVERIFY2(started.error().message.contains(words), qPrintable(started.error().message));
        QCOMPARE(bench.launcher().running(), std::size_t(0));
    }

    void saysThatAScriptsInterpreterIsMissing()
    {
        QTemporaryDir folder;
        QFile script(folder.filePath(u"script"_s));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/no/such/interpreter\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        Bench bench;
        ProcessSpec spec;
        spec.program = script.fileName();
        const auto started = bench.start(std::move(spec));
        QVERIFY(!started);
        QVERIFY(started.error().message.contains(u"interpreter"_s));
    }

    void isRefusedButUnharmedWhenDescriptorsRunOut()
    {
        Bench bench;
        bench.run(shell(u"true"_s)); // the loop's own descriptors exist from here on
        rlimit old{};
        getrlimit(RLIMIT_NOFILE, &old);
        const int before = openDescriptors();
        const rlimit tight{64, old.rlim_max};
        setrlimit(RLIMIT_NOFILE, &tight);
        std::vector<int> held;
        int one = -1;
        while ((one = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
            held.push_back(one);
        // At each number of free descriptors it fails somewhere else, until it works.
        bool worked = false;
        int refusals = 0;
        while (!worked) {
            const auto started = bench.start(shell(u"true"_s));
            worked = started.has_value();
            if (!worked) {
                ++refusals;
                QCOMPARE(started.error().code, ErrorCode::Unavailable);
                QVERIFY(started.error().message.contains(u"Too many open files"_s));
                ::close(held.back());
                held.pop_back();
            }
        }
        for (const int number : held)
            ::close(number);
        setrlimit(RLIMIT_NOFILE, &old);
        QVERIFY(refusals >= 5);
        QCOMPARE(bench.run().exit->code, 0);
        QCOMPARE(openDescriptors(), before);
    }

    void startsThousandsAndLeavesNothingBehind()
    {
        Bench bench;
        bench.run(shell(u"true"_s)); // the loop's own descriptors exist from here on
        const int before = openDescriptors();
        int left = 2'000;
        const std::function<void()> next = [&] {
            if (left-- > 0)
                QVERIFY(bench.start(shell(u"echo x"_s)));
        };
        bench.onOutput = next;
        for (int i = 0; i < 8; ++i)
            next();
        QCOMPARE(bench.run().out.size(), 2 * 2'000);
        QCOMPARE(openDescriptors(), before);
        QCOMPARE(waitpid(-1, nullptr, WNOHANG), -1);
    }

    void killsWhatStillRunsWhenItIsDestroyed()
    {
        Bench bench;
        const auto started = bench.start(shell(u"trap '' TERM; sleep 60"_s));
        QVERIFY(started->startTicks > 0);
        QCOMPARE(processStartTicks(started->process), started->startTicks);
        bench.destroyLauncher();
        QVERIFY(!isAlive(started->process));
    }

    void knowsProcessesByTheirStart()
    {
        QVERIFY(processStartTicks(getpid()) > 0);
        QCOMPARE(processStartTicks(getpid()), processStartTicks(getpid()));
        QCOMPARE(processStartTicks(0), std::uint64_t(0));
        QCOMPARE(processStartTicks(999'999'999), std::uint64_t(0));
    }
};

QTEST_GUILESS_MAIN(LauncherTest)
#include "tst_launcher.moc"
