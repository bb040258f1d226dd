#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>

namespace stormglass {

// A rendered parameter as its schema's type wants it (execution.md 4.6). Any other type, or none,
// changes nothing; neither is null changed. Errors carry Python's class: ValueError, SyntaxError,
// TypeError.
Result<Value> castParameter(const Value &value, std::string_view type);

// The same, by the `type` of a parameter's schema.
Result<Value> castBySchema(const Value &value, const Value &schema);

} // namespace stormglass
