#pragma once

#include <string>
#include <string_view>

namespace stormglass {

// Characters, each given as its UTF-8, as YAML 1.1 sees them.

// What ends a line.
bool isYamlBreak(std::string_view character);

// What PyYAML writes without an escape.
bool isYamlPrintable(std::string_view character);

// For double quotes, as short as can be.
std::string yamlEscape(std::string_view character);

} // namespace stormglass
