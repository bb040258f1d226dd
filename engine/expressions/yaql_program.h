#pragma once

#include "engine/expressions/program.h"

#include <string_view>

namespace stormglass {

// A YAQL expression, without delimiters.
Result<std::shared_ptr<const Program>> compileYaqlProgram(std::string_view source);

} // namespace stormglass
