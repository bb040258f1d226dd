#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <array>

namespace stormglass {

namespace {

bool holds(const YaqlCall &call, std::size_t number)
{
    return isTrue(call.evaluation, call.restLambda(number)(call.evaluation));
}

Value switchOf(const YaqlCall &call)
{
    for (std::size_t i = 0; i < call.restCount() && !call.evaluation.failed(); ++i) {
        const auto &rule = static_cast<const YaqlRuleNode &>(*call.restNode(i));
        if (isTrue(call.evaluation, rule.key().evaluate(call.evaluation))
            && !call.evaluation.failed())
            return rule.value().evaluate(call.evaluation);
    }
    return {};
}

Value selectCase(const YaqlCall &call)
{
    std::size_t i = 0;
    while (i < call.restCount() && !holds(call, i) && !call.evaluation.failed())
        ++i;
    return Value(static_cast<std::int64_t>(i));
}

Value selectAllCases(const YaqlCall &call)
{
    ValueList numbers;
    for (std::size_t i = 0; i < call.restCount() && !call.evaluation.failed(); ++i) {
        if (holds(call, i))
            numbers.emplace_back(static_cast<std::int64_t>(i));
    }
    return yaqlIteratorOver(call.evaluation, std::move(numbers));
}

Value examine(const YaqlCall &call)
{
    ValueList truths;
    for (std::size_t i = 0; i < call.restCount() && !call.evaluation.failed(); ++i)
        truths.emplace_back(holds(call, i));
    return yaqlIteratorOver(call.evaluation, std::move(truths));
}

Value switchCase(const YaqlCall &call)
{
    if (call.restCount() == 0)
        return {};
    const std::int64_t number = indexIn(call[0]).value_or(-1);
    const auto last = static_cast<std::int64_t>(call.restCount()) - 1;
    const std::int64_t chosen = number >= 0 && number <= last ? number : last;
    return call.restLambda(static_cast<std::size_t>(chosen))(call.evaluation);
}

Value coalesce(const YaqlCall &call)
{
    for (std::size_t i = 0; i < call.restCount() && !call.evaluation.failed(); ++i) {
        Value value = call.restLambda(i)(call.evaluation);
        if (!value.isNull())
            return value;
    }
    return {};
}

Value both(const YaqlCall &call)
{
    Value left = call.lambda(0)(call.evaluation);
    return isTrue(call.evaluation, left) ? call.lambda(1)(call.evaluation) : left;
}

Value either(const YaqlCall &call)
{
    Value left = call.lambda(0)(call.evaluation);
    return isTrue(call.evaluation, left) ? left : call.lambda(1)(call.evaluation);
}

Value negated(const YaqlCall &call)
{
    return !isTrue(call.evaluation, call[0]);
}

Value truth(const YaqlCall &call)
{
    return isTrue(call.evaluation, call[0]);
}

Value isBoolean(const YaqlCall &call)
{
    return call[0].isBool();
}

constexpr std::array entries{
    YaqlFunctionEntry{"f! switch(*args:lazyrule)", switchOf},
    YaqlFunctionEntry{"f selectCase(*args:lambda)", selectCase},
    YaqlFunctionEntry{"f selectAllCases(*args:lambda)", selectAllCases},
    YaqlFunctionEntry{"f examine(*args:lambda)", examine},
    YaqlFunctionEntry{"m switchCase(case:int, *args:lambda)", switchCase},
    YaqlFunctionEntry{"f coalesce(*args:lambda)", coalesce},
    YaqlFunctionEntry{"f #operator_and(left:lambda, right:lambda)", both},
    YaqlFunctionEntry{"f #operator_or(left:lambda, right:lambda)", either},
    YaqlFunctionEntry{"f #unary_operator_not(arg:any)", negated},
    YaqlFunctionEntry{"f bool(value:any)", truth},
    YaqlFunctionEntry{"f isBoolean(value:any)", isBoolean},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlBranchFunctions()
{
    return entries;
}

} // namespace stormglass
