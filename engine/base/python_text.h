#pragma once

#include "engine/base/value.h"

#include <string>

namespace stormglass {

// Text as Python's repr(float) has it: shortest digits that read back, `1.0`, `1e+16`, `inf`,
// `nan`.
std::string pythonFloat(double number);

// str() and repr() of a value as Python has them: True, None, {'a': 1}, [1, 'x'], b'..', datetime
// forms.
std::string pythonStr(const Value &value);
std::string pythonRepr(const Value &value);

// datetime.isoformat() of a DateTime: `2024-04-06T01:15:06.602758+00:00`.
std::string isoText(const Value &dateTime);

// `str`, `int`, `float`, `dict`, `list`, `NoneType`, … for messages that say what Python would.
std::string_view pythonTypeName(const Value &value);

} // namespace stormglass
