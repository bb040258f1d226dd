#pragma once

#include "engine/base/clock.h"

namespace stormglass {

// One moment, for everything that is asked about it.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(Timestamp time)
        : m_time(time)
    {
    }
    Timestamp now() const override { return m_time; }
    Instant instant() const override { return {}; }

private:
    Timestamp m_time;
};

} // namespace stormglass
