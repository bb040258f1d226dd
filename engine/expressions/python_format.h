#pragma once

#include "engine/expressions/arguments.h"

#include <string>
#include <string_view>

namespace stormglass {

class Evaluation;

// `format % values`, of text or bytes.
Value percentFormat(Evaluation &evaluation, const Value &format, const Value &values);

// format(value, specification), the part after the colon of a `{}` field.
std::string formatValue(Evaluation &evaluation, const Value &value, std::string_view specification);

// text.format(*arguments), look-ups inside a field as a sandbox allows them.
std::string formatText(Evaluation &evaluation, std::string_view text, const Arguments &arguments);

} // namespace stormglass
