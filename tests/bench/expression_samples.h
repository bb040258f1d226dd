#pragma once

#include "engine/base/value.h"
#include "engine/expressions/expression.h"

#include <optional>
#include <span>

namespace stormglass::bench {

struct ExpressionSample
{
    const char *name;
    const char *source;
    // Of its rendering, in microseconds.
    std::optional<double> goal = {};
};

// What packs write most, and one of each kind of work. They use nothing that Jinja2 and YAQL do not
// know by themselves, for both answer them too.
std::span<const ExpressionSample> expressionSamples(Language language);

// What they read.
Value expressionVariables();

} // namespace stormglass::bench
