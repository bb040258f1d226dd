#include "engine/host/job_desk.h"

#include "engine/base/thread_name.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// Neighbouring pieces of one stream become one, up to this size.
constexpr qsizetype joinedOutput = 64 * 1024;
// Less than a person or a restart could notice.
constexpr std::chrono::milliseconds patienceWithBeginnings{3};

} // namespace

JobDesk::JobDesk(Reactor &reactor, FindRunner find, Deliver deliver)
    : m_reactor(reactor)
    , m_find(std::move(find))
    , m_deliver(std::move(deliver))
{
}

void JobDesk::start(const std::vector<Job> &jobs)
{
    SG_ON(Io);
    for (const Job &job : jobs) {
        Runner *runner = m_find(job.runnerType);
        m_running.emplace(job.execution, job.runnerType);
        if (runner) {
            runner->start(job, *this);
            continue;
        }
        const QString reason
            = u"The runner \"%1\" of action %2 is not available in this version of Stormglass."_s
                  .arg(job.runnerType, job.action.text());
        finished(job.execution, {ExecutionStatus::Failed, Value::map({{"error", reason}})});
    }
}

void JobDesk::cancel(const Id &execution, const QString &runnerType,
                     std::chrono::milliseconds grace)
{
    SG_ON(Io);
    if (Runner *runner = m_find(runnerType))
        runner->cancel(execution, grace);
}

void JobDesk::cancelAll(std::chrono::milliseconds grace)
{
    SG_ON(Io);
    // A copy: a runner may report the end from within.
    const std::unordered_map<Id, QString> running = m_running;
    for (const auto &[execution, runnerType] : running)
        cancel(execution, runnerType, grace);
}

void JobDesk::started(const Id &execution, qint64 process, std::uint64_t startTicks)
{
    SG_ON(Io);
    m_reports.push_back(RunStarted{execution, process, startTicks});
    if (!m_isFlushPosted && m_flushTimer == 0)
        m_flushTimer = m_reactor.after(patienceWithBeginnings, [this] {
            m_flushTimer = 0;
            flush();
        });
}

void JobDesk::output(const Id &execution, const QString &stream, const QByteArray &data)
{
    if (!m_reports.empty()) {
        auto *last = std::get_if<RunOutput>(&m_reports.back());
        if (last && last->execution == execution && last->stream == stream
            && last->data.size() + data.size() <= joinedOutput) {
            last->data += data;
            return;
        }
    }
    m_reports.push_back(RunOutput{execution, stream, data});
    flushSoon();
}

void JobDesk::finished(const Id &execution, Outcome outcome)
{
    m_running.erase(execution);
    m_reports.push_back(RunFinished{execution, std::move(outcome)});
    flushSoon();
}

// What other runners report in this turn of the loop travels along.
void JobDesk::flushSoon()
{
    SG_ON(Io);
    if (std::exchange(m_isFlushPosted, true))
        return;
    m_reactor.post([this] {
        m_isFlushPosted = false;
        flush();
    });
}

void JobDesk::flush()
{
    if (m_flushTimer != 0)
        m_reactor.cancelTimer(std::exchange(m_flushTimer, 0));
    std::vector<RunReport> reports;
    reports.swap(m_reports);
    if (!reports.empty())
        m_deliver(std::move(reports));
}

} // namespace stormglass
