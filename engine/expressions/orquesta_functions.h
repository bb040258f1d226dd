#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// The functions of workflows (expressions.md 7.6), for every language there. They read the workflow
// from the variables that `workflowVariables` makes, and nothing of a language.

// ctx, item, result, succeeded, failed, completed, task_status, task, st2kv: calls only.
std::span<const FunctionEntry> orquestaContextFunctions();
// json, zip.
std::span<const FunctionEntry> orquestaDataFunctions();
// The helpers that workflows have beside these, under all their names.
std::vector<std::span<const FunctionEntry>> orquestaHelperFunctions();

// A workflow's context as its expressions see it: `__vars`, `__state`, `__current_task`,
// `__current_item`.
Value workflowVariables(const Value &data);

} // namespace stormglass
