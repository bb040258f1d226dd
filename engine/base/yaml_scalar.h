#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>

namespace stormglass {

// What YAML 1.1 reads out of scalars, as PyYAML's resolver and safe constructor do.

enum class YamlType { Text, Null, Bool, Int, Float, Timestamp, Merge, Default };

// The type of a scalar without quotes and without a tag. Merge is `<<`, Default is `=`.
YamlType yamlTypeOf(std::string_view plain);

// The value of a scalar whose type is known, by its look or by its tag. Invalid, with Python's
// class in `kind`, where the text is none of that type: `0b_`, the 30th of February.
Result<Value> yamlScalar(YamlType type, std::string_view text);

// `!!binary`.
Result<Value> yamlBinary(std::string_view text);

} // namespace stormglass
