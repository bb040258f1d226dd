#pragma once

#include "engine/base/result.h"
#include "engine/expressions/jinja_token.h"

#include <optional>
#include <string>
#include <vector>

namespace stormglass {

// Line ends made `\n` and the one at the end dropped, as Jinja does before it reads anything.
std::string normalizedTemplate(std::string_view source);

enum class Comments { Drop, Keep };

// As many tokens as there are before an error, which is none where all of the source was read.
struct JinjaTokens
{
    std::vector<JinjaToken> tokens = {};
    std::optional<Error> error = {};
};
JinjaTokens readJinjaTokensUntilError(std::string_view source, Comments comments);

// The tokens of a template, with `trim_blocks` and `lstrip_blocks` on as StackStorm has them. The
// last one is End. Errors are TemplateSyntaxError. The tokens look into `source`, which must
// outlive them.
Result<std::vector<JinjaToken>> readJinjaTokens(std::string_view source,
                                                Comments comments = Comments::Drop);
// The tokens of a lone expression, without delimiters.
Result<std::vector<JinjaToken>> readJinjaExpressionTokens(std::string_view source);

} // namespace stormglass
