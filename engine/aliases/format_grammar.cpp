#include "engine/aliases/format_grammar.h"

namespace stormglass::grammar {

std::string valueOf(const RegexMatch &match, std::size_t first)
{
    constexpr std::size_t groups = 4;
    std::string value;
    for (std::size_t group = first; group < first + groups; ++group)
        value += match.text(group).value_or(std::string_view());
    return value;
}

} // namespace stormglass::grammar
