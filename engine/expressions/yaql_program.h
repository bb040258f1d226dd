#pragma once

#include "engine/base/result.h"
#include "engine/expressions/program.h"

namespace stormglass {

// One expression of YAQL, without delimiters, over a workflow's variables (`workflowVariables`).
// Its value is plain: lazy sequences are lists, sets stay sets.
Result<std::shared_ptr<const Program>> compileYaqlProgram(std::string_view source);

} // namespace stormglass
