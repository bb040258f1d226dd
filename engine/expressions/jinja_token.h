#pragma once

#include "engine/base/value.h"
#include "engine/expressions/position.h"

#include <string_view>

namespace stormglass {

enum class JinjaTokenKind {
    Data,
    VariableBegin,
    VariableEnd,
    BlockBegin,
    BlockEnd,
    Name,
    Text,
    Integer,
    Real,
    Operator,
    Comment,
    End
};

// One token of a template. The text is a view into the source that the lexer was given.
struct JinjaToken
{
    JinjaTokenKind kind = JinjaTokenKind::End;
    // As written; of an operator its symbol.
    std::string_view text;
    // Of a Text, Integer or Real.
    Value value;
    Position position;
};

} // namespace stormglass
