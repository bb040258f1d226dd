#include "engine/packaging/command_desk.h"

#include "engine/base/thread_name.h"

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype outputKept = 1 << 20;
constexpr qsizetype lineKept = 500;
constexpr qsizetype linesKept = 40;
// Followers need not see every percent of a clone.
constexpr auto tellAtMost = 200ms;
constexpr auto grace = 3s;

} // namespace

CommandDesk::CommandDesk(const Clock &clock, Launcher &launcher,
                         std::function<void(CommandNews)> tell)
    : m_clock(clock)
    , m_launcher(launcher)
    , m_tell(std::move(tell))
{
}

void CommandDesk::start(CommandId command, ProcessSpec spec)
{
    SG_ON(Io);
    if (m_isClosed)
        return m_tell(
            {command,
             {},
             Result<CommandEnd>(failure(ErrorCode::Unavailable, u"The engine stops."_s))});
    spec.grace = grace;
    Result<Launcher::Started> started
        = m_launcher.start(std::move(spec),
                           {[this, command](OutputStream stream, const QByteArray &data) {
                                take(command, stream, data);
                            },
                            [this, command](ProcessExit exit) { finish(command, exit); }});
    if (!started)
        return m_tell({command, {}, Result<CommandEnd>(failure(started.error()))});
    m_runs[command].process = started->handle;
}

void CommandDesk::stop(CommandId command)
{
    SG_ON(Io);
    const auto found = m_runs.find(command);
    if (found != m_runs.end())
        m_launcher.stop(found->second.process, grace);
}

void CommandDesk::close()
{
    SG_ON(Io);
    m_isClosed = true;
    for (const auto &[command, run] : m_runs)
        m_launcher.stop(run.process, grace);
}

void CommandDesk::take(CommandId command, OutputStream stream, const QByteArray &data)
{
    const auto found = m_runs.find(command);
    if (found == m_runs.end())
        return;
    Run &run = found->second;
    if (stream == OutputStream::Out)
        run.end.output += data.first(std::min(data.size(), outputKept - run.end.output.size()));
    QByteArray &partial = run.partial[stream == OutputStream::Err ? 1 : 0];
    for (const char character : data) {
        // Progress is shown by returning to the start of the line.
        if (character == '\n' || character == '\r')
            takeLine(command, run, std::exchange(partial, {}));
        else if (partial.size() < lineKept)
            partial += character;
    }
}

void CommandDesk::takeLine(CommandId command, Run &run, const QByteArray &line)
{
    const QString text = QString::fromUtf8(line).trimmed();
    if (text.isEmpty())
        return;
    run.end.lastLines << text;
    if (run.end.lastLines.size() > linesKept)
        run.end.lastLines.removeFirst();
    const Instant now = m_clock.instant();
    if (now - run.told < tellAtMost)
        return;
    run.told = now;
    m_tell({command, text, std::nullopt});
}

void CommandDesk::finish(CommandId command, const ProcessExit &exit)
{
    const auto node = m_runs.extract(command);
    if (node.empty())
        return;
    Run &run = node.mapped();
    for (QByteArray &partial : run.partial) {
        if (const QString text = QString::fromUtf8(partial).trimmed(); !text.isEmpty())
            run.end.lastLines << text;
    }
    run.end.exit = exit;
    m_tell({command, {}, Result<CommandEnd>(std::move(run.end))});
}

} // namespace stormglass
