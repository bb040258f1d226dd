#include "engine/runners/pack_runner.h"

#include "engine/base/thread_name.h"

using namespace Qt::StringLiterals;

namespace stormglass {

PackRunner::PackRunner(PackCalls calls)
    : m_calls(std::move(calls))
{
}

void PackRunner::start(const Job &job, RunnerSink &sink)
{
    SG_ON(Io);
    m_running[job.execution] = &sink;
    m_calls.begin(job);
}

void PackRunner::cancel(const Id &execution, std::chrono::milliseconds)
{
    SG_ON(Io);
    if (m_running.contains(execution))
        m_calls.cancel(execution);
}

void PackRunner::output(const Id &execution, const QString &line)
{
    SG_ON(Io);
    const auto found = m_running.find(execution);
    if (found != m_running.end())
        found->second->output(execution, u"stdout"_s, line.toUtf8() + '\n');
}

void PackRunner::finish(const Id &execution, Outcome outcome)
{
    SG_ON(Io);
    const auto node = m_running.extract(execution);
    if (!node.empty())
        node.mapped()->finished(execution, std::move(outcome));
}

} // namespace stormglass
