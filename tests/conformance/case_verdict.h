#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <string>

namespace stormglass {

// What replaying one recorded case came to; both texts are for people.
struct CaseVerdict
{
    bool isPassed = false;
    std::string expected;
    std::string got;
};

// Deep equality as the corpora's README has it: 1 and 1.0 differ, nan equals nan, maps without
// regard to order.
bool isSameRecorded(const Value &expected, const Value &got);

// `expect` is `{value: …}`, `{error: class}` or `{raises: {class: …}}`; values are untagged here.
// Errors compare by class.
CaseVerdict judged(const Value &expect, const Result<Value> &got);

} // namespace stormglass
