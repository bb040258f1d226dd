#include "engine/rules/criteria.h"

#include "engine/rules/condition.h"

namespace stormglass {

struct Criteria::Compiled
{
    std::vector<RuleCondition> conditions = {};
    std::string_view prefix = "trigger";

    static std::shared_ptr<const Compiled> from(const Value &criteria, std::string_view prefix)
    {
        auto compiled = std::make_shared<Compiled>();
        compiled->prefix = prefix;
        compiled->conditions.reserve(criteria.entriesOrNone().size());
        for (const ValueMap::Entry &entry : criteria.entriesOrNone())
            compiled->conditions.push_back(compileCondition(entry.key, entry.value, prefix));
        return compiled;
    }
};

QString MatchFailure::text() const
{
    return what.isEmpty() ? error.message : QStringLiteral("%1: %2").arg(what, error.message);
}

QString MatchFailure::reason(const QString &ruleRef, const QString &triggerInstance) const
{
    const QString stage = what.isEmpty()
        ? QStringLiteral("There might be a problem with the criteria in rule %1").arg(ruleRef)
        : what;
    return QStringLiteral("Failed to match rule \"%1\" against trigger instance \"%2\": %3: %4")
        .arg(ruleRef, triggerInstance, stage, error.message);
}

Criteria::Criteria()
    : m_compiled(std::make_shared<const Compiled>())
{
}

Criteria::Criteria(std::shared_ptr<const Compiled> compiled)
    : m_compiled(std::move(compiled))
{
}

Criteria Criteria::compile(const Value &criteria)
{
    return Criteria(Compiled::from(criteria, "trigger"));
}

Criteria Criteria::compileChildren(const Value &criteria)
{
    return Criteria(Compiled::from(criteria, "item"));
}

std::size_t Criteria::size() const
{
    return m_compiled->conditions.size();
}

const RuleCondition &Criteria::at(std::size_t position) const
{
    return m_compiled->conditions[position];
}

const QString &Criteria::key(std::size_t position) const
{
    return at(position).key;
}

const QString &Criteria::operatorName(std::size_t position) const
{
    return at(position).operatorName;
}

CriteriaOutcome Criteria::evaluate(const Facts &facts) const
{
    FactSheet sheet(facts, m_compiled->prefix);
    return evaluate(sheet);
}

CriteriaOutcome Criteria::evaluate(FactSheet &sheet) const
{
    CriteriaOutcome outcome;
    if (isEmpty())
        return outcome;
    if (isEmptyPayload(sheet.facts().payload)) {
        outcome.kind = ConditionAnswer::Kind::Fails;
        return outcome;
    }
    for (std::size_t i = 0; i < size(); ++i) {
        ConditionAnswer answer = at(i).ask(sheet);
        std::move(answer.failures.begin(), answer.failures.end(),
                  std::back_inserter(outcome.failures));
        if (answer.kind == ConditionAnswer::Kind::Holds)
            continue;
        outcome.kind = answer.kind;
        outcome.condition = i;
        outcome.actual = std::move(answer.actual);
        outcome.expected = std::move(answer.expected);
        return outcome;
    }
    return outcome;
}

std::vector<ConditionAnswer> Criteria::evaluateAll(const Facts &facts) const
{
    FactSheet sheet(facts, m_compiled->prefix);
    std::vector<ConditionAnswer> answers;
    answers.reserve(size());
    for (const RuleCondition &condition : m_compiled->conditions)
        answers.push_back(condition.ask(sheet));
    return answers;
}

bool isEmptyPayload(const Value &payload)
{
    return payload.isNull() || (payload.isMap() && payload.entries().isEmpty())
        || (payload.isSequence() && payload.items().empty());
}

} // namespace stormglass
