#pragma once

#include "engine/pipeline/run_report.h"
#include "engine/reactor/reactor.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace stormglass {

// Where jobs arrive on the Io thread and reports leave it: hands them to the engine a batch at a
// time, so that a thousand short runs wake it a few times and not a thousand. That a process has
// begun waits a moment for company: most are short, and its end then travels with it, which halves
// what a short run costs the database. Thread: Io, except where said.
class JobDesk final : public RunnerSink
{
public:
    using FindRunner = std::function<Runner *(const QString &runnerType)>;
    // Called on the Io thread; hands over to the engine's mailbox.
    using Deliver = std::function<void(std::vector<RunReport>)>;

    JobDesk(Reactor &reactor, FindRunner find, Deliver deliver);

    void start(const std::vector<Job> &jobs);
    void cancel(const Id &execution, const QString &runnerType, std::chrono::milliseconds grace);

    // Every job there is, when the program ends.
    void cancelAll(std::chrono::milliseconds grace);
    std::size_t running() const { return m_running.size(); }
    // Hands over at once what waits to be.
    void flush();

    void started(const Id &execution, qint64 process, std::uint64_t startTicks) override;
    void output(const Id &execution, const QString &stream, const QByteArray &data) override;
    void finished(const Id &execution, Outcome outcome) override;

private:
    void flushSoon();

    Reactor &m_reactor;
    FindRunner m_find;
    Deliver m_deliver;
    std::vector<RunReport> m_reports;
    bool m_isFlushPosted = false;
    // While only beginnings wait; 0 if none does.
    Reactor::TimerId m_flushTimer = 0;
    // Runner types of those that run.
    std::unordered_map<Id, QString> m_running;
};

} // namespace stormglass
