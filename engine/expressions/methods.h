#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// The methods of Python's built-in types that a sandboxed template may call.
std::span<const FunctionEntry> textMethods();
std::span<const FunctionEntry> textSearchMethods();
std::span<const FunctionEntry> textTests();
std::span<const FunctionEntry> listMethods();
std::span<const FunctionEntry> tupleMethods();
std::span<const FunctionEntry> mapMethods();
std::span<const FunctionEntry> setMethods();
std::span<const FunctionEntry> integerMethods();
std::span<const FunctionEntry> realMethods();
std::span<const FunctionEntry> bytesMethods();
std::span<const FunctionEntry> rangeMethods();
// A date-time has those of a date too, but for those that it has itself.
std::span<const FunctionEntry> dateMethods();
std::span<const FunctionEntry> dateTimeMethods();
std::span<const FunctionEntry> timeMethods();
std::span<const FunctionEntry> durationMethods();

} // namespace stormglass
