#pragma once

#include "tests/conformance/case_verdict.h"

#include <functional>

namespace stormglass {

// One of several things a case expects: `flag` tells whether it succeeds, `result` names the member
// with what it gives, `error` has the class of its failure. A failure that the reference did not
// mean (`internal`) must be one here too, whatever it says; the message of a validation is for
// users and must be the recorded one, hints after it aside.
struct PartWords
{
    const char *flag;
    const char *result;
};
CaseVerdict judgedPart(const Value &expect, const PartWords &words, const Result<Value> &got);

// The first that failed, or the last.
CaseVerdict firstFailure(const std::vector<std::function<CaseVerdict()>> &parts);

} // namespace stormglass
