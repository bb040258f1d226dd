#pragma once

#include "engine/expressions/program.h"

#include <string>
#include <vector>

namespace stormglass {

// The names that a template takes from its context, each once, as Jinja's
// find_undeclared_variables() has them; globals are none.
std::vector<std::string> undeclaredVariables(const Program &program, const Value &globals);

} // namespace stormglass
