#include "engine/rules/near_miss.h"

#include "engine/base/json.h"
#include "engine/rules/condition_changes.h"

#include <algorithm>

namespace stormglass {

namespace {

QString shown(const Value &value)
{
    constexpr qsizetype longest = 80;
    const QString text
        = QString::fromStdString(writeJson(value, {.pythonSpacing = true, .maskSecrets = true}));
    return text.size() <= longest ? text : text.left(longest) + QChar(0x2026);
}

bool holdsWith(const ConditionChange &change, const Facts &facts)
{
    // The pattern is meant as it is, not as a template.
    const Value content = Value::map({{"type", change.operatorName}});
    RuleCondition condition = compileCondition(Value(change.key), content, "trigger");
    const auto preparation
        = condition.entry ? condition.entry->preparation : CriteriaPattern::Preparation::AsIs;
    condition.constant.emplace(change.pattern, preparation);
    FactSheet sheet(facts, "trigger");
    return condition.ask(sheet).kind == ConditionAnswer::Kind::Holds;
}

QString sentenceFrom(const SuggestedChange &suggestion, const RuleCondition &condition)
{
    const ConditionChange &change = suggestion.change;
    QString sentence = change.key == condition.key
        ? QStringLiteral("Would match with %1 %2").arg(change.operatorName, shown(change.pattern))
        : QStringLiteral("Would match at %1").arg(change.key);
    if (!suggestion.why.isEmpty())
        sentence += QStringLiteral(": %1").arg(suggestion.why);
    return sentence + QLatin1Char('.');
}

QString sentenceWithoutChange(const RuleCondition &condition, const ConditionAnswer &answer)
{
    if (answer.kind == ConditionAnswer::Kind::Failed
        || answer.kind == ConditionAnswer::Kind::Broken)
        return QStringLiteral("Could not be answered: %1").arg(answer.failures.back().text());
    if (!condition.hasOperator)
        return QStringLiteral("The condition has no operator (`type`), so it never holds.");
    if (answer.actual.isNull())
        return QStringLiteral("The payload has nothing at %1.").arg(condition.key);
    return QStringLiteral("The payload has %1.").arg(shown(answer.actual));
}

// Of the items of a `search`, the one that fails the fewest children, and why.
QString sentenceForSearch(const RuleCondition &condition, const ConditionAnswer &answer,
                          const Facts &facts)
{
    const Value alone = Value::list({answer.actual});
    const ValueList &items = answer.actual.isSequence() ? answer.actual.items() : alone.items();
    if (!condition.children || items.empty() || answer.kind != ConditionAnswer::Kind::Fails)
        return sentenceWithoutChange(condition, answer);
    std::size_t best = 0;
    std::vector<std::size_t> fewest;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::vector<ConditionAnswer> answers
            = condition.children->evaluateAll({items[i], facts.resolver, facts.clock});
        std::vector<std::size_t> failing;
        for (std::size_t k = 0; k < answers.size(); ++k) {
            if (answers[k].kind != ConditionAnswer::Kind::Holds)
                failing.push_back(k);
        }
        if (!failing.empty() && (fewest.empty() || failing.size() < fewest.size())) {
            fewest = failing;
            best = i;
        }
    }
    QStringList keys;
    for (const std::size_t child : fewest)
        keys.append(condition.children->key(child));
    return QStringLiteral("Of %1 items, number %2 comes nearest; it fails %3.")
        .arg(items.size())
        .arg(best + 1)
        .arg(keys.join(QLatin1String(", ")));
}

} // namespace

std::optional<NearMiss> nearMiss(const Criteria &criteria, const Facts &facts)
{
    if (criteria.isEmpty())
        return std::nullopt;
    NearMiss miss;
    if (isEmptyPayload(facts.payload)) {
        miss.sentence
            = QStringLiteral("The payload is empty: a rule with criteria never matches it.");
        return miss;
    }
    const std::vector<ConditionAnswer> answers = criteria.evaluateAll(facts);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].kind == ConditionAnswer::Kind::Holds)
            continue;
        if (!miss.condition)
            miss.condition = i;
        else
            miss.alsoFailing.push_back(i);
    }
    if (!miss.condition)
        return std::nullopt;
    const RuleCondition &condition = criteria.at(*miss.condition);
    const ConditionAnswer &answer = answers[*miss.condition];
    const auto suggestions = suggestedChanges(condition, answer.actual, answer.expected, facts);
    const auto works = std::find_if(
        suggestions.begin(), suggestions.end(),
        [&](const SuggestedChange &suggestion) { return holdsWith(suggestion.change, facts); });
    if (works == suggestions.end()) {
        miss.sentence = condition.children ? sentenceForSearch(condition, answer, facts)
                                           : sentenceWithoutChange(condition, answer);
        return miss;
    }
    miss.change = works->change;
    miss.sentence = sentenceFrom(*works, condition);
    return miss;
}

} // namespace stormglass
