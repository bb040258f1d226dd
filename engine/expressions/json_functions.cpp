#include "engine/expressions/helper_functions.h"

#include "engine/base/json.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/json_path.h"
#include "engine/expressions/json_texts.h"
#include "engine/expressions/python_json.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// What JSON becomes is many times as large as its text; each value but the first stands behind one
// of these.
bool affordsValues(Evaluation &evaluation, std::string_view text)
{
    return evaluation.affordsItems(std::ranges::count_if(
        text, [](char c) { return c == ',' || c == '[' || c == '{' || c == ':'; }));
}

Value fromJsonString(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string text = strOf(evaluation, arguments[0]);
    if (evaluation.failed() || !affordsValues(evaluation, text))
        return {};
    const Result<Value> value = strictJson(text);
    return value ? *value : evaluation.fail(value.error());
}

std::optional<std::string> indentOf(Evaluation &evaluation, const Value &given)
{
    if (given.isNull())
        return std::nullopt;
    if (const auto margin = textIn(given))
        return std::string(*margin);
    const auto width = indexIn(given);
    if (!width) {
        evaluation.failType("can't multiply sequence by non-int of type '" + typeNameOf(given)
                            + "'");
        return std::nullopt;
    }
    const auto spaces = static_cast<std::size_t>(std::max<std::int64_t>(*width, 0));
    return evaluation.affordsText(spaces) ? std::optional(std::string(spaces, ' ')) : std::nullopt;
}

Value toJsonString(Evaluation &evaluation, const BoundArguments &arguments)
{
    PythonJsonStyle style;
    // A lone text is written before anything is indented.
    const bool isIndented = !arguments[1].isNull() && !textIn(arguments[0]);
    style.sortKeys = isTrue(evaluation, arguments[2]);
    style.itemSeparator = ",";
    if (!arguments[3].isNull()) {
        const ValueList separators = listOf(evaluation, arguments[3]);
        if (evaluation.failed())
            return {};
        if (separators.size() != 2)
            return evaluation.failValue("too many values to unpack (expected 2)");
        const auto item = textIn(separators[0]);
        const auto key = textIn(separators[1]);
        if (isIndented)
            style.indent = indentOf(evaluation, arguments[1]);
        if (evaluation.failed())
            return {};
        if (!item || !key)
            return evaluation.failType("make_encoder() argument must be str");
        style.itemSeparator = *item;
        style.keySeparator = *key;
    } else {
        if (isIndented)
            style.indent = indentOf(evaluation, arguments[1]);
        if (arguments.isGiven(3))
            style.itemSeparator = style.indent ? "," : ", ";
    }
    return evaluation.failed() ? Value() : Value(pythonJson(evaluation, arguments[0], style));
}

Value jsonEscape(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string json = pythonJson(evaluation, arguments[0]);
    std::string_view text = json;
    while (text.starts_with('"'))
        text.remove_prefix(1);
    while (text.ends_with('"'))
        text.remove_suffix(1);
    return text;
}

Value jsonPathQuery(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto query = textIn(arguments[1]);
    if (const Object *object = asObject(arguments[1]); object && !object->isUsable(evaluation))
        return {};
    if (arguments[1].isSequence() || arguments[1].isBytes())
        return evaluation.failValue("Expected a string");
    if (!query)
        return evaluation.fail("TypeError",
                               "expected string or bytes-like object, got '"
                                   + typeNameOf(arguments[1]) + "'");
    const Result<JsonPath> path = JsonPath::compile(*query);
    if (!path)
        return evaluation.fail(path.error());
    const Result<ValueList> matches = path->all(arguments[0]);
    if (!matches)
        return evaluation.fail(matches.error());
    for (const Value &match : *matches)
        evaluation.see(match);
    return matches->empty() ? Value() : Value(*matches);
}

Value useNone(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].isNull())
        return noneMark;
    const Object *object = asObject(arguments[0]);
    return object && !object->isUsable(evaluation) ? Value() : arguments[0];
}

Value toComplex(Evaluation &evaluation, const BoundArguments &arguments)
{
    return pythonJson(evaluation, arguments[0]);
}

constexpr std::string_view jsonDumpSignature
    = "to_json_string(value, indent=None, sort_keys=False, separators=None)";

constexpr std::array entries{
    FunctionEntry{"from_json_string", "from_json_string(value)", fromJsonString},
    FunctionEntry{"to_json_string", jsonDumpSignature, toJsonString},
    FunctionEntry{"json_escape", "json_escape(value)", jsonEscape},
    FunctionEntry{"jsonpath_query", "jsonpath_query(value, query)", jsonPathQuery},
    FunctionEntry{"use_none", "use_none(value)", useNone},
};

constexpr std::array aliases{
    FunctionEntry{"json_parse", "json_parse(value)", fromJsonString},
    FunctionEntry{"json_dump", jsonDumpSignature, toJsonString},
};

constexpr std::array templateOnly{
    FunctionEntry{"to_complex", "to_complex(value)", toComplex},
};

} // namespace

std::span<const FunctionEntry> jsonFunctions()
{
    return entries;
}

std::span<const FunctionEntry> jsonAliases()
{
    return aliases;
}

std::span<const FunctionEntry> complexFunction()
{
    return templateOnly;
}

} // namespace stormglass
