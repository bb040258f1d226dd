#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/expressions/expression.h"

#include <memory>

namespace stormglass {

// What the expressions of a workflow see.
struct WorkflowContext
{
    // A map: the workflow's variables, and under names with two leading underscores its state, its
    // current task and its current item.
    Value data = Value::map();
    // Borrowed for the call; may be null: then no key and no task execution is there.
    const Resolver *resolver = nullptr;
    const Clock *clock = nullptr;
    EvaluationLimits limits = {};
    // Whether a text that comes out and holds expressions itself is evaluated again, as Orquesta
    // does. Off where the data come from outside.
    bool evaluatesResults = true;
};

class WorkflowValue;

// Any value of a workflow definition: its texts, at any depth and as keys too, may hold expressions
// in YAQL or Jinja. A text that is one expression keeps the type of its result; otherwise results
// are put into the text as Python prints them. Prepared once, evaluated often. Thread: any.
class WorkflowExpression
{
public:
    // Never fails: what is wrong with an expression is found when it is evaluated, or by
    // workflow_inspection.h before.
    static WorkflowExpression compile(const Value &value);

    // Errors are Invalid, of kind YaqlEvaluationException or JinjaEvaluationException.
    Result<Value> evaluate(const WorkflowContext &context) const;

    // False for a value without any expression: it is its own value.
    bool isTemplate() const;

private:
    explicit WorkflowExpression(std::shared_ptr<const WorkflowValue> value);
    std::shared_ptr<const WorkflowValue> m_value;
};

} // namespace stormglass
