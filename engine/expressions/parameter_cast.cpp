#include "engine/expressions/parameter_cast.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/json_texts.h"
#include "engine/expressions/python_literal.h"
#include "engine/expressions/python_numbers.h"
#include "engine/expressions/text_case.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// What int() and float() say, without a template around them.
template <typename Convert>
Result<Value> converted(const Value &value, Convert convert)
{
    const EvaluationContext context;
    Evaluation evaluation(context);
    Value number = convert(evaluation, value);
    if (!evaluation.failed())
        return number;
    Error error = evaluation.error();
    error.place.clear();
    return failure(std::move(error));
}

Result<Value> castContainer(const Value &value)
{
    if (!value.isText())
        return value;
    if (Result<Value> json = readJson(value.text(), {.allowNonFinite = true}))
        return json;
    return readPythonLiteral(value.text());
}

Result<Value> castString(const Value &value)
{
    if (value.isText())
        return value;
    return pythonError("ValueError",
                       QStringLiteral("Value \"%1\" must either be a string or None. Got \"%2\".")
                           .arg(QString::fromStdString(pythonStr(value)),
                                QString::fromStdString(std::string(pythonTypeName(value)))));
}

Result<Value> cast(const Value &value, std::string_view type)
{
    const bool isNone = value == Value(noneMark);
    if (type == "integer")
        return converted(isNone ? Value() : value, integerOf);
    if (type == "number")
        return converted(isNone ? Value() : value, realOf);
    if (isNone)
        return Value();
    if (type == "string")
        return castString(value);
    if (type == "boolean")
        return value.isText() ? readPythonLiteral(capitalized(value.text())) : value;
    return castContainer(value);
}

} // namespace

Result<Value> castParameter(const Value &value, std::string_view type)
{
    constexpr std::array<std::string_view, 6> known{"array",  "boolean", "integer",
                                                    "number", "object",  "string"};
    const bool isKnown = std::ranges::find(known, type) != known.end();
    if (value.isNull() || !isKnown)
        return value;
    SG_LET(Value result, cast(value, type));
    return value.isSecret() ? result.markedSecret() : result;
}

Result<Value> castBySchema(const Value &value, const Value &schema)
{
    const Value &type = schema["type"];
    return castParameter(value, type.isText() ? type.text() : std::string_view());
}

} // namespace stormglass
