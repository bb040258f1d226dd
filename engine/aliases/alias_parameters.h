#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/expression.h"

namespace stormglass {

// What becomes of the parameters a command gave before an execution is asked for (events.md 12.2,
// steps 3 and 6). Thread: any.

// Adds an alias's immutable parameters, rendered against the context, to each map. Invalid with the
// kind ValueError where a command gave one of them too.
Result<ValueList> withImmutable(ValueList executions, const Value &immutable,
                                const EvaluationContext &context);

// Each as the type of its schema wants it; text for an array is a list with commas. `schemas` is a
// map of a name to its schema. Invalid with the kind ValueError.
Result<Value> castAliasParameters(const Value &parameters, const Value &schemas);

} // namespace stormglass
