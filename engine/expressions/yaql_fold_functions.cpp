#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_overloads.h"

#include <array>
#include <functional>

namespace stormglass {

namespace {

using Step = std::function<Value(YaqlEvaluation &, const Value &, const Value &)>;

Step stepOf(const YaqlLambda &selector)
{
    return [selector](YaqlEvaluation &evaluation, const Value &total, const Value &item) {
        const std::array<Value, 2> arguments{total, item};
        return selector(evaluation, arguments);
    };
}

// `function` is the name of a function of the language.
Step stepOf(std::string_view function)
{
    return [function](YaqlEvaluation &evaluation, const Value &total, const Value &item) {
        return callYaqlFunction(evaluation, function, {total, item});
    };
}

Value folded(const YaqlCall &call, const Step &step, std::size_t seed)
{
    const auto walk = iterate(call.evaluation, call[0]);
    Value total = call[seed];
    if (!call.isGiven(seed) && !walk->next(call.evaluation, total))
        return call.evaluation.failType("reduce() of empty iterable with no initial value");
    Value item;
    while (!call.evaluation.failed() && walk->next(call.evaluation, item))
        total = step(call.evaluation, total, item);
    return total;
}

Value aggregate(const YaqlCall &call)
{
    return folded(call, stepOf(call.lambda(1)), 2);
}

Value sum(const YaqlCall &call)
{
    return folded(call, stepOf("#operator_+"), 1);
}

Value largest(const YaqlCall &call)
{
    return folded(call, stepOf("max"), 1);
}

Value smallest(const YaqlCall &call)
{
    return folded(call, stepOf("min"), 1);
}

Value accumulate(const YaqlCall &call)
{
    std::shared_ptr<Iterator> source = iterate(call.evaluation, call[0]);
    enum class State { First, Later };
    return YaqlLazy::make(
        call.evaluation, {call[0]},
        [source, step = stepOf(call.lambda(1)), total = call[2], hasSeed = call.isGiven(2),
         state = State::First](YaqlEvaluation &inner, Value &item) mutable {
            Value next;
            if (state == State::First) {
                state = State::Later;
                if (!hasSeed && !source->next(inner, total)) {
                    inner.failType("accumulate() of empty sequence with no initial value");
                    return false;
                }
            } else if (source->next(inner, next)) {
                total = step(inner, total, next);
            } else {
                return false;
            }
            item = total;
            return !inner.failed();
        });
}

Value count(const YaqlCall &call)
{
    std::int64_t number = 0;
    forEach(call.evaluation, call[0], [&](const Value &) {
        ++number;
        return true;
    });
    return Value(number);
}

Value first(const YaqlCall &call)
{
    const auto walk = iterate(call.evaluation, call[0]);
    Value item;
    if (walk->next(call.evaluation, item) || call.evaluation.failed())
        return item;
    return call.isGiven(1) ? call[1] : call.evaluation.fail(PythonError::StopIteration, "");
}

Value single(const YaqlCall &call)
{
    const auto walk = iterate(call.evaluation, call[0]);
    Value only;
    Value second;
    if (!walk->next(call.evaluation, only))
        return call.evaluation.fail(PythonError::StopIteration, "");
    if (walk->next(call.evaluation, second))
        return call.evaluation.fail(PythonError::StopIteration,
                                    "Collection contains more than one item");
    return only;
}

Value last(const YaqlCall &call)
{
    if (call[0].isSequence() && !call[0].items().empty()) {
        call.evaluation.see(call[0].items().back());
        return call[0].items().back();
    }
    bool isAny = false;
    Value item;
    forEach(call.evaluation, call[0], [&](const Value &next) {
        isAny = true;
        item = next;
        return true;
    });
    if (isAny || call.evaluation.failed())
        return item;
    return call.isGiven(1) ? call[1] : call.evaluation.fail(PythonError::StopIteration, "");
}

constexpr std::array entries{
    YaqlFunctionEntry{"m aggregate(collection:iter, selector:lambda, seed:any=none)", aggregate},
    YaqlFunctionEntry{"m reduce(collection:iter, selector:lambda, seed:any=none)", aggregate},
    YaqlFunctionEntry{"m accumulate(collection:iter, selector:lambda, seed:any=none)", accumulate},
    YaqlFunctionEntry{"m sum(collection:iter, initial:any=none)", sum},
    YaqlFunctionEntry{"m max(collection:iter, initial:any=none)", largest},
    YaqlFunctionEntry{"m min(collection:iter, initial:any=none)", smallest},
    YaqlFunctionEntry{"fm len(collection:iterator)", count},
    YaqlFunctionEntry{"m count(collection:iter)", count},
    YaqlFunctionEntry{"m first(collection:iter, default:any=none)", first},
    YaqlFunctionEntry{"m single(collection:iter)", single},
    YaqlFunctionEntry{"m last(collection:iter, default:any=none)", last},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlFoldFunctions()
{
    return entries;
}

} // namespace stormglass
