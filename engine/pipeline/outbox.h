#pragma once

#include "engine/base/result.h"

#include <functional>
#include <vector>

namespace stormglass {

// What must not leave the engine's thread before the batch that caused it is durable: answers,
// process starts, stream changes. Thread: engine.
class Outbox
{
public:
    // Called once: with success after the commit, or with the commit's error.
    using Effect = std::function<void(const Result<> &committed)>;

    void add(Effect effect);

    // A mark to go back to when the savepoint of one item is undone.
    std::size_t mark() const { return m_effects.size(); }
    // Drops what was added since; an undone item reports its error by itself.
    void dropSince(std::size_t mark);

    // Runs and forgets everything, in order.
    void release(const Result<> &committed);
    bool isEmpty() const { return m_effects.empty(); }

private:
    std::vector<Effect> m_effects;
};

} // namespace stormglass
