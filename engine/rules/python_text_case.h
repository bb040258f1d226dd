#pragma once

#include <string>
#include <string_view>

namespace stormglass {

// Lower case as Python's str.lower() has it: by Unicode's full mapping, a final sigma by its place.
std::string pythonLower(std::string_view text);

} // namespace stormglass
