#pragma once

#include "engine/base/clock.h"
#include "engine/base/id.h"
#include "engine/base/value.h"
#include "engine/model/ref.h"

#include <optional>

namespace stormglass {

// What one rule said of one trigger instance.
enum class VerdictKind {
    Matched,
    // A condition did not hold.
    NotMatched,
    // A condition could not be evaluated (unknown operator, bad pattern, template error).
    Error,
    Disabled,
    // Matched, but the rule only observes.
    Observed,
    // Matched, but a policy held the execution back.
    Held,
    // Matched, but its action is not registered.
    ActionMissing,
    // Matched, but the action's parameters could not be rendered.
    ParametersFailed,
    // A backstop rule, and another rule matched.
    NotNeeded
};

QString toText(VerdictKind kind);
std::optional<VerdictKind> verdictKindFromText(const QString &text);

struct Verdict
{
    Id triggerInstance = {};
    Id rule = {};
    Ref ruleRef = {};
    VerdictKind kind = VerdictKind::NotMatched;
    // The first condition that failed: its key in the criteria (`trigger.host`) and operator; else
    // empty.
    QString criterion = {};
    QString operatorName = {};
    // What the payload had, and what the (rendered) pattern asked for. Null where there is no
    // criterion.
    Value actual = {};
    Value expected = {};
    // For errors: what went wrong, in a sentence.
    QString message = {};
    // What followed, if it matched and acted.
    Id enforcement = {};
    Timestamp time = {};

    friend bool operator==(const Verdict &, const Verdict &) = default;
};

Value toJson(const Verdict &verdict);

} // namespace stormglass
