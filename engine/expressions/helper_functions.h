#pragma once

#include "engine/expressions/functions.h"

namespace stormglass {

// StackStorm's helper functions (expressions.md 4), by what they work on. The same implementation
// serves as filters of Jinja and as functions of workflows; they use nothing of a language.
std::span<const FunctionEntry> jsonFunctions();
std::span<const FunctionEntry> yamlFunctions();
std::span<const FunctionEntry> regexFunctions();
std::span<const FunctionEntry> versionFunctions();
std::span<const FunctionEntry> timeAndPathFunctions();

// Filters of StackStorm's own templates only: `to_complex`, `decrypt_kv`.
std::span<const FunctionEntry> complexFunction();
std::span<const FunctionEntry> decryptFunction();

// Names that workflows alone have: `json_parse`, `json_dump`; `yaml_parse`, `yaml_dump`.
std::span<const FunctionEntry> jsonAliases();
std::span<const FunctionEntry> yamlAliases();

} // namespace stormglass
