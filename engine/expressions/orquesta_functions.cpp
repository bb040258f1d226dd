#include "engine/expressions/orquesta_functions.h"

#include "engine/base/json.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/helper_functions.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/orquesta_tasks.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

bool isPrivate(const Value &name)
{
    return name.isText() && name.text().starts_with("__");
}

std::string nearTo(const Value &key, const Value &map)
{
    return key.isText() ? didYouMean(map.entriesOrNone(), key.text()) : std::string();
}

Value visibleContext(Evaluation &evaluation, const Value &variables)
{
    ValueMap visible;
    for (const ValueMap::Entry &entry : variables.entriesOrNone()) {
        if (!isPrivate(entry.key))
            visible.set(entry.key, entry.value);
    }
    return evaluation.affordsItems(static_cast<std::int64_t>(visible.size()))
        ? Value(std::move(visible))
        : Value();
}

Value ctx(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &variables = evaluation.variables()["__vars"];
    const Value &key = arguments[0];
    if (!isTrue(evaluation, key))
        return evaluation.failed() ? Value() : visibleContext(evaluation, variables);
    if (!isHashable(evaluation, key))
        return {};
    const Value *const found = variables.entriesOrNone().find(key);
    if (!found)
        return evaluation.fail("VariableUndefinedError",
                               "The variable \"" + strOf(evaluation, key) + "\" is undefined."
                                   + nearTo(key, variables));
    if (isPrivate(key))
        return evaluation.fail("VariableInaccessibleError",
                               "The variable \"" + strOf(evaluation, key)
                                   + "\" is for internal use and inaccessible.");
    evaluation.see(*found);
    return *found;
}

Value item(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &current = evaluation.variables()["__current_item"];
    const Value &key = arguments[0];
    evaluation.see(current);
    if (!isTrue(evaluation, key))
        return current;
    if (!current.isMap())
        return failExpression(evaluation, "Item is not type of collections.abc.Mapping.");
    const Value *const found = isHashable(evaluation, key) ? current.entries().find(key) : nullptr;
    if (!found)
        return failExpression(evaluation,
                              "Item does not have key \"" + strOf(evaluation, key) + "\"."
                                  + nearTo(key, current));
    evaluation.see(*found);
    return *found;
}

Value json(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].isMap() && !evaluation.hasFrozenMaps())
        return arguments[0];
    const auto text = textIn(arguments[0]);
    if (!text)
        return evaluation.failType("Given object is not typeof string.");
    const Result<Value> value = readJson(*text, {.allowNonFinite = true});
    return value ? *value
                 : evaluation.fail(PythonError::JsonDecode, value.error().message.toStdString());
}

// To the longest of its arguments; null is an empty one.
Value zip(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto given = arguments.rest();
    Value pad;
    for (const NamedArgument &named : arguments.names()) {
        if (named.name == Value("pad"))
            pad = named.value;
    }
    if (given.size() == 1)
        return given.front().isNull() ? Value::list() : given.front();
    std::vector<ValueList> columns;
    std::size_t longest = 0;
    for (const Value &column : given) {
        columns.push_back(column.isNull() ? ValueList() : listOf(evaluation, column));
        if (evaluation.failed())
            return {};
        longest = std::max(longest, columns.back().size());
    }
    if (!evaluation.affordsItems(static_cast<std::int64_t>(longest * columns.size())))
        return {};
    ValueList rows;
    for (std::size_t i = 0; i < longest; ++i) {
        ValueList row;
        for (const ValueList &column : columns)
            row.push_back(i < column.size() ? column[i] : pad);
        rows.push_back(Value::tuple(std::move(row)));
    }
    return Value(std::move(rows));
}

// A stored value: `system.a.b` of the system, anything else of the user.
Value st2kv(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto key = textIn(arguments[0]);
    if (!key)
        return evaluation.failType("Given key is not typeof string.");
    if (!arguments[1].isBool())
        return evaluation.failType("Decrypt parameter is not typeof bool.");
    const Value *const st2 = evaluation.variables()["__vars"].find("st2");
    const Value *const user = st2 ? st2->find("user") : nullptr;
    if (!user)
        return evaluation.fail(PythonError::Key, "'Could not get user from context.'");
    const bool isSystems = key->starts_with("system.");
    const std::string name = isSystems ? std::string(key->substr(7))
                                       : strOf(evaluation, *user) + ':' + std::string(*key);
    const Resolver *const resolver = evaluation.context().resolver;
    const Result<std::optional<Value>> stored = resolver
        ? resolver->keyValue(isSystems ? "system" : "user", name)
        : Result<std::optional<Value>>(std::nullopt);
    if (!stored)
        return failExpression(evaluation, stored.error().message.toStdString());
    if (!*stored)
        return arguments.isGiven(2)
            ? arguments[2]
            : failExpression(
                evaluation, "The key \"" + name + "\" does not exist in the StackStorm datastore.");
    evaluation.see(**stored);
    if (!arguments[1].toBool())
        return **stored;
    const Result<Value> plain = resolver->decrypt(strOf(evaluation, **stored));
    if (!plain)
        return failExpression(evaluation, plain.error().message.toStdString());
    evaluation.see(plain->markedSecret());
    return plain->markedSecret();
}

constexpr std::array contextEntries{
    FunctionEntry{"ctx", "ctx_(key=None)", ctx},
    FunctionEntry{"item", "item_(key=None)", item},
    FunctionEntry{"result", "result_()", currentResult},
    FunctionEntry{"succeeded", "succeeded_()", hasSucceeded},
    FunctionEntry{"failed", "failed_()", hasFailed},
    FunctionEntry{"completed", "completed_()", hasCompleted},
    FunctionEntry{"task_status", "task_status_(task_id, route=None)", taskStatus},
    FunctionEntry{"task", "task(task_id=None, route=None)", taskRecord},
    FunctionEntry{"st2kv", "st2kv_(key, decrypt=False, default=None)", st2kv},
};

constexpr std::array dataEntries{
    FunctionEntry{"json", "json_(s)", json},
    FunctionEntry{"zip", "zip_(*args, **kwargs)", zip},
};

} // namespace

std::span<const FunctionEntry> orquestaContextFunctions()
{
    return contextEntries;
}

std::span<const FunctionEntry> orquestaDataFunctions()
{
    return dataEntries;
}

std::vector<std::span<const FunctionEntry>> orquestaHelperFunctions()
{
    return {jsonFunctions(),  jsonAliases(),      yamlFunctions(),       yamlAliases(),
            regexFunctions(), versionFunctions(), timeAndPathFunctions()};
}

Value workflowVariables(const Value &data)
{
    Value variables = Value::map({{"__vars", data}});
    for (const char *const name : {"__state", "__current_task", "__current_item"})
        variables.set(name, data[name]);
    return variables;
}

} // namespace stormglass
