#include "engine/runners/shell_runner.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"

#include <QRegularExpression>

#include <csignal>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto timeoutGrace = 5s;

// A shell's output is a value where it reads as JSON: `echo 10` gives a number.
Value parsed(const QByteArray &bytes)
{
    const Value text = lastLineOpen(bytes);
    if (text.text().empty())
        return text;
    return readJson(text.text()).value_or(text);
}

// What sudo says to a wrong password: whose it was, if it was that.
std::optional<QString> refusedUser(const QByteArray &errors)
{
    const QString text = QString::fromUtf8(errors);
    static const QRegularExpression refusal(u"sudo: \\d+ incorrect password attempts"_s);
    static const QRegularExpression prompt(u"\\[sudo\\] password for (.*?):"_s);
    if (!refusal.match(text).hasMatch())
        return std::nullopt;
    const QRegularExpressionMatch user = prompt.match(text);
    return user.hasMatch() ? user.captured(1) : u"unknown"_s;
}

int returnCode(const ProcessExit &exit)
{
    return exit.bySignal ? -exit.code : exit.code;
}

ExecutionStatus statusOf(int code)
{
    if (code == 0)
        return ExecutionStatus::Succeeded;
    return code == -SIGTERM ? ExecutionStatus::Abandoned : ExecutionStatus::Failed;
}

} // namespace

ShellRunner::ShellRunner(Reactor &reactor, Launcher &launcher, RunnerSettings settings)
    : m_reactor(reactor)
    , m_launcher(launcher)
    , m_settings(std::move(settings))
{
}

ShellRunner::~ShellRunner()
{
    *m_self = nullptr;
    for (const auto &[execution, run] : m_runs) {
        m_reactor.cancelTimer(run.timeout);
        m_launcher.stop(run.handle, 0ms);
    }
}

void ShellRunner::start(const Job &job, RunnerSink &sink)
{
    SG_ON(Io);
    Result<ShellCommand> command = commandOf(job);
    if (!command)
        return sink.finished(job.execution, failed(command.error()));
    Run &run = m_runs
                   .insert_or_assign(
                       job.execution,
                       Run{job, std::move(*command), &sink, CapturedOutput(job.execution, sink)})
                   .first->second;
    if (const Result<> launched = launch(run); !launched) {
        m_runs.erase(job.execution);
        sink.finished(job.execution, failed(launched.error()));
    }
}

Result<> ShellRunner::launch(Run &run)
{
    ProcessSpec spec;
    spec.program = u"/bin/sh"_s;
    spec.arguments = {u"-c"_s, run.command.text};
    spec.environment = actionEnvironment(run.job, m_settings);
    spec.workingDirectory = run.command.workingDirectory;
    spec.input = run.command.password;
    spec.outputLimit = m_settings.outputLimit;
    const Id execution = run.job.execution;
    SG_LET(
        const Launcher::Started started,
        m_launcher.start(std::move(spec),
                         {[self = m_self, execution](OutputStream stream, const QByteArray &data) {
                              if (*self)
                                  (*self)->m_runs.at(execution).output.take(stream, data);
                          },
                          [self = m_self, execution](ProcessExit exit) {
                              if (*self)
                                  (*self)->finish(execution, exit);
                          }}));
    run.handle = started.handle;
    run.process = started.process;
    limitTime(run);
    run.sink->started(execution, started.process, started.startTicks);
    return {};
}

void ShellRunner::limitTime(Run &run)
{
    const std::chrono::milliseconds limit = timeLimit(run.job);
    if (limit <= 0ms)
        return;
    run.timeout = m_reactor.after(limit, [this, execution = run.job.execution] {
        Run &late = m_runs.at(execution);
        late.timeout = 0;
        if (!late.stopped)
            late.stopped = ExecutionStatus::Timeout;
        stop(late, timeoutGrace);
    });
}

void ShellRunner::cancel(const Id &execution, std::chrono::milliseconds grace)
{
    SG_ON(Io);
    const auto found = m_runs.find(execution);
    if (found == m_runs.end())
        return;
    if (!found->second.stopped)
        found->second.stopped = ExecutionStatus::Canceled;
    stop(found->second, grace);
}

void ShellRunner::stop(Run &run, std::chrono::milliseconds grace)
{
    if (run.command.elevated) {
        signalElevated(run, grace > 0ms ? u"-TERM"_s : u"-KILL"_s);
        if (grace > 0ms) {
            m_reactor.after(grace, [self = m_self, execution = run.job.execution] {
                if (*self && (*self)->m_runs.contains(execution))
                    (*self)->signalElevated((*self)->m_runs.at(execution), u"-KILL"_s);
            });
        }
    }
    m_launcher.stop(run.handle, grace);
}

// Another user's processes hear only that user, or root.
void ShellRunner::signalElevated(const Run &run, const QString &signal)
{
    ProcessSpec spec;
    spec.program = u"sudo"_s;
    spec.arguments = {run.command.password.isEmpty() ? u"-n"_s : u"-S"_s,
                      u"--"_s,
                      u"pkill"_s,
                      signal,
                      u"-s"_s,
                      QString::number(run.process)};
    spec.environment = m_settings.environment;
    spec.input = run.command.password;
    spec.timeout = timeoutGrace;
    spec.outputLimit = 1;
    // Where there is no sudo there is nothing to end by it either.
    (void)m_launcher.start(std::move(spec), {});
}

void ShellRunner::finish(const Id &execution, const ProcessExit &exit)
{
    // Out of the map before the report, so that whoever hears it may start the next.
    auto node = m_runs.extract(execution);
    Run &run = node.mapped();
    m_reactor.cancelTimer(run.timeout);
    run.output.finish();
    run.sink->finished(execution, outcomeOf(run, exit));
}

Outcome ShellRunner::outcomeOf(const Run &run, const ProcessExit &exit) const
{
    const std::optional<QString> refused
        = run.command.elevated ? refusedUser(run.output.errors()) : std::nullopt;
    const bool timedOut = run.stopped == ExecutionStatus::Timeout;
    const int code = timedOut ? -SIGKILL : refused ? -1 : returnCode(exit);
    Value result = Value::map({{"failed", code != 0},
                               {"succeeded", code == 0},
                               {"return_code", code},
                               {"stdout", parsed(run.output.output())},
                               {"stderr", parsed(run.output.errors())}});
    if (timedOut) {
        result.set("error", timeoutMessage(run.job));
    } else if (refused) {
        result.set(
            "error",
            u"Invalid sudo password provided or sudo is not configured for this user (%1)"_s.arg(
                *refused));
    }
    if (exit.droppedOutput > 0)
        result.set("note", droppedMessage(exit.droppedOutput, m_settings.outputLimit));
    return {run.stopped.value_or(statusOf(code)), result};
}

} // namespace stormglass
