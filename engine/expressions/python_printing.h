#pragma once

#include "engine/base/value.h"

#include <string>

namespace stormglass {

class Evaluation;

// str(value) and repr(value), objects included, within the evaluation's limits. A secret inside a
// container marks the evaluation.
void appendStr(Evaluation &evaluation, const Value &value, std::string &out);
void appendRepr(Evaluation &evaluation, const Value &value, std::string &out);
std::string strOf(Evaluation &evaluation, const Value &value);
std::string reprOf(Evaluation &evaluation, const Value &value);

// ascii(value): repr() with everything beyond ASCII escaped.
std::string asciiOf(Evaluation &evaluation, const Value &value);

} // namespace stormglass
