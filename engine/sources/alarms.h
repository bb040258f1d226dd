#pragma once

#include "engine/reactor/reactor.h"

namespace stormglass {

// Calls back later, on this thread; what a test drives by hand. Thread: its owner's.
class Alarms
{
public:
    using Task = std::function<void()>;
    using AlarmId = std::uint64_t;

    virtual ~Alarms() = default;
    // Once, not before `delay` has passed and never inside this call. The id is never 0.
    virtual AlarmId after(std::chrono::microseconds delay, Task task) = 0;
    virtual void cancel(AlarmId alarm) = 0;
};

// Thread: Io.
class ReactorAlarms final : public Alarms
{
public:
    // Borrows the reactor for its life.
    explicit ReactorAlarms(Reactor &reactor)
        : m_reactor(reactor)
    {
    }

    AlarmId after(std::chrono::microseconds delay, Task task) override
    {
        return m_reactor.after(delay, std::move(task));
    }
    void cancel(AlarmId alarm) override { m_reactor.cancelTimer(alarm); }

private:
    Reactor &m_reactor;
};

} // namespace stormglass
