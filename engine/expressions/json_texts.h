#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>

namespace stormglass {

// What `use_none` puts where a null must survive being rendered as text; casts read it back.
inline constexpr std::string_view noneMark = "%*****__%NONE%__*****%";

// JSON as StackStorm's own reader takes it: strict, integers beyond 64 bits as floats. Errors are
// of kind JSONDecodeError.
Result<Value> strictJson(std::string_view text);

} // namespace stormglass
