#pragma once

#include "engine/rules/criteria.h"

namespace stormglass {

// A condition as it would have to be written.
struct ConditionChange
{
    QString key;
    QString operatorName;
    Value pattern;

    friend bool operator==(const ConditionChange &, const ConditionChange &) = default;
};

// What kept a payload from matching, and the smallest change of the rule that would have let it.
struct NearMiss
{
    // The first condition that does not hold; none if the payload is empty.
    std::optional<std::size_t> condition;
    // Tried out: with it, the condition holds. None if no small change was found.
    std::optional<ConditionChange> change;
    // Other conditions that do not hold either, so that the change alone is not enough.
    std::vector<std::size_t> alsoFailing;
    // `Would match with iequals "critical".`
    QString sentence;

    friend bool operator==(const NearMiss &, const NearMiss &) = default;
};

// None if the payload matches.
std::optional<NearMiss> nearMiss(const Criteria &criteria, const Facts &facts);

} // namespace stormglass
