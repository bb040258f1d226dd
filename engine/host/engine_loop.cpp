#include "engine/host/engine_loop.h"

#include "engine/base/thread_name.h"
#include "engine/store/transaction.h"

#include <QLoggingCategory>

namespace stormglass {

Q_LOGGING_CATEGORY(engineLog, "stormglass.engine.host")

EngineLoop::EngineLoop(const Clock &clock, Mailbox &mailbox, Database &database, LocalBus &bus,
                       Pipeline &pipeline, Outbox &outbox, ChangeHub &changes)
    : m_clock(clock)
    , m_mailbox(mailbox)
    , m_database(database)
    , m_bus(bus)
    , m_pipeline(pipeline)
    , m_outbox(outbox)
    , m_changes(changes)
{
}

void EngineLoop::run()
{
    SG_ON(Engine);
    const auto isStopping = [this] { return m_isStopping.load(std::memory_order_acquire); };
    while (!isStopping()) {
        // The batch may be the one that says to stop.
        if (runOnce() && !isStopping())
            m_mailbox.wait(wakeAt());
    }
    while (!runOnce()) {}
}

void EngineLoop::stop()
{
    m_mailbox.post([this] { m_isStopping.store(true, std::memory_order_release); });
}

bool EngineLoop::runOnce()
{
    if (m_next == m_tasks.size()) {
        m_tasks = m_mailbox.take();
        m_next = 0;
    }
    runBatch(std::min(m_tasks.size() - m_next, tasksAtMost));
    return m_next == m_tasks.size() && m_bus.isQuiet();
}

void EngineLoop::runBatch(std::size_t count)
{
    Transaction batch(m_database);
    for (const std::size_t end = m_next + count; m_next < end; ++m_next)
        m_tasks[m_next]();
    sweepIfDue();
    m_pipeline.serve();
    const Result<> committed = batch.commit();
    if (committed) {
        m_changes.release();
    } else {
        // Rows are as they were; what rang for them is found again by the next sweep, which is
        // soon.
        qCWarning(engineLog).noquote() << "A batch could not be kept:" << committed.error().message;
        m_bus.clear();
        m_changes.drop();
        m_nextSweep = m_clock.instant() + std::chrono::seconds(1);
    }
    m_outbox.release(committed);
    if (m_afterBatch)
        m_afterBatch();
}

// The next sweep, or sooner if something delayed is due before: then the sweep takes it.
Instant EngineLoop::wakeAt()
{
    if (!m_nextAlarm)
        return m_nextSweep;
    const Result<std::optional<Timestamp>> due = m_nextAlarm();
    if (due && *due) {
        const Instant at
            = m_clock.instant() + std::max(**due - m_clock.now(), std::chrono::microseconds(0));
        m_nextSweep = std::min(m_nextSweep, at);
    }
    return m_nextSweep;
}

void EngineLoop::sweepIfDue()
{
    const Instant now = m_clock.instant();
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + sweepInterval;
    m_pipeline.sweep();
    if (m_everyMinute)
        m_everyMinute();
}

} // namespace stormglass
