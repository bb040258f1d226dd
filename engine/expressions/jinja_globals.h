#pragma once

#include "engine/base/value.h"

namespace stormglass {

// range, dict, namespace, cycler, joiner, lipsum, as a map.
Value jinjaGlobals();

} // namespace stormglass
