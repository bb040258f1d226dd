#pragma once

#include "engine/base/clock.h"

#include <QByteArrayView>

#include <optional>

namespace stormglass {

// What a process has used so far.
struct ProcessUsage
{
    std::chrono::milliseconds processorTime{0};
    std::int64_t memoryBytes = 0;
    friend bool operator==(const ProcessUsage &, const ProcessUsage &) = default;
};

// Reads a line of /proc/<process>/stat. `ticks` and `pageSize` are the system's. Pure.
std::optional<ProcessUsage> usageFromStat(QByteArrayView stat, long ticks, long pageSize);

// None if there is no such process, or no such system. Thread: any.
std::optional<ProcessUsage> usageOf(qint64 process);

} // namespace stormglass
