#pragma once

#include "engine/base/value.h"

#include <string>

namespace stormglass {

class Evaluation;

// pprint.pformat(value): one line where it fits into 80 columns, else one item a line; keys sorted.
std::string prettyPrinted(Evaluation &evaluation, const Value &value);

} // namespace stormglass
