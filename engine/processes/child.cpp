#include "engine/processes/child.h"

#include <cerrno>
#include <csignal>
#include <sys/wait.h>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype unwrittenLimit = 4 * 1024 * 1024;
// How long a grandchild may hold the streams of a process that has ended.
constexpr auto lingerTime = 1s;

} // namespace

Child::Child(Surroundings surroundings, Spawned spawned, ProcessSpec spec, ProcessEvents events)
    : m_surroundings(std::move(surroundings))
    , m_process(spawned.process)
    , m_handle(std::move(spawned.watch))
    , m_input(std::move(spawned.input))
    , m_unwritten(std::move(spec.input))
    , m_keepInputOpen(spec.keepInputOpen)
    , m_streams(m_surroundings.reactor, m_surroundings.buffer, std::move(events.output),
                [this] { finishIfDone(); })
    , m_timeLimit(spec.timeout)
    , m_grace(spec.grace)
    , m_exited(std::move(events.exited))
{
    m_streams.add(OutputStream::Out, std::move(spawned.output), spec.outputLimit);
    m_streams.add(OutputStream::Err, std::move(spawned.error), spec.outputLimit);
    m_streams.add(OutputStream::Channel, std::move(spawned.channel), 0);
}

Child::~Child()
{
    if (m_process == 0)
        return;
    m_streams.close();
    m_unwritten.clear();
    closeInput();
    m_surroundings.reactor.unwatch(m_handleWatch);
    for (Reactor::TimerId *timer : {&m_timeout, &m_killing, &m_lingering})
        cancel(*timer);
    if (sendSignal(SIGKILL))
        waitpid(m_process, nullptr, 0);
}

bool Child::begin()
{
    m_handleWatch = m_surroundings.reactor.watch(m_handle.number(), Reactor::Wants::Read,
                                                 [this] { hasExited(); });
    if (m_handleWatch == 0 || !m_streams.watch())
        return false;
    if (m_timeLimit > 0ms) {
        m_timeout = m_surroundings.reactor.after(m_timeLimit, [this] {
            m_timeout = 0;
            stop(ProcessExit::Cause::TimedOut, m_grace);
        });
    }
    flushInput();
    return true;
}

Result<> Child::write(const QByteArray &data)
{
    if (!m_input.isOpen())
        return failure(ErrorCode::NotFound, u"the input of process %1 is closed"_s.arg(m_process));
    if (m_unwritten.size() + data.size() > unwrittenLimit) {
        return failure(
            ErrorCode::Unavailable,
            u"process %1 does not read its input: %2 bytes wait for it"_s.arg(m_process).arg(
                m_unwritten.size()));
    }
    m_unwritten += data;
    flushInput();
    return {};
}

void Child::closeInput()
{
    m_keepInputOpen = false;
    // What waits is still written; flushInput closes after it.
    if (!m_unwritten.isEmpty())
        return;
    m_surroundings.reactor.unwatch(std::exchange(m_inputWatch, 0));
    m_input.close();
}

void Child::flushInput()
{
    while (m_input.isOpen() && !m_unwritten.isEmpty()) {
        const ssize_t count
            = ::write(m_input.number(), m_unwritten.constData(), size_t(m_unwritten.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && errno == EAGAIN) {
            if (m_inputWatch == 0) {
                m_inputWatch = m_surroundings.reactor.watch(m_input.number(), Reactor::Wants::Write,
                                                            [this] { flushInput(); });
            }
            return;
        }
        if (count < 0) {
            // It closed its input: what it did not want is dropped.
            m_unwritten.clear();
            return closeInput();
        }
        m_unwritten.remove(0, count);
    }
    m_surroundings.reactor.unwatch(std::exchange(m_inputWatch, 0));
    if (!m_keepInputOpen)
        closeInput();
}

void Child::stop(ProcessExit::Cause cause, std::chrono::milliseconds grace)
{
    if (!m_stopped)
        m_stopped = cause;
    cancel(m_killing);
    if (grace <= 0ms || m_exit)
        return killGroup();
    sendSignal(SIGTERM);
    // A stopped process hears nothing but this.
    sendSignal(SIGCONT);
    m_killing = m_surroundings.reactor.after(grace, [this] {
        m_killing = 0;
        killGroup();
    });
}

// To the whole group. Its number stays ours as long as its first process is not reaped, which is
// done last.
bool Child::sendSignal(int number)
{
    return kill(-m_process, number) == 0 || errno != EPERM;
}

void Child::killGroup()
{
    if (sendSignal(SIGKILL) || m_exit || m_lingering != 0)
        return;
    // Another user's by now (sudo): nobody shall wait for it.
    m_lingering = m_surroundings.reactor.after(lingerTime, [this] {
        m_lingering = 0;
        m_exit = ProcessExit{*m_stopped, SIGKILL, true, 0};
        report();
    });
}

void Child::hasExited()
{
    siginfo_t info{};
    if (waitid(P_PIDFD, id_t(m_handle.number()), &info, WEXITED | WNOHANG | WNOWAIT) != 0
        || info.si_pid == 0)
        return;
    m_surroundings.reactor.unwatch(std::exchange(m_handleWatch, 0));
    if (m_reported)
        return finish();
    cancel(m_timeout);
    cancel(m_lingering);
    using Cause = ProcessExit::Cause;
    const Cause own = info.si_code == CLD_EXITED ? Cause::Exited : Cause::Signaled;
    m_exit = ProcessExit{m_stopped.value_or(own), info.si_status, own == Cause::Signaled, 0};
    if (m_stopped) {
        cancel(m_killing);
        killGroup();
    }
    m_streams.drain();
    finishIfDone();
}

void Child::finishIfDone()
{
    if (!m_exit)
        return;
    if (m_streams.haveEnded())
        return finish();
    if (m_lingering == 0) {
        m_lingering = m_surroundings.reactor.after(lingerTime, [this] {
            m_lingering = 0;
            finish();
        });
    }
}

void Child::report()
{
    m_reported = true;
    m_streams.close();
    m_unwritten.clear();
    closeInput();
    for (Reactor::TimerId *timer : {&m_timeout, &m_killing, &m_lingering})
        cancel(*timer);
    m_exit->droppedOutput = m_streams.dropped();
    if (const auto exited = std::exchange(m_exited, {}))
        exited(*m_exit);
}

void Child::finish()
{
    waitpid(std::exchange(m_process, 0), nullptr, 0);
    if (!m_reported)
        report();
    // Destroys this.
    const auto ended = std::move(m_surroundings.ended);
    ended();
}

void Child::cancel(Reactor::TimerId &timer)
{
    if (timer != 0)
        m_surroundings.reactor.cancelTimer(std::exchange(timer, 0));
}

} // namespace stormglass
