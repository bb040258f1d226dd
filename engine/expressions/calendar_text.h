#pragma once

#include "engine/base/value.h"

#include <string>
#include <string_view>

namespace stormglass {

// strftime() of a date, time or date-time, in the C locale.
std::string formattedMoment(const Value &moment, std::string_view format);

} // namespace stormglass
