#pragma once

#include "engine/base/result.h"
#include "engine/expressions/expression.h"
#include "engine/expressions/node.h"

namespace stormglass {

enum class ExpressionForm {
    // As a value of its own.
    Typed,
    // As the text that stands for it within other text.
    Text
};

struct ExpressionValue
{
    Value value = {};
    // Whether it was text to begin with.
    bool isText = false;
    // Nothing has that name; then there is no value.
    bool isUndefined = false;
};

// What a language makes of a source: shared by every copy of its Expression, immutable.
class Program
{
public:
    virtual ~Program() = default;
    virtual Result<Value> evaluate(const EvaluationContext &context) const = 0;
    // The value of a lone expression; for workflows.
    virtual Result<ExpressionValue> evaluateTyped(const EvaluationContext &context,
                                                  ExpressionForm form) const = 0;
    virtual bool isTemplate() const = 0;
    virtual void visit(NodeVisitor &visitor) const = 0;
};

} // namespace stormglass
