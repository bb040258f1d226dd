#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// Jinja's own filters, by what they work on.
std::span<const FunctionEntry> jinjaTextFilters();
std::span<const FunctionEntry> jinjaLayoutFilters();
std::span<const FunctionEntry> jinjaNumberFilters();
std::span<const FunctionEntry> jinjaSequenceFilters();
std::span<const FunctionEntry> jinjaSelectionFilters();
std::span<const FunctionEntry> jinjaOrderFilters();
std::span<const FunctionEntry> jinjaMarkupFilters();

} // namespace stormglass
