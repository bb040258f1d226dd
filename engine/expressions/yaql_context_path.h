#pragma once

#include "engine/expressions/yaql_lexer.h"

#include <span>
#include <string_view>
#include <vector>

namespace stormglass {

// `ctx().a.b`, `ctx(a).b`, `ctx('a').b`: names of a workflow's variable and its members.
struct YaqlContextPath
{
    std::vector<std::string_view> names = {};
    // Tokens it takes, the point before each name among them.
    std::size_t size = 0;
};

bool isYaqlPoint(const YaqlToken &token);
// Whether a call of `ctx` begins there.
bool isYaqlContextCall(std::span<const YaqlToken> tokens, std::size_t at);
// From a call of `ctx` on. Without names where it is called with anything else.
YaqlContextPath readYaqlContextPath(std::span<const YaqlToken> tokens, std::size_t at);

} // namespace stormglass
