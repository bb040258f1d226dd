#pragma once

#include "engine/runners/runner.h"

#include <functional>
#include <map>

namespace stormglass {

// How the runner reaches those who manage packs, on another thread; both hand over.
struct PackCalls
{
    std::function<void(const Job &)> begin;
    std::function<void(const Id &execution)> cancel;
};

// pack-operation: what the actions of the pack `packs` ask is done by the engine itself, and this
// only reports it.
class PackRunner final : public Runner
{
public:
    explicit PackRunner(PackCalls calls);

    void start(const Job &job, RunnerSink &sink) override;
    void cancel(const Id &execution, std::chrono::milliseconds grace) override;

    // What those who manage packs tell. Thread: Io.
    void output(const Id &execution, const QString &line);
    void finish(const Id &execution, Outcome outcome);

private:
    PackCalls m_calls;
    std::map<Id, RunnerSink *> m_running;
};

} // namespace stormglass
