#include "engine/expressions/evaluation.h"
#include "engine/expressions/methods.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <array>

namespace stormglass {

namespace {

// Where a range holds a number; none if it does not. Only numbers can be in one.
std::optional<std::int64_t> placeOf(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto *range = objectAs<Range>(arguments[0]);
    for (std::int64_t i = 0; i < range->size() && evaluation.step(); ++i) {
        if (equal(evaluation, Value(range->at(i)), arguments[1]))
            return i;
    }
    return std::nullopt;
}

Value count(Evaluation &evaluation, const BoundArguments &arguments)
{
    return placeOf(evaluation, arguments) ? 1 : 0;
}

Value index(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto place = placeOf(evaluation, arguments);
    if (place || evaluation.failed())
        return place ? Value(*place) : Value();
    return evaluation.failValue(reprOf(evaluation, arguments[1]) + " is not in range");
}

constexpr std::array entries{
    FunctionEntry{"count", "count(self, value)", count},
    FunctionEntry{"index", "index(self, value)", index},
};

} // namespace

std::span<const FunctionEntry> rangeMethods()
{
    return entries;
}

} // namespace stormglass
