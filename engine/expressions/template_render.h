#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/expression.h"

#include <string>
#include <string_view>

namespace stormglass {

// StackStorm's ways of rendering with its Jinja (expressions.md 3). Thread: any.

// Whether it takes a value for a template: text with `{{` or `{%` in it.
bool isTemplate(const Value &value);

// One template. Text.
Result<Value> renderTemplate(std::string_view source, const EvaluationContext &context);

// Every value of a map: lists and maps as JSON text, read back; what rendering did not change keeps
// its type. Without variables nothing is rendered. The place of an error is the key.
Result<Value> renderValues(const Value &map, const EvaluationContext &context);

// Text, at any depth, wrapped so that rendering gives it back as it is, where it holds a template.
Value asRawBlock(const Value &value);

} // namespace stormglass
