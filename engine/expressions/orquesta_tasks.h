#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// What a workflow's expressions ask of its tasks: result(), succeeded(), failed(), completed(),
// task_status(), task().
Value currentResult(Evaluation &evaluation, const BoundArguments &arguments);
Value hasSucceeded(Evaluation &evaluation, const BoundArguments &arguments);
Value hasFailed(Evaluation &evaluation, const BoundArguments &arguments);
Value hasCompleted(Evaluation &evaluation, const BoundArguments &arguments);
Value taskStatus(Evaluation &evaluation, const BoundArguments &arguments);
Value taskRecord(Evaluation &evaluation, const BoundArguments &arguments);

// Orquesta's own exception: ExpressionEvaluationException.
Value failExpression(Evaluation &evaluation, std::string message);

} // namespace stormglass
