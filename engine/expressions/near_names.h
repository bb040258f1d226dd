#pragma once

#include "engine/base/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace stormglass {

// Those of the candidates that are a slip away from the name, nearest first, three at most.
std::vector<std::string> nearNamesAmong(const std::vector<std::string_view> &candidates,
                                        std::string_view name);

// ` (did you mean 'host'?)`; empty if none is near.
std::string didYouMean(const std::vector<std::string_view> &candidates, std::string_view name);
// The same from the keys of a map.
std::string didYouMean(const ValueMap &among, std::string_view name);
// What one of these added to a message; empty if none did.
std::string_view hintOf(std::string_view message);

// The texts among the keys of a map that are meant to be named. Borrowed from it.
std::vector<std::string_view> namesIn(const ValueMap &map);

} // namespace stormglass
