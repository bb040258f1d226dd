#pragma once

#include "engine/model/trigger.h"

#include <vector>

namespace stormglass {

// The trigger types of pack `core` that the engine itself raises or listens for: timers, webhooks, and what happens
// inside it (events.md 2, 4.1, 5.1).
std::vector<TriggerType> builtinTriggerTypes();

} // namespace stormglass
