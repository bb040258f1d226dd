#pragma once

#include "engine/base/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// Those of the candidates that are a slip away from the name, nearest first, three at most.
std::vector<std::string> nearNamesAmong(const std::vector<std::string_view> &candidates,
                                        std::string_view name);

// ` (did you mean 'host'?)`, from the keys of a map; empty if none is near.
std::string nearNames(const ValueMap &among, std::string_view name);

} // namespace stormglass
