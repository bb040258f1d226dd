#pragma once

#include "engine/base/value.h"

#include <optional>
#include <string_view>

namespace stormglass {

// Whether YAML 1.1 takes plain text for a timestamp: `2024-04-06`, `2024-4-6 1:15:06.6 +2`.
bool looksLikeYamlTime(std::string_view text);

// A Date or DateTime; none if the text is no timestamp or names a day or time that does not exist.
// A time with a zone is aware, one without is naive.
std::optional<Value> yamlTime(std::string_view text);

} // namespace stormglass
