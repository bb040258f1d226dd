#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string_view>
#include <vector>

namespace stormglass {

// One token of a Python expression.
struct PythonToken
{
    enum class Kind {
        Name,
        Number,
        Text,
        Bytes,
        // An f-string: an expression, but no literal.
        Formatted,
        Operator,
        End
    };
    Kind kind = Kind::End;
    std::string_view text;
    // Of a Number, Text or Bytes; null for a number that we have no kind for (1j).
    Value value;
};

// The tokens of one expression, as Python reads it: line ends count for nothing inside brackets and
// end the expression outside. Errors are SyntaxError.
Result<std::vector<PythonToken>> readPythonTokens(std::string_view source);

} // namespace stormglass
