#include "tests/conformance/corpus_kinds.h"

#include "engine/expressions/workflow_expression.h"
#include "tests/conformance/recorded_datastore.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

CaseVerdict replayWorkflowExpressions(const Value &recorded)
{
    const RecordedDatastore datastore(recorded);
    WorkflowContext context;
    context.data = untagged(recorded["context"]);
    context.resolver = &datastore;
    const auto expression = WorkflowExpression::compile(untagged(recorded["expression"]));
    return judged(recorded["expect"], expression.evaluate(context));
}

} // namespace stormglass
