#pragma once

#include "engine/expressions/yaql_nodes.h"

namespace stormglass {

// The tree of one expression, without delimiters. YaqlLexicalException and YaqlGrammarException
// where it is none.
Result<std::unique_ptr<const YaqlNode>> parseYaql(std::string_view source);

} // namespace stormglass
