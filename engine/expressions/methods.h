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
std::span<const FunctionEntry> calendarMethods();

} // namespace stormglass
