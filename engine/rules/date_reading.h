#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/value.h"

namespace stormglass {

// The moment a payload's value names, read from its text form; without an offset it is UTC. Invalid
// with kind ParserError.
Result<Timestamp> dateFromValue(const Value &value, Timestamp now);

} // namespace stormglass
