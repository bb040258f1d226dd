#pragma once

#include "engine/rules/condition.h"
#include "engine/rules/near_miss.h"

namespace stormglass {

// A change that may make a condition hold, and why one would think so.
struct SuggestedChange
{
    ConditionChange change;
    // What is different, as the beginning of a sentence: `the letters' case differs`; may be empty.
    QString why;
};

// Changes worth trying, smallest first; none where a secret would show. `actual` is what the
// payload has at the key, `expected` what the pattern asked for.
std::vector<SuggestedChange> suggestedChanges(const RuleCondition &condition, const Value &actual,
                                              const Value &expected, const Facts &facts);

} // namespace stormglass
