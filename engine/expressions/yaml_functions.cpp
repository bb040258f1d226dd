#include "engine/expressions/helper_functions.h"

#include "engine/base/yaml.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_numbers.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

Value fromYamlString(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::string text = strOf(evaluation, arguments[0]);
    if (evaluation.failed())
        return {};
    const Result<Value> value = readYaml(text);
    return value ? *value : evaluation.fail(value.error());
}

// Each place of a value costs: what stands in many is written in all of them.
bool affords(Evaluation &evaluation, const Value &value)
{
    constexpr std::int64_t cost = 8;
    return value.isText() ? evaluation.affordsText(value.text().size() + cost)
                          : evaluation.step(cost);
}

bool isPresentable(Evaluation &evaluation, const Value &value)
{
    evaluation.see(value);
    if (!affords(evaluation, value))
        return false;
    switch (value.kind()) {
    case Value::Kind::Time:
    case Value::Kind::Duration:
    case Value::Kind::Object:
        return false;
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return std::ranges::all_of(
            value.items(), [&](const Value &item) { return isPresentable(evaluation, item); });
    case Value::Kind::Map:
        return std::ranges::all_of(value.entries(), [&](const ValueMap::Entry &entry) {
            return isPresentable(evaluation, entry.key) && isPresentable(evaluation, entry.value);
        });
    default:
        return true;
    }
}

Value toYamlString(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isPresentable(evaluation, arguments[0]))
        return evaluation.fail("RepresenterError",
                               "('cannot represent an object', " + reprOf(evaluation, arguments[0])
                                   + ")");
    YamlStyle style;
    style.sortKeys = true;
    style.allowUnicode = isTrue(evaluation, arguments[2]);
    const Value given
        = arguments[1].isDouble() ? integerOf(evaluation, arguments[1]) : arguments[1];
    const auto indent = indexIn(given);
    if (!indent && !given.isNull() && !evaluation.failed())
        evaluation.failType("an integer is required");
    if (evaluation.failed())
        return {};
    // PyYAML takes its own width of 2 for any other.
    if (indent && *indent > 1 && *indent < 10)
        style.indent = static_cast<int>(*indent);
    std::string text = writeYaml(arguments[0], style);
    return evaluation.affordsText(text.size()) ? Value(text) : Value();
}

constexpr std::string_view dumpSignature = "to_yaml_string(value, indent=None, allow_unicode=True)";

constexpr std::array entries{
    FunctionEntry{"from_yaml_string", "from_yaml_string(value)", fromYamlString},
    FunctionEntry{"to_yaml_string", dumpSignature, toYamlString},
};

constexpr std::array aliases{
    FunctionEntry{"yaml_parse", "yaml_parse(value)", fromYamlString},
    FunctionEntry{"yaml_dump", dumpSignature, toYamlString},
};

} // namespace

std::span<const FunctionEntry> yamlFunctions()
{
    return entries;
}

std::span<const FunctionEntry> yamlAliases()
{
    return aliases;
}

} // namespace stormglass
