#pragma once

#include "engine/base/result.h"
#include "engine/expressions/expression.h"
#include "engine/expressions/node.h"

namespace stormglass {

// What a language makes of a source: shared by every copy of its Expression, immutable.
class Program
{
public:
    virtual ~Program() = default;
    virtual Result<Value> evaluate(const EvaluationContext &context) const = 0;
    virtual bool isTemplate() const = 0;
    virtual void visit(NodeVisitor &visitor) const = 0;
};

} // namespace stormglass
