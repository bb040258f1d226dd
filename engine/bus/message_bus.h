#pragma once

#include "engine/base/id.h"

#include <functional>
#include <vector>

namespace stormglass {

// What there is to do; the id says to which row.
enum class Topic {
    TriggerInstancePending,
    EnforcementPending,
    ExecutionRequested,
    ExecutionScheduled,
    ExecutionCompleted
};

// A doorbell, not a queue: rows in the database are the queue. A ring that is lost delays work
// until the next sweep and never loses it. Thread: engine.
class MessageBus
{
public:
    virtual ~MessageBus() = default;
    virtual void ring(Topic topic, const Id &id) = 0;
};

// Keeps the rings of this process until the engine's loop serves them: never inside the caller, in
// order.
class LocalBus final : public MessageBus
{
public:
    using Handler = std::function<void(Topic, const Id &)>;

    void ring(Topic topic, const Id &id) override;

    // Hands out what was rung, what is rung meanwhile included, but no more than `most`. Returns
    // how many.
    std::size_t serve(std::size_t most, const Handler &handler);
    bool isQuiet() const { return m_next == m_rings.size(); }
    // A mark to go back to when the savepoint of one item is undone: what it rang for is not there.
    std::size_t mark() const { return m_dropped + m_rings.size(); }
    void dropSince(std::size_t mark);
    // Forgets all: what rang in a batch that was undone is found by the next sweep.
    void clear();

private:
    struct Ring
    {
        Topic topic;
        Id id;
    };
    std::vector<Ring> m_rings;
    std::size_t m_next = 0;
    // Rings of earlier rounds, so that marks stay valid while the vector is emptied.
    std::size_t m_dropped = 0;
};

} // namespace stormglass
