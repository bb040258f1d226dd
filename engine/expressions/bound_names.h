#pragma once

#include "engine/expressions/jinja_token.h"
#include "engine/expressions/yaql_lexer.h"

#include <span>
#include <string_view>
#include <vector>

namespace stormglass {

// Names that a template itself has bound where a cursor stands, given the tokens in front of it,
// half written or not; inner scopes last. Views into the source.

std::vector<std::string_view> namesBoundInJinja(std::span<const JinjaToken> tokens);

struct YaqlBoundNames
{
    // Without the `$`.
    std::vector<std::string_view> variables = {};
    std::vector<std::string_view> functions = {};
};
YaqlBoundNames namesBoundInYaql(std::span<const YaqlToken> tokens);

} // namespace stormglass
