#pragma once

#include "engine/expressions/regex.h"

#include <string>
#include <string_view>

// The parts that commands and formats are made of, as expressions of Python's re. Groups are
// counted: a key is the first, and a value has four, of which one takes part.
namespace stormglass::grammar {

#define SG_ALIAS_KEY R"(\s*(\S+?)\s*)"
#define SG_ALIAS_QUOTED R"re(""|''|"(.+?)"|'(.+?)'|({.+?}))re"
#define SG_ALIAS_PAIR R"((?:^|\s+))" SG_ALIAS_KEY "=(" SG_ALIAS_QUOTED R"(|(\S+)))"

inline constexpr std::string_view pair = SG_ALIAS_PAIR;
// The first group is the tail.
inline constexpr std::string_view pairsAtTheEnd = ".*?((" SG_ALIAS_PAIR R"(\s*)*)$)";

// `{{key}}` and `{{key = default}}`, without what stands in front.
inline constexpr std::string_view required = "{{" SG_ALIAS_KEY "}}";
inline constexpr std::string_view optional
    = "{{" SG_ALIAS_KEY R"(\s*=\s*(?:)" SG_ALIAS_QUOTED R"(|(.+?))\s*}})";

#undef SG_ALIAS_PAIR
#undef SG_ALIAS_QUOTED
#undef SG_ALIAS_KEY

// A command is matched with every format there is: none may hold up the others.
inline constexpr RegexLimits limits{.steps = 500'000,
                                    .matches = 10'000,
                                    .outputBytes = 1024UL * 1024,
                                    .time = std::chrono::milliseconds(50)};

// What the four groups of a value from `first` on hold; empty for empty quotes.
std::string valueOf(const RegexMatch &match, std::size_t first);

} // namespace stormglass::grammar
