#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/position.h"

#include <optional>
#include <string_view>
#include <vector>

namespace stormglass {

enum class YaqlTokenKind { Constant, Keyword, Function, Variable, Operator, End };

// One token of a YAQL expression. The text is a view into the source that the lexer was given.
struct YaqlToken
{
    YaqlTokenKind kind = YaqlTokenKind::End;
    // Of a Function its name, of an Operator its symbol, else as written.
    std::string_view text;
    // Of a Constant.
    Value value;
    // Code points from the beginning, from 0.
    std::int64_t offset = 0;
    Position position;
};

// The last one is an End, where reading stopped; the error says why, if it was not the end.
struct YaqlTokens
{
    std::vector<YaqlToken> tokens = {};
    std::optional<Error> error = {};
};
YaqlTokens readYaqlTokensUntilError(std::string_view source);

// The last one is an End. YaqlLexicalException where there is no token.
Result<std::vector<YaqlToken>> readYaqlTokens(std::string_view source);

// A refusal of YAQL's own: the class in `kind`, `line:column` in `place`.
tl::unexpected<Error> yaqlRefusal(const char *kind, const QString &message, Position position);

} // namespace stormglass
