#pragma once

#include "engine/base/value.h"

#include <string>

namespace stormglass {

class Evaluation;

// Python's str() of a value as YAQL holds it: frozen lists print as tuples.
std::string yaqlStr(Evaluation &evaluation, const Value &value);
std::string yaqlRepr(Evaluation &evaluation, const Value &value);

} // namespace stormglass
