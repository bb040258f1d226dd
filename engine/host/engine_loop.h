#pragma once

#include "engine/base/clock.h"
#include "engine/base/mailbox.h"
#include "engine/host/change_hub.h"
#include "engine/pipeline/pipeline.h"

#include <atomic>
#include <functional>

namespace stormglass {

// The engine's thread at work: takes what was posted, runs every station that has work inside one
// transaction, commits once, and only then lets effects leave (ARCHITECTURE section 1, rule 5).
// Thread: engine, except where said.
class EngineLoop
{
public:
    // Borrows all for its life.
    EngineLoop(const Clock &clock, Mailbox &mailbox, Database &database, LocalBus &bus,
               Pipeline &pipeline, Outbox &outbox, ChangeHub &changes);

    // Called about once a minute, within a transaction: sweeps of helpers, retention, …
    void everyMinute(std::function<void()> work) { m_everyMinute = std::move(work); }

    // Called after each batch, its effects released: what was committed is there, what was undone
    // is not.
    void afterBatch(std::function<void()> work) { m_afterBatch = std::move(work); }
    // When work is due that nothing rings for.
    void nextAlarm(std::function<Result<std::optional<Timestamp>>()> ask)
    {
        m_nextAlarm = std::move(ask);
    }

    // Until stop(); what was posted before it is still done.
    void run();
    // Thread: any.
    void stop();

    // One round over what is posted now, for tests and for start and stop; true if nothing is left.
    bool runOnce();

private:
    static constexpr std::chrono::seconds sweepInterval{60};
    // Keeps the answer of the first in a batch from waiting for the last.
    static constexpr std::size_t tasksAtMost = 512;

    void runBatch(std::size_t count);
    void sweepIfDue();

    const Clock &m_clock;
    Mailbox &m_mailbox;
    Database &m_database;
    LocalBus &m_bus;
    Pipeline &m_pipeline;
    Outbox &m_outbox;
    ChangeHub &m_changes;
    Instant wakeAt();

    std::function<void()> m_everyMinute;
    std::function<void()> m_afterBatch;
    std::function<Result<std::optional<Timestamp>>()> m_nextAlarm;
    std::vector<Mailbox::Task> m_tasks;
    std::size_t m_next = 0;
    Instant m_nextSweep{};
    std::atomic<bool> m_isStopping = false;
};

} // namespace stormglass
