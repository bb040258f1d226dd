// Any text is refused or compiled to a tree that ends, within small limits, in a value or an error;
// an editor may ask about it too.

// uses: engine/base engine/expressions

#include "engine/expressions/workflow_expression.h"
#include "engine/expressions/yaql_inspection.h"

#include <cstdint>

using namespace stormglass;

namespace {

Value sample()
{
    return Value::map(
        {{"a", 1},
         {"s", "hi"},
         {"l", Value::list({3, 1, 2})},
         {"d", Value::map({{"x", 1}, {"y", Value::list({"z"})}})},
         {"n", nullptr},
         {"objs",
          Value::list({Value::map({{"k", 1}, {"v", 2}}), Value::map({{"k", 2}, {"v", 2.5}})})}});
}

void inspect(std::string_view text)
{
    const Value variables = sample();
    for (const YaqlForm form : {YaqlForm::InText, YaqlForm::Bare}) {
        (void)yaqlTokens(text, form);
        (void)yaqlVariablesRead(text, form, variables);
        (void)yaqlCompletions(text, text.size() / 2, form, variables);
        (void)yaqlCompletions(text, text.size(), form, variables);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    WorkflowContext context;
    context.data = sample();
    context.limits.steps = 20'000;
    context.limits.outputBytes = 100'000;
    context.limits.sequenceItems = 2'000;
    const Value expression("<% " + std::string(text) + " %>");
    (void)WorkflowExpression::compile(expression).evaluate(context);
    inspect(text);
    return 0;
}
