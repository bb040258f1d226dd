#include "engine/processes/python_run.h"

#include "engine/processes/pipe.h"

#include <csignal>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// How long a grandchild may hold the streams of a process that has ended.
constexpr auto lingerTime = 1s;
// After that a zygote that has not said how a killed job ended is taken for broken.
constexpr auto silenceTime = 5s;

Value toValue(const Environment &environment)
{
    Value map = Value::map();
    for (const auto &[name, value] : environment)
        map.set(name, value);
    return map;
}

} // namespace

PythonRun::PythonRun(Surroundings surroundings, PythonJob job, PythonEvents events)
    : m_surroundings(std::move(surroundings))
    , m_job(std::move(job))
    , m_events(std::move(events))
    , m_streams(
          m_surroundings.reactor, m_surroundings.buffer,
          [this](OutputStream stream, QByteArray data) {
              if (m_events.output)
                  m_events.output(stream, std::move(data));
          },
          [this] { finishIfDone(); })
{
    limitTime();
}

PythonRun::~PythonRun()
{
    *m_self = nullptr;
    for (Reactor::TimerId timer : {m_timeout, m_killing, m_lingering})
        m_surroundings.reactor.cancelTimer(timer);
    if (m_process != 0 && !m_exit)
        signalOrphan(SIGKILL);
    if (m_fresh != 0)
        m_surroundings.launcher.stop(m_fresh, 0ms);
}

void PythonRun::limitTime()
{
    if (m_job.timeout <= 0ms)
        return;
    m_timeout = m_surroundings.reactor.after(m_job.timeout, [this] {
        m_timeout = 0;
        stop(ProcessExit::Cause::TimedOut, m_job.grace);
    });
}

Result<Descriptor> PythonRun::makeChannel()
{
    SG_LET(JobChannel::Pair pair, JobChannel::makePair());
    m_channel = std::make_unique<JobChannel>(
        m_surroundings.reactor, std::move(pair.ours), m_job.request,
        [this](Result<Value> answer) {
            if (m_events.answered)
                m_events.answered(std::move(answer));
        },
        [this] { finishIfDone(); });
    if (!m_channel->begin())
        return failure(ErrorCode::Unavailable,
                       u"the system is out of memory for watching processes"_s);
    return std::move(pair.theirs);
}

Result<Zygote::Ends> PythonRun::prepare()
{
    m_job.request.set("environment", toValue(m_job.environment));
    if (!m_job.workingDirectory.isEmpty())
        m_job.request.set("folder", m_job.workingDirectory);
    Zygote::Ends ends;
    SG_LET(ends[0], makeChannel());
    SG_LET(Pipe output, makePipe());
    SG_LET(Pipe errors, makePipe());
    m_streams.add(OutputStream::Out, std::move(output.reader), m_job.outputLimit);
    m_streams.add(OutputStream::Err, std::move(errors.reader), m_job.outputLimit);
    if (!m_streams.watch())
        return failure(ErrorCode::Unavailable,
                       u"the system is out of memory for watching processes"_s);
    ends[1] = std::move(output.writer);
    ends[2] = std::move(errors.writer);
    return ends;
}

ProcessEvents PythonRun::freshEvents()
{
    return {[self = m_self](OutputStream stream, QByteArray data) {
                if (*self && (*self)->m_events.output)
                    (*self)->m_events.output(stream, std::move(data));
            },
            [self = m_self](ProcessExit exit) {
                PythonRun *const run = *self;
                if (!run)
                    return;
                run->m_fresh = 0;
                run->m_channel->drain();
                run->finish(exit);
            }};
}

Result<> PythonRun::startFresh()
{
    m_streams.close();
    m_zygote = nullptr;
    m_job.request.set("environment", Value());
    m_job.request.set("folder", Value());
    SG_LET(const Descriptor channel, makeChannel());

    ProcessSpec spec;
    spec.program = m_job.interpreter;
    spec.arguments = pythonArguments(m_surroundings.library + u"/stormglass_action.py"_s);
    spec.environment = m_job.environment;
    spec.workingDirectory = m_job.workingDirectory;
    spec.descriptors = {channel.number()};
    spec.outputLimit = m_job.outputLimit;
    SG_LET(const Launcher::Started started,
           m_surroundings.launcher.start(std::move(spec), freshEvents()));
    m_fresh = started.handle;
    if (m_events.started)
        m_events.started(started.process, started.startTicks);
    return {};
}

void PythonRun::startFreshOrFail()
{
    if (m_stopped)
        return finish(ProcessExit{*m_stopped, SIGKILL, true, 0});
    const Result<> started = startFresh();
    if (started)
        return;
    const auto failed = std::move(m_events.failed);
    const Error error = started.error();
    const auto done = std::move(m_surroundings.done);
    done(); // destroys this
    if (failed)
        failed(error);
}

void PythonRun::sendTo(Zygote &zygote, Zygote::JobId id)
{
    m_zygote = &zygote;
    m_id = id;
}

void PythonRun::forked(qint64 process)
{
    m_process = process;
    m_startTicks = processStartTicks(process);
    m_job.request = Value();
    if (m_events.started)
        m_events.started(process, m_startTicks);
    // It was asked to end while it was on its way.
    if (m_stopped)
        sendSignal(m_killed ? SIGKILL : SIGTERM);
}

void PythonRun::ended(ProcessExit exit)
{
    m_exit = ProcessExit{m_stopped.value_or(exit.cause), exit.code, exit.bySignal, 0};
    m_streams.drain();
    m_channel->drain();
    finishIfDone();
}

void PythonRun::orphaned()
{
    m_zygote = nullptr;
    m_orphaned = true;
    if (m_stopped)
        signalOrphan(SIGKILL);
    finishIfDone();
}

void PythonRun::stop(ProcessExit::Cause cause, std::chrono::milliseconds grace)
{
    if (!m_stopped)
        m_stopped = cause;
    if (m_fresh != 0) {
        // The launcher tells killed from ended by itself; what is reported is our cause.
        return m_surroundings.launcher.stop(m_fresh, grace);
    }
    if (m_zygote && m_zygote->withdraw(m_id))
        return finish(ProcessExit{*m_stopped, SIGKILL, true, 0});
    m_surroundings.reactor.cancelTimer(std::exchange(m_killing, 0));
    if (grace <= 0ms || m_exit)
        return kill();
    sendSignal(SIGTERM);
    m_killing = m_surroundings.reactor.after(grace, [this] {
        m_killing = 0;
        kill();
    });
}

void PythonRun::kill()
{
    m_killed = true;
    sendSignal(SIGKILL);
    if (m_exit || m_orphaned)
        return;
    m_killing = m_surroundings.reactor.after(silenceTime, [this] {
        m_killing = 0;
        // Its death makes orphans of all its jobs, which are then watched without it.
        if (m_zygote)
            m_zygote->kill();
    });
}

void PythonRun::sendSignal(int number)
{
    if (m_process == 0)
        return;
    if (m_zygote)
        m_zygote->sendSignal(m_id, number);
    else
        signalOrphan(number);
}

// Only if the number is still that process's.
void PythonRun::signalOrphan(int number) const
{
    if (m_startTicks != 0 && processStartTicks(m_process) == m_startTicks)
        ::kill(-pid_t(m_process), number);
}

void PythonRun::finishIfDone()
{
    if (m_orphaned && !m_exit && !m_channel->isOpen()) {
        // It held its channel until its end. How it ended nobody knows; with an answer it cannot
        // have gone wrong.
        m_exit = ProcessExit{m_stopped.value_or(ProcessExit::Cause::Exited),
                             m_channel->isAnswered() ? 0 : 1, false, 0};
        m_streams.drain();
    }
    if (!m_exit || m_fresh != 0)
        return;
    if (m_streams.haveEnded())
        return finish(*m_exit);
    if (m_lingering != 0)
        return;
    m_lingering = m_surroundings.reactor.after(lingerTime, [this] {
        m_lingering = 0;
        finish(*m_exit);
    });
}

void PythonRun::finish(ProcessExit exit)
{
    m_process = 0;
    exit.cause = m_stopped.value_or(exit.cause);
    exit.droppedOutput += m_streams.dropped();
    const auto exited = std::move(m_events.exited);
    const auto done = std::move(m_surroundings.done);
    done(); // destroys this
    if (exited)
        exited(exit);
}

} // namespace stormglass
