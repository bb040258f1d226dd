#pragma once

#include "engine/rules/criteria.h"
#include "engine/rules/near_miss.h"

namespace stormglass {

// One condition of a rule beside a payload, for people.
struct ConditionReport
{
    QString key;
    QString operatorName;
    ConditionAnswer::Kind kind = ConditionAnswer::Kind::Holds;
    Value actual;
    Value expected;
    // What went wrong where it could not be answered; else empty.
    QString message;

    friend bool operator==(const ConditionReport &, const ConditionReport &) = default;
};

// All conditions of a rule beside a payload.
struct Examination
{
    bool matches = false;
    // The payload is empty and there are conditions: no answer below can change that nothing
    // matches.
    bool isPayloadEmpty = false;
    std::vector<ConditionReport> conditions;
    // If the rule does not match.
    std::optional<NearMiss> nearMiss;
};

Examination examine(const Criteria &criteria, const Facts &facts);

} // namespace stormglass
