#pragma once

#include "engine/expressions/yaql_function.h"

#include <initializer_list>

namespace stormglass {

// A call by name: among the functions of that name, or the methods where there is a receiver (the
// first of the places then), the one that fits the arguments best. Fails as YAQL does where none
// fits, or more than one.
struct YaqlInvocation
{
    std::string_view name;
    bool isMethod = false;
    std::vector<YaqlArgument> places = {};
    std::vector<YaqlNamedArgument> names = {};
};
Value invokeYaql(YaqlEvaluation &evaluation, YaqlInvocation invocation);

// The same with values at hand.
Value callYaqlFunction(YaqlEvaluation &evaluation, std::string_view name,
                       std::initializer_list<Value> values);
// Of expressions, perhaps after a receiver; `name => value` among them names an argument.
Value callYaqlNodes(YaqlEvaluation &evaluation, std::string_view name, const Value *receiver,
                    const YaqlNodeList &arguments);

} // namespace stormglass
