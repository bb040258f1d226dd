#pragma once

#include <chrono>

namespace stormglass {

// A moment in UTC, in whole microseconds: what the database and the API keep.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;
// A point on a clock that never jumps: for durations and deadlines inside one run of the program.
using Instant = std::chrono::steady_clock::time_point;

// Where time is asked, so that tests own it. Thread: any.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual Instant instant() const = 0;
};

class SystemClock final : public Clock
{
public:
    Timestamp now() const override
    {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
    Instant instant() const override { return std::chrono::steady_clock::now(); }
};

} // namespace stormglass
