#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>

namespace stormglass {

// What quoted and block scalars say by YAML 1.1, read off the text: the parser's own reading
// differs in escapes, folding and line ends.

// A scalar whose quote stands at a place and is closed.
std::string yamlQuotedText(std::string_view source, std::size_t at);

// A scalar whose `|` or `>` stands at a place, within a block that is indented by so much; -1 for
// none. Fails with the place of a tab that indents.
tl::expected<std::string, std::size_t> yamlBlockText(std::string_view source, std::size_t at,
                                                     int parentIndent);

} // namespace stormglass
