#pragma once

#include "engine/base/clock.h"
#include "engine/base/result.h"
#include "engine/base/value.h"
#include "engine/rules/pattern.h"

#include <QStringList>

#include <string_view>

namespace stormglass {

enum class CriteriaOperator {
    Equals,
    NotEquals,
    IEquals,
    Contains,
    IContains,
    NContains,
    INContains,
    StartsWith,
    IStartsWith,
    EndsWith,
    IEndsWith,
    LessThan,
    GreaterThan,
    TimediffLess,
    TimediffGreater,
    Exists,
    NotExists,
    Inside,
    NotInside,
    MatchWildcard,
    MatchRegex,
    Regex,
    IRegex,
    Search
};

// One name a criterion may use for its operator (events.md 6.5), and what it does.
struct CriteriaOperatorEntry
{
    std::string_view name;
    CriteriaOperator meaning;
    CriteriaPattern::Preparation preparation;
    // Null for `search`, which asks other criteria (criteria.cpp).
    Result<bool> (*apply)(const Value &actual, const CriteriaPattern &pattern, const Clock &clock);
};

// Without regard to case, as rules are matched; null for an unknown name.
const CriteriaOperatorEntry *findOperator(std::string_view name);

// Every name, in the order in which StackStorm lists them.
const QStringList &operatorNames();

// Does `actual` stand in the relation `operatorName` to `pattern`? For one-off questions; a rule's
// criteria are compiled (criteria.h). Errors carry Python's class in `kind`. Not for `search`.
Result<bool> operatorHolds(std::string_view operatorName, const Value &actual, const Value &pattern,
                           const Clock &clock);

} // namespace stormglass
