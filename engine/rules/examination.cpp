#include "engine/rules/examination.h"

#include <algorithm>

namespace stormglass {

Examination examine(const Criteria &criteria, const Facts &facts)
{
    Examination examination;
    examination.isPayloadEmpty = !criteria.isEmpty() && isEmptyPayload(facts.payload);
    const std::vector<ConditionAnswer> answers = criteria.evaluateAll(facts);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const ConditionAnswer &answer = answers[i];
        const bool isAnswered = answer.kind == ConditionAnswer::Kind::Holds
            || answer.kind == ConditionAnswer::Kind::Fails;
        examination.conditions.push_back({criteria.key(i), criteria.operatorName(i), answer.kind,
                                          answer.actual, answer.expected,
                                          isAnswered ? QString() : answer.failures.back().text()});
    }
    const bool allHold
        = std::all_of(answers.begin(), answers.end(), [](const ConditionAnswer &answer) {
              return answer.kind == ConditionAnswer::Kind::Holds;
          });
    examination.matches = allHold && !examination.isPayloadEmpty;
    if (!examination.matches)
        examination.nearMiss = nearMiss(criteria, facts);
    return examination;
}

} // namespace stormglass
