#pragma once

#include <cstdint>

namespace stormglass {

// What a process that started now would have as its start time. Thread: any.
std::uint64_t ticksSinceBoot();

} // namespace stormglass
