#pragma once

#include "engine/model/action.h"

#include <vector>

namespace stormglass {

// Every runner type that packs may name, in the order of their names, aliases included; without
// ids. Some are not run by a Runner: workflows and inquiries are the pipeline's. Thread: any.
std::vector<RunnerType> runnerTypes();

} // namespace stormglass
