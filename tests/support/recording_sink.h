#pragma once

#include "engine/reactor/reactor.h"
#include "engine/runners/runner.h"

#include <functional>
#include <map>
#include <optional>

namespace stormglass {

// Keeps what runners report, and stops the reactor when nothing is left to wait for.
// Thread: the test's, which runs the reactor.
class RecordingSink final : public RunnerSink
{
public:
    struct Seen
    {
        qint64 process = 0;
        std::uint64_t startTicks = 0;
        QByteArray out;
        QByteArray err;
        // What came in one piece, in order.
        QList<QByteArray> pieces;
        std::optional<Outcome> outcome;
        int finishes = 0;
    };

    explicit RecordingSink(Reactor &reactor)
        : m_reactor(reactor)
    {
    }

    // Starts a job and waits for its end.
    Seen &run(Runner &runner, const Job &job)
    {
        start(runner, job);
        wait();
        return seen[job.execution];
    }
    void start(Runner &runner, const Job &job)
    {
        ++m_left;
        runner.start(job, *this);
    }
    void wait()
    {
        m_isWaiting = m_left > 0;
        if (m_isWaiting)
            m_reactor.run();
        m_isWaiting = false;
    }

    void started(const Id &execution, qint64 process, std::uint64_t startTicks) override
    {
        seen[execution].process = process;
        seen[execution].startTicks = startTicks;
    }
    void output(const Id &execution, const QString &stream, const QByteArray &data) override
    {
        Seen &mine = seen[execution];
        (stream == QStringLiteral("stdout") ? mine.out : mine.err) += data;
        mine.pieces += data;
        if (onOutput)
            onOutput(execution);
    }
    void finished(const Id &execution, Outcome outcome) override
    {
        Seen &mine = seen[execution];
        mine.outcome = std::move(outcome);
        ++mine.finishes;
        if (--m_left == 0 && m_isWaiting)
            m_reactor.stop();
    }

    std::map<Id, Seen> seen;
    std::function<void(const Id &)> onOutput;

private:
    Reactor &m_reactor;
    int m_left = 0;
    bool m_isWaiting = false;
};

} // namespace stormglass
