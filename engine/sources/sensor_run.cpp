#include "engine/sources/sensor_run.h"

#include "engine/base/thread_name.h"
#include "engine/sources/log_tail.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace stormglass {

namespace {

// Of an event, as resources/python/README.md has it.
constexpr qsizetype eventLimit = 8 * 1024 * 1024;

} // namespace

SensorRun::SensorRun(SensorProcesses &processes, Alarms &alarms, Calls calls)
    : m_processes(processes)
    , m_alarms(alarms)
    , m_calls(std::move(calls))
    , m_channel(eventLimit)
    , m_out(LogTail::lineLimit)
    , m_err(LogTail::lineLimit)
{
}

SensorRun::~SensorRun()
{
    m_alarms.cancel(m_acknowledging);
}

Result<> SensorRun::start(ProcessSpec spec)
{
    SG_ON(Io);
    ProcessEvents events;
    events.output = [this](OutputStream stream, const QByteArray &chunk) { take(stream, chunk); };
    events.exited = [this](const ProcessExit &exit) { finish(exit); };
    SG_LET(const Launcher::Started started, m_processes.start(std::move(spec), std::move(events)));
    m_handle = started.handle;
    m_process = started.process;
    return {};
}

void SensorRun::tell(const QByteArray &line)
{
    const Result<> told = m_processes.write(m_handle, line);
    // One that has ended, or has closed its input, is heard of by its exit.
    if (!told && told.error().code == ErrorCode::Unavailable)
        m_calls.hung(told.error().message);
}

void SensorRun::stop(std::chrono::milliseconds grace)
{
    m_processes.stop(m_handle, grace);
}

void SensorRun::hold()
{
    m_isHeld = true;
    m_processes.hold(m_handle);
}

void SensorRun::release()
{
    m_isHeld = false;
    m_processes.release(m_handle);
}

void SensorRun::take(OutputStream stream, QByteArrayView chunk)
{
    SG_ON(Io);
    if (stream == OutputStream::Channel)
        return m_channel.feed(
            chunk, [this](QByteArrayView line, bool isWhole) { takeMessage(line, isWhole); });
    LineSplitter &splitter = stream == OutputStream::Out ? m_out : m_err;
    const auto name
        = stream == OutputStream::Out ? SensorLogLine::Stream::Out : SensorLogLine::Stream::Err;
    splitter.feed(chunk, [this, name](QByteArrayView line, bool) { m_calls.printed(name, line); });
}

void SensorRun::takeMessage(QByteArrayView line, bool isWhole)
{
    if (!isWhole)
        return m_calls.garbage(line, u"longer than an event may be"_s);
    Result<SensorMessage> message = readSensorMessage(line);
    if (!message)
        return m_calls.garbage(line, message.error().message);
    switch (message->kind) {
    case SensorMessage::Kind::Ready:
        m_answersPings = message->answersPings;
        return m_calls.ready();
    case SensorMessage::Kind::Pong:
        return m_calls.ponged(message->busy);
    case SensorMessage::Kind::Failed:
        m_said = message->reason;
        return;
    case SensorMessage::Kind::Event:
        return takeEvent(std::move(*message), line);
    }
}

void SensorRun::takeEvent(SensorMessage message, QByteArrayView line)
{
    if (message.number != 0 && message.number <= m_received)
        return m_calls.garbage(line, u"an event whose number was used before"_s);
    if (message.number != 0) {
        m_received = message.number;
        m_unsettled.insert(message.number);
    }
    m_calls.raised(message.number, std::move(message.event));
}

void SensorRun::settle(std::int64_t number)
{
    if (m_unsettled.erase(number) == 0 || m_acknowledging != 0)
        return;
    // One word for all that are stored with one commit.
    m_acknowledging = m_alarms.after(0us, [this] {
        m_acknowledging = 0;
        acknowledge();
    });
}

void SensorRun::acknowledge()
{
    const std::int64_t number = m_unsettled.empty() ? m_received : *m_unsettled.begin() - 1;
    if (number <= m_acknowledged)
        return;
    m_acknowledged = number;
    tell(ackLine(number));
}

void SensorRun::finish(const ProcessExit &exit)
{
    SG_ON(Io);
    m_out.finish(
        [this](QByteArrayView line, bool) { m_calls.printed(SensorLogLine::Stream::Out, line); });
    m_err.finish(
        [this](QByteArrayView line, bool) { m_calls.printed(SensorLogLine::Stream::Err, line); });
    // The call may destroy this.
    const auto ended = std::move(m_calls.ended);
    const QString said = m_said;
    ended(exit, said);
}

} // namespace stormglass
