#pragma once

#include "engine/base/value.h"

#include <string>
#include <string_view>

namespace stormglass {

class Evaluation;

// int(value) of a number or text; TypeError, ValueError or OverflowError as Python raises them.
Value integerOf(Evaluation &evaluation, const Value &value);
// int(text, base).
Value integerOfText(Evaluation &evaluation, std::string_view text, std::int64_t base);
// float(value).
Value realOf(Evaluation &evaluation, const Value &value);
// round(value, digits): to even at a tie, exactly; a null for `digits` gives an integer.
Value rounded(Evaluation &evaluation, const Value &value, const Value &digits);
// str(int(number)).
std::string integerText(Evaluation &evaluation, double number);

} // namespace stormglass
