#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stormglass {

// The text between the quotes of a Python string literal, escapes resolved (\n \t \xHH \uHHHH \N is
// refused …); an unknown escape stays as it is. None where an escape is broken.
std::optional<std::string> unescapedPython(std::string_view body);

} // namespace stormglass
