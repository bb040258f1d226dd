#pragma once

#include "engine/base/clock.h"

#include <atomic>

namespace stormglass {

// A clock that stands still until a test moves it. Thread: any.
class FakeClock final : public Clock
{
public:
    // 2024-01-01T00:00:00Z unless told otherwise.
    explicit FakeClock(Timestamp start = Timestamp(std::chrono::seconds(1'704'067'200)))
        : m_now(start.time_since_epoch().count())
    {
    }

    Timestamp now() const override { return Timestamp(std::chrono::microseconds(m_now.load())); }
    Instant instant() const override
    {
        return Instant(std::chrono::duration_cast<Instant::duration>(
            std::chrono::microseconds(m_elapsed.load())));
    }

    // Time passes.
    void advance(std::chrono::microseconds duration)
    {
        m_now += duration.count();
        m_elapsed += duration.count();
    }

    // Somebody sets the wall clock; no time passes.
    void jumpTo(Timestamp now) { m_now = now.time_since_epoch().count(); }

private:
    std::atomic<std::int64_t> m_now;
    // From a point far from zero, so that differences with a default Instant do not look small.
    std::atomic<std::int64_t> m_elapsed{std::int64_t(1'000'000) * 3'600 * 24 * 365};
};

} // namespace stormglass
