#pragma once

#include "engine/expressions/regex_pattern.h"

namespace stormglass {

// Widths saturate where Python's do.
RegexWidth operator+(const RegexWidth &a, const RegexWidth &b);

// Sets the width of a part from its children's. That of a back reference is its group's and must be
// set already.
void measure(RegexNode &node);

} // namespace stormglass
