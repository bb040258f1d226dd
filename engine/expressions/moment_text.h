#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <array>
#include <string_view>

namespace stormglass {

// Year, month, day, hour, minute, second, microsecond as a wall clock's microseconds since 1970.
// ValueError where one is out of its range.
Result<std::int64_t> wallMicroseconds(const std::array<std::int64_t, 7> &fields);

// strptime() in the C locale: ValueError where the text does not have the format. It has an offset
// if the format reads one.
Result<DateTimeValue> readFormattedMoment(std::string_view text, std::string_view format);

} // namespace stormglass
