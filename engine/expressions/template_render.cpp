#include "engine/expressions/template_render.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_errors.h"
#include "engine/expressions/python_json.h"

namespace stormglass {

namespace {

bool holdsTemplate(std::string_view text)
{
    return text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos;
}

// An opening and, on the same line, what closes it.
bool holdsPair(std::string_view text, std::string_view open, std::string_view close)
{
    for (std::size_t at = text.find(open); at != std::string_view::npos;
         at = text.find(open, at + 1)) {
        const std::string_view line = text.substr(at + open.size());
        if (line.substr(0, line.find('\n')).find(close) != std::string_view::npos)
            return true;
    }
    return false;
}

Result<std::string> jsonOf(const Value &value, const EvaluationContext &context)
{
    Evaluation evaluation(context);
    std::string json = pythonJson(evaluation, value);
    if (evaluation.failed())
        return failure(evaluation.error());
    return json;
}

EvaluationContext withContextItself(const EvaluationContext &context)
{
    EvaluationContext wider = context;
    ValueMap names;
    names.set("__context", context.variables);
    for (const ValueMap::Entry &entry : context.variables.entriesOrNone())
        names.set(entry.key, entry.value);
    wider.variables = Value(std::move(names));
    return wider;
}

Result<Value> renderedValue(const Value &value, const EvaluationContext &context)
{
    const bool isContainer = value.isMap() || value.isList();
    std::string text;
    if (isContainer) {
        SG_LET(text, jsonOf(value, context));
    } else {
        text = value.isText() ? std::string(value.text()) : pythonStr(value);
    }
    SG_LET(const Value rendered, renderTemplate(text, context));
    if (rendered.text() == text)
        return value;
    if (!isContainer)
        return rendered;
    Result<Value> back = readJson(rendered.text(), {.allowNonFinite = true});
    if (back)
        return rendered.isSecret() ? back->markedSecret() : *back;
    Error error = back.error();
    error.kind = QString::fromLatin1(PythonError::JsonDecode.data());
    return failure(std::move(error));
}

} // namespace

bool isTemplate(const Value &value)
{
    return value.isText() && holdsTemplate(value.text());
}

Result<Value> renderTemplate(std::string_view source, const EvaluationContext &context)
{
    SG_LET(const Expression expression, Expression::compile(source, Language::Jinja));
    return expression.evaluate(context);
}

Result<Value> renderValues(const Value &map, const EvaluationContext &context)
{
    if (map.entriesOrNone().isEmpty() || context.variables.entriesOrNone().isEmpty())
        return map;
    const EvaluationContext wider = withContextItself(context);
    ValueMap rendered;
    for (const ValueMap::Entry &entry : map.entries()) {
        Result<Value> value = renderedValue(entry.value, wider);
        if (!value) {
            Error error = value.error();
            error.place = entry.key.toQStringOr(QString());
            return failure(std::move(error));
        }
        rendered.set(entry.key, std::move(*value));
    }
    return Value(std::move(rendered));
}

Value asRawBlock(const Value &value)
{
    if (value.isList()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(asRawBlock(item));
        return Value(std::move(items));
    }
    if (value.isMap()) {
        ValueMap map;
        for (const ValueMap::Entry &entry : value.entries())
            map.set(entry.key, asRawBlock(entry.value));
        return Value(std::move(map));
    }
    const bool isTemplateText = value.isText()
        && (holdsPair(value.text(), "{{", "}}") || holdsPair(value.text(), "{%", "%}"));
    if (!isTemplateText)
        return value;
    const Value wrapped("{% raw %}" + std::string(value.text()) + "{% endraw %}");
    return value.isSecret() ? wrapped.markedSecret() : wrapped;
}

} // namespace stormglass
