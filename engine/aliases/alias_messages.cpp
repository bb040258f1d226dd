#include "engine/aliases/alias_messages.h"

#include "engine/expressions/template_render.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

// For executions whose alias has no words of its own.
constexpr std::string_view plainResult = R"jinja({{ execution.action.ref }}: {{ execution.status }}
Execution {{ execution.id }}
{%- if execution.elapsed_seconds %}, took {{ execution.elapsed_seconds | to_human_time_from_seconds }}
{%- endif %}
{% if execution.web_url %}

{{ execution.web_url }}
{%- endif %}
{% if execution.result is mapping %}
{% for name, value in execution.result.items() %}
{% if value is not none and value != '' %}

{{ name }}: {{ value if value is string else value | tojson }}
{%- endif %}
{% endfor %}
{% elif execution.result %}

{{ execution.result }}
{%- endif %}
)jinja";

EvaluationContext contextOf(Value variables)
{
    EvaluationContext context;
    context.variables = std::move(variables);
    context.limits.steps = 500'000;
    context.limits.outputBytes = 1024LL * 1024;
    context.limits.time = std::chrono::milliseconds(500);
    return context;
}

Value told(const Result<Value> &rendered, const char *field)
{
    if (rendered)
        return *rendered;
    return Value(u"Cannot render \"%1\" in field \"ack\" for alias. %2"_s.arg(
        QLatin1String(field), rendered.error().message));
}

// A format is text; whatever else it is shows as it is.
Result<Value> renderedFormat(const Value &format, const EvaluationContext &context)
{
    return format.isText() ? renderTemplate(format.text(), context) : Result<Value>(format);
}

} // namespace

Value acknowledgement(const ActionAlias &alias, const Value &execution, const Value &document)
{
    EvaluationContext context
        = contextOf(Value::map({{"execution", execution}, {"actionalias", document}}));
    Value answer = Value::map();
    if (const Value *const format = alias.ack.find("format")) {
        answer.set("message", told(renderedFormat(*format, context), "format"));
        context.variables.set("message", answer["message"]);
    }
    if (const Value *const extra = alias.ack.find("extra"))
        answer.set("extra", told(renderValues(*extra, context), "extra"));
    return answer;
}

Result<Value> resultMessage(const ActionAlias *alias, const Value &execution,
                            const Value &aliasDocument)
{
    EvaluationContext context = contextOf(Value::map({{"execution", execution}}));
    context.undefined = UndefinedMode::Lenient;
    const Value result = alias ? alias->result : Value();
    if (alias)
        context.variables.set("alias", aliasDocument);
    if (!result["enabled"].toBoolOr(true))
        return Value::map({{"enabled", false}, {"message", ""}});
    Value answer = Value::map({{"enabled", true}});
    const Value *const format = result.find("format");
    SG_LET(const Value message, renderedFormat(format ? *format : Value(plainResult), context));
    answer.set("message", message);
    if (const Value *const extra = result.find("extra")) {
        SG_LET(const Value rendered, renderValues(*extra, context));
        answer.set("extra", rendered);
    }
    return answer;
}

} // namespace stormglass
