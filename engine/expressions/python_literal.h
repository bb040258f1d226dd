#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>

namespace stormglass {

// ast.literal_eval(text): texts, numbers, tuples, lists, maps, sets, True, False and None as Python
// writes them. SyntaxError for what is no expression, ValueError for one that is no literal,
// TypeError for a key that cannot be one.
Result<Value> readPythonLiteral(std::string_view text);

} // namespace stormglass
