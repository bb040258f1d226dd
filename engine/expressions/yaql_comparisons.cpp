#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"

#include <array>

namespace stormglass {

namespace {

template <Comparison comparison>
Value compared(const YaqlCall &call)
{
    return compare(call.evaluation, comparison, call[0], call[1]);
}

template <bool answer>
Value always(const YaqlCall &)
{
    return answer;
}

constexpr auto less = compared<Comparison::Less>;
constexpr auto lessEqual = compared<Comparison::LessEqual>;
constexpr auto greater = compared<Comparison::Greater>;
constexpr auto greaterEqual = compared<Comparison::GreaterEqual>;

// Null is the smallest of all.
constexpr std::array entries{
    YaqlFunctionEntry{"f *equal(left:any, right:any)", compared<Comparison::Equal>},
    YaqlFunctionEntry{"f *not_equal(left:any, right:any)", compared<Comparison::NotEqual>},
    YaqlFunctionEntry{"f #operator_<(left:num, right:num)", less},
    YaqlFunctionEntry{"f #operator_<=(left:num, right:num)", lessEqual},
    YaqlFunctionEntry{"f #operator_>(left:num, right:num)", greater},
    YaqlFunctionEntry{"f #operator_>=(left:num, right:num)", greaterEqual},
    YaqlFunctionEntry{"f #operator_<(left:str, right:str)", less},
    YaqlFunctionEntry{"f #operator_<=(left:str, right:str)", lessEqual},
    YaqlFunctionEntry{"f #operator_>(left:str, right:str)", greater},
    YaqlFunctionEntry{"f #operator_>=(left:str, right:str)", greaterEqual},
    YaqlFunctionEntry{"f #operator_<(left:datetime, right:datetime)", less},
    YaqlFunctionEntry{"f #operator_<=(left:datetime, right:datetime)", lessEqual},
    YaqlFunctionEntry{"f #operator_>(left:datetime, right:datetime)", greater},
    YaqlFunctionEntry{"f #operator_>=(left:datetime, right:datetime)", greaterEqual},
    YaqlFunctionEntry{"f #operator_<(left:timespan, right:timespan)", less},
    YaqlFunctionEntry{"f #operator_<=(left:timespan, right:timespan)", lessEqual},
    YaqlFunctionEntry{"f #operator_>(left:timespan, right:timespan)", greater},
    YaqlFunctionEntry{"f #operator_>=(left:timespan, right:timespan)", greaterEqual},
    YaqlFunctionEntry{"f #operator_<(left:any!, right:null)", always<false>},
    YaqlFunctionEntry{"f #operator_<=(left:any!, right:null)", always<false>},
    YaqlFunctionEntry{"f #operator_>(left:any!, right:null)", always<true>},
    YaqlFunctionEntry{"f #operator_>=(left:any!, right:null)", always<true>},
    YaqlFunctionEntry{"f #operator_<(left:null, right:any!)", always<true>},
    YaqlFunctionEntry{"f #operator_<=(left:null, right:any!)", always<true>},
    YaqlFunctionEntry{"f #operator_>(left:null, right:any!)", always<false>},
    YaqlFunctionEntry{"f #operator_>=(left:null, right:any!)", always<false>},
    YaqlFunctionEntry{"f #operator_<(left:null, right:null)", always<false>},
    YaqlFunctionEntry{"f #operator_<=(left:null, right:null)", always<true>},
    YaqlFunctionEntry{"f #operator_>(left:null, right:null)", always<false>},
    YaqlFunctionEntry{"f #operator_>=(left:null, right:null)", always<true>},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlComparisons()
{
    return entries;
}

} // namespace stormglass
