#pragma once

#include "engine/base/result.h"
#include "engine/expressions/regex.h"

#include <string_view>

namespace stormglass {

// Whether an expression says itself where a command begins and ends. StackStorm looks at its parts
// in a row, into groups and at the second of some alternatives, and so do we: it decides what
// matches.
struct FormatAnchors
{
    bool atStart = false;
    bool atEnd = false;
};

Result<FormatAnchors> anchorsIn(std::string_view expression, const RegexFlags &flags);

} // namespace stormglass
