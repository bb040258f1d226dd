#pragma once

#include <cstdint>

namespace stormglass {

// A place in a template's source, counted from 1; columns count code points.
struct Position
{
    std::int32_t line = 1;
    std::int32_t column = 1;
    friend bool operator==(const Position &, const Position &) = default;
};

} // namespace stormglass
