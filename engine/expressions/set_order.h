#pragma once

#include "engine/base/value.h"

#include <vector>

namespace stormglass {

// The places of a set's members in the order in which Python walks them, where that is known: of
// whole numbers, whose hash is the number itself. Other members stay in the order in which they
// were added, since Python's own order changes from run to run.
std::vector<std::size_t> pythonSetOrder(const ValueSet &members);

} // namespace stormglass
