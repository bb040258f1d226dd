// uses: engine/expressions
// Any text is a template or an error; a template renders within its limits, always to the same.

#include "engine/expressions/expression.h"
#include "engine/expressions/python_literal.h"
#include "engine/expressions/template_inspection.h"
#include "engine/expressions/workflow_expression.h"

using namespace stormglass;

namespace {

const Value &sample()
{
    static const Value value
        = Value::map({{"s", "Hello World"},
                      {"u", "h\xC3\xA9llo"},
                      {"i", 42},
                      {"f", 3.5},
                      {"n", Value()},
                      {"t", true},
                      {"l", Value::list({3, 1, 2})},
                      {"d", Value::map({{"a", 1}, {"b", "two"}, {"c", Value::list({1, 2})}})},
                      {"x", Value("hidden").markedSecret()}});
    return value;
}

EvaluationLimits tight()
{
    EvaluationLimits limits;
    limits.steps = 50'000;
    limits.outputBytes = 256 * 1024;
    limits.sequenceItems = 10'000;
    limits.recursion = 100;
    return limits;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    (void)templateTokens(text);
    (void)templateCompletions(text, size, sample());
    (void)readPythonLiteral(text);
    WorkflowContext workflow;
    workflow.data = sample();
    workflow.limits = tight();
    (void)WorkflowExpression::compile(Value(text)).evaluate(workflow);

    const Result<Expression> expression = Expression::compile(text, Language::Jinja);
    SG_ASSERT(expression || expression.error().code == ErrorCode::Invalid);
    if (!expression)
        return 0;
    EvaluationContext context;
    context.variables = sample();
    context.limits = tight();
    for (const UndefinedMode mode : {UndefinedMode::Strict, UndefinedMode::Lenient}) {
        context.undefined = mode;
        const Result<Value> rendered = expression->evaluate(context);
        SG_ASSERT(rendered ? rendered->isText() : !rendered.error().kind.isEmpty());
    }
    SG_ASSERT(sample()["l"] == Value::list({3, 1, 2}));
    return 0;
}
