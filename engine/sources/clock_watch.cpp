#include "engine/sources/clock_watch.h"

#include "engine/sources/source_log.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <limits>

namespace stormglass {

ClockWatch::ClockWatch(Reactor &reactor, std::function<void()> changed)
    : m_reactor(reactor)
    , m_changed(std::move(changed))
    , m_descriptor(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_descriptor < 0) {
        qCWarning(sourcesLog)
            << "changes of the wall clock go unnoticed for up to a minute: no timer descriptor";
        return;
    }
    arm();
    m_watch = m_reactor.watch(m_descriptor, Reactor::Wants::Read, [this] {
        std::uint64_t expirations = 0;
        // Fails with ECANCELED once the clock was set, which is what is waited for.
        [[maybe_unused]] const ssize_t count
            = read(m_descriptor, &expirations, sizeof(expirations));
        arm();
        m_changed();
    });
}

ClockWatch::~ClockWatch()
{
    if (m_descriptor < 0)
        return;
    m_reactor.unwatch(m_watch);
    close(m_descriptor);
}

// A date that never comes, given up when the clock is set.
void ClockWatch::arm()
{
    itimerspec far{};
    far.it_value.tv_sec = std::numeric_limits<std::int32_t>::max();
    far.it_value.tv_sec *= 4;
    timerfd_settime(m_descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &far, nullptr);
}

} // namespace stormglass
