#pragma once

#include "engine/base/value.h"
#include "engine/model/rule.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace stormglass {

// Something about a rule that its author should know before it is saved.
struct RuleProblem
{
    enum class Severity {
        // StackStorm refuses to save or register such a rule, and so do we.
        Error,
        // It can be saved, but it will not do what its author meant.
        Warning
    };

    Severity severity = Severity::Error;
    // `criteria["trigger.x"].pattern`.
    QString place;
    QString message;
    // What may have been meant instead, likeliest first.
    QStringList suggestions;

    friend bool operator==(const RuleProblem &, const RuleProblem &) = default;
};

// Of criteria as written: no operator, an unknown one, no pattern; keys, regular expressions and
// templates that cannot be read; the children of a `search` too.
std::vector<RuleProblem> criteriaProblems(const Value &criteria);

// Of a whole rule: its criteria, its type, the templates in its action's parameters.
std::vector<RuleProblem> ruleProblems(const Rule &rule);

// The first error as the refusal of a request; none if there are only warnings.
std::optional<Error> refusalFrom(const std::vector<RuleProblem> &problems);

} // namespace stormglass
