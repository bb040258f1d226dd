#pragma once

#include "engine/rules/near_miss.h"

#include <QStringList>

namespace stormglass {

// Why a rule does not match a payload, fit to be shown: nothing in it comes from a secret.
struct Explanation
{
    // Of the first condition that does not hold; empty if none was asked.
    QString criterion = {};
    QString operatorName = {};
    Value actual = {};
    Value expected = {};
    // Why it could not be answered; empty if it was.
    QString message = {};
    // The smallest change of the rule that would have let it match, and in a sentence.
    std::optional<ConditionChange> change = {};
    QString sentence = {};
    // Other conditions that do not hold either.
    QStringList alsoFailing = {};

    friend bool operator==(const Explanation &, const Explanation &) = default;
};

// None if the payload matches. `shown` is the payload as it may be shown, its secrets masked.
std::optional<Explanation> explain(const Criteria &criteria, const Facts &facts,
                                   const Value &shown);

} // namespace stormglass
