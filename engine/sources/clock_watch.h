#pragma once

#include "engine/reactor/reactor.h"

namespace stormglass {

// Tells when somebody sets the wall clock and when the machine wakes from sleep. Thread: Io.
class ClockWatch
{
public:
    // Borrows the reactor for its life. Where the system cannot tell, `changed` is never called.
    ClockWatch(Reactor &reactor, std::function<void()> changed);
    ~ClockWatch();
    ClockWatch(const ClockWatch &) = delete;

private:
    void arm();

    Reactor &m_reactor;
    std::function<void()> m_changed;
    int m_descriptor = -1;
    Reactor::WatchId m_watch = 0;
};

} // namespace stormglass
