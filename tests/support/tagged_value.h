#pragma once

#include "engine/base/value.h"

namespace stormglass {

// A value from the form in which recorded cases keep what JSON lacks: objects with exactly `$type`
// and `value`. Types: datetime, date, time, timedelta, set, tuple, bytes, float, int, dict. Asserts
// on what is none of them.
Value untagged(const Value &value);

} // namespace stormglass
