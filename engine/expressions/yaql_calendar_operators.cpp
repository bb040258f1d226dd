#include "engine/expressions/calendar.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"

#include <array>

namespace stormglass {

namespace {

template <Arithmetic operation>
Value computed(const YaqlCall &call)
{
    return arithmetic(call.evaluation, operation, call[0], call[1]);
}

Value negated(const YaqlCall &call)
{
    return arithmetic(call.evaluation, Arithmetic::Subtract, Value::duration(0), call[0]);
}

Value same(const YaqlCall &call)
{
    return call[0];
}

constexpr auto sum = computed<Arithmetic::Add>;
constexpr auto difference = computed<Arithmetic::Subtract>;
constexpr auto product = computed<Arithmetic::Multiply>;
constexpr auto quotient = computed<Arithmetic::Divide>;

constexpr std::array entries{
    YaqlFunctionEntry{"f #operator_+(dt:datetime, ts:timespan)", sum},
    YaqlFunctionEntry{"f #operator_+(ts:timespan, dt:datetime)", sum},
    YaqlFunctionEntry{"f #operator_+(ts1:timespan, ts2:timespan)", sum},
    YaqlFunctionEntry{"f #operator_-(dt:datetime, ts:timespan)", difference},
    YaqlFunctionEntry{"f #operator_-(dt1:datetime, dt2:datetime)", difference},
    YaqlFunctionEntry{"f #operator_-(ts1:timespan, ts2:timespan)", difference},
    YaqlFunctionEntry{"f #operator_*(ts:timespan, n:num)", product},
    YaqlFunctionEntry{"f #operator_*(n:num, ts:timespan)", product},
    YaqlFunctionEntry{"f #operator_/(ts1:timespan, ts2:timespan)", quotient},
    YaqlFunctionEntry{"f #operator_/(ts:timespan, n:num)", quotient},
    YaqlFunctionEntry{"f #unary_operator_-(ts:timespan)", negated},
    YaqlFunctionEntry{"f #unary_operator_+(ts:timespan)", same},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlCalendarOperators()
{
    return entries;
}

} // namespace stormglass
