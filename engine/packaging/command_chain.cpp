#include "engine/packaging/command_chain.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr qsizetype linesTold = 12;
const QString canceledKind = u"Canceled"_s;

Error failed(const QString &title, const CommandEnd &end)
{
    const ProcessExit &exit = end.exit;
    const QString how = exit.cause == ProcessExit::Cause::TimedOut
        ? u"took too long and was ended"_s
        : exit.cause == ProcessExit::Cause::Killed ? u"was ended with the engine"_s
        : exit.bySignal                            ? u"was ended by signal %1"_s.arg(exit.code)
                                                   : u"failed with exit code %1"_s.arg(exit.code);
    const QString lines
        = end.lastLines.mid(std::max<qsizetype>(0, end.lastLines.size() - linesTold)).join(u'\n');
    return {exit.cause == ProcessExit::Cause::TimedOut ? ErrorCode::Timeout : ErrorCode::Invalid,
            lines.isEmpty() ? u"%1 %2."_s.arg(title, how) : u"%1 %2:\n%3"_s.arg(title, how, lines),
            {},
            title};
}

} // namespace

Error canceledError()
{
    return {ErrorCode::Conflict, u"It was canceled."_s, canceledKind, {}};
}

bool isCanceled(const Error &error)
{
    return error.kind == canceledKind;
}

CommandChain::Step plainStep(const QString &title, ProcessSpec spec)
{
    return {title,
            [spec = std::move(spec)](const QByteArray &) -> Result<std::optional<ProcessSpec>> {
                return std::optional(spec);
            },
            {}};
}

CommandChain::CommandChain(Commands &commands, Progress progress)
    : m_commands(commands)
    , m_progress(std::move(progress))
{
}

CommandChain::~CommandChain()
{
    *m_self = nullptr;
}

void CommandChain::run(std::deque<Step> steps, Done done)
{
    m_steps = std::move(steps);
    m_done = std::move(done);
    next({});
}

void CommandChain::next(QByteArray output)
{
    while (!m_steps.empty()) {
        const Step step = std::move(m_steps.front());
        m_steps.pop_front();
        if (m_isCanceled)
            return finish(failure(canceledError()));
        Result<std::optional<ProcessSpec>> spec = step.make(output);
        if (!spec)
            return finish(failure(spec.error()));
        if (!*spec)
            continue;
        m_progress(step.title, {});
        m_running = m_commands.run(std::move(**spec),
                                   {[self = m_self, title = step.title](const QString &line) {
                                        if (*self)
                                            (*self)->m_progress(title, line);
                                    },
                                    [self = m_self, step](const Result<CommandEnd> &end) {
                                        if (*self)
                                            (*self)->ended(step, end);
                                    }});
        return;
    }
    finish(std::move(output));
}

void CommandChain::ended(const Step &step, const Result<CommandEnd> &end)
{
    m_running = 0;
    if (m_isCanceled)
        return finish(failure(canceledError()));
    if (end && end->succeeded())
        return next(end->output);
    const Error error = end
        ? failed(step.title, *end)
        : Error{end.error().code, step.title + u": "_s + end.error().message, {}, step.title};
    if (!step.forgive)
        return finish(failure(error));
    step.forgive(error);
    next({});
}

void CommandChain::cancel()
{
    m_isCanceled = true;
    if (m_running != 0)
        m_commands.stop(m_running);
}

void CommandChain::finish(Result<QByteArray> result)
{
    // A copy: it may destroy this.
    const Done done = std::move(m_done);
    done(std::move(result));
}

} // namespace stormglass
