#include "tests/conformance/corpus_kinds.h"

#include "engine/expressions/parameter_cast.h"
#include "engine/expressions/parameter_render.h"
#include "engine/expressions/template_render.h"
#include "tests/conformance/recorded_datastore.h"
#include "tests/support/tagged_value.h"

namespace stormglass {

namespace {

EvaluationContext contextOf(const Value &recorded)
{
    EvaluationContext context;
    context.variables = untagged(recorded["context"]);
    if (recorded["allow_undefined"].toBoolOr(false))
        context.undefined = UndefinedMode::Lenient;
    return context;
}

Result<Value> render(const Value &recorded)
{
    return renderTemplate(recorded["template"].text(), contextOf(recorded));
}

Result<Value> renderWithDatastore(const Value &recorded)
{
    const RecordedDatastore datastore(recorded);
    EvaluationContext context = contextOf(recorded);
    context.resolver = &datastore;
    context.user = recorded["user"].isText() ? recorded["user"].text() : "stanley";
    return renderTemplate(recorded["template"].text(), context);
}

Result<Value> params(const Value &recorded)
{
    const RecordedDatastore datastore(recorded);
    const ParameterSchemas schemas{recorded["action_parameters"], recorded["runner_parameters"]};
    ParameterContext context;
    context.actionContext = untagged(recorded["action_context"]);
    context.config = untagged(recorded["config"]);
    context.additional = untagged(recorded["additional_contexts"]);
    context.resolver = &datastore;
    const Value given = untagged(recorded["params"]);
    if (recorded["phase"] == Value("live"))
        return renderLiveParameters(schemas, given, context);
    SG_LET(const FinalParameters all, renderFinalParameters(schemas, given, context));
    return Value::map({{"runner", all.runner}, {"action", all.action}});
}

Result<Value> cast(const Value &recorded)
{
    const Value &type = recorded["type"];
    return castParameter(untagged(recorded["value"]),
                         type.isText() ? type.text() : std::string_view());
}

Result<Value> replayed(const Value &recorded)
{
    const std::string_view mode = recorded["mode"].text();
    if (mode == "render")
        return render(recorded);
    if (mode == "render_kv")
        return renderWithDatastore(recorded);
    if (mode == "render_values")
        return renderValues(untagged(recorded["mapping"]), contextOf(recorded));
    if (mode == "params")
        return params(recorded);
    if (mode == "cast")
        return cast(recorded);
    if (mode == "is_expression")
        return Value(isTemplate(untagged(recorded["value"])));
    if (mode == "raw_block")
        return asRawBlock(untagged(recorded["value"]));
    return failure(ErrorCode::Invalid, QStringLiteral("unknown mode"));
}

} // namespace

CaseVerdict replayJinja(const Value &recorded)
{
    return judged(recorded["expect"], replayed(recorded));
}

} // namespace stormglass
