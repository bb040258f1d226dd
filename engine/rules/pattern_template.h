#pragma once

#include "engine/base/result.h"
#include "engine/expressions/expression.h"

#include <optional>
#include <string>

namespace stormglass {

// The pattern of a criterion as text: rendered for each payload, or constant (events.md 6.3).
class PatternTemplate
{
public:
    // Never fails: what cannot be compiled is an error whenever it is rendered, as in StackStorm.
    explicit PatternTemplate(std::string_view source);

    // What every payload gets, if the text holds no template.
    const std::optional<Value> &constant() const { return m_constant; }
    // What is wrong with the text, whatever the payload.
    std::optional<Error> problem() const;

    // Typed where `{{ … }}` renders as JSON, else text.
    Result<Value> render(const EvaluationContext &context) const;

private:
    std::optional<Value> m_constant;
    // With ` | to_complex` in every `{{ … }}`; none if there is no such place.
    std::optional<Result<Expression>> m_typed;
    std::optional<Result<Expression>> m_plain;
};

// Puts ` | to_complex` before the last `}}` of each line's first `{{`; none if there is no such
// pair.
std::optional<std::string> withComplexFilter(std::string_view source);

} // namespace stormglass
