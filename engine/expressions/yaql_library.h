#pragma once

#include "engine/expressions/yaql_function.h"

#include <span>

namespace stormglass {

// YAQL's default context (expressions.md 6), by what the functions work on.
std::span<const YaqlFunctionEntry> yaqlComparisons();
std::span<const YaqlFunctionEntry> yaqlNumberFunctions();
std::span<const YaqlFunctionEntry> yaqlTextFunctions();
std::span<const YaqlFunctionEntry> yaqlRegexFunctions();
std::span<const YaqlFunctionEntry> yaqlBranchFunctions();
std::span<const YaqlFunctionEntry> yaqlContextFunctions();
std::span<const YaqlFunctionEntry> yaqlMapFunctions();
std::span<const YaqlFunctionEntry> yaqlSetFunctions();
std::span<const YaqlFunctionEntry> yaqlListFunctions();
std::span<const YaqlFunctionEntry> yaqlSequenceFunctions();
std::span<const YaqlFunctionEntry> yaqlSelectionFunctions();
std::span<const YaqlFunctionEntry> yaqlFoldFunctions();
std::span<const YaqlFunctionEntry> yaqlGroupFunctions();
std::span<const YaqlFunctionEntry> yaqlCalendarFunctions();
std::span<const YaqlFunctionEntry> yaqlCalendarOperators();

// All overloads of a name, those of workflows among them.
const std::vector<const YaqlFunction *> &yaqlFunctionsNamed(std::string_view name);
std::vector<std::string_view> yaqlFunctionNames();

} // namespace stormglass
