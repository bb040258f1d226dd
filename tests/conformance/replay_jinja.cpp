#include "tests/conformance/corpus_kinds.h"

#include "engine/expressions/expression.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

Result<Value> render(const Value &recorded)
{
    SG_LET(const Expression expression,
           Expression::compile(recorded["template"].text(), Language::Jinja));
    EvaluationContext context;
    context.variables = untagged(recorded["context"]);
    if (recorded["allow_undefined"].toBoolOr(false))
        context.undefined = UndefinedMode::Lenient;
    return expression.evaluate(context);
}

Result<Value> replayed(const Value &recorded)
{
    const std::string_view mode = recorded["mode"].text();
    if (mode == "render")
        return render(recorded);
    return failure(ErrorCode::Invalid, QStringLiteral("unknown mode"));
}

} // namespace

CaseVerdict replayJinja(const Value &recorded)
{
    return judged(recorded["expect"], replayed(recorded));
}

} // namespace stormglass
