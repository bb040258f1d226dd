#include "engine/rules/selector.h"

#include "engine/expressions/text_case.h"

namespace stormglass {

namespace {

// Neither its look-up nor its operator can fail, whatever the payload: to skip it leaves nothing
// unrecorded.
bool isSilent(const RuleCondition &condition)
{
    if (!condition.isPlain || !condition.constant || !condition.entry)
        return false;
    switch (condition.entry->meaning) {
    case CriteriaOperator::Equals:
    case CriteriaOperator::NotEquals:
    case CriteriaOperator::Exists:
    case CriteriaOperator::NotExists:
        return true;
    case CriteriaOperator::Inside:
        return condition.constant->value().isList();
    default:
        return false;
    }
}

std::optional<RuleSelection> selectionBy(const RuleCondition &condition)
{
    const bool isReady = condition.isPlain && condition.constant && condition.entry;
    if (!isReady)
        return std::nullopt;
    const Value &wanted = condition.constant->value();
    switch (condition.entry->meaning) {
    case CriteriaOperator::Equals:
        return RuleSelection{&condition, {wanted}, false};
    case CriteriaOperator::Inside:
        return wanted.isList() ? std::optional(RuleSelection{&condition, wanted.items(), false})
                               : std::nullopt;
    case CriteriaOperator::IEquals:
        return wanted.isText() ? std::optional(
                   RuleSelection{&condition, {Value(*condition.constant->lowered())}, true})
                               : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<RuleSelection> selectionsOf(const Criteria &criteria)
{
    std::vector<RuleSelection> selections;
    for (std::size_t i = 0; i < criteria.size(); ++i) {
        const RuleCondition &condition = criteria.at(i);
        if (const auto selection = selectionBy(condition))
            selections.push_back(*selection);
        if (!isSilent(condition))
            break;
    }
    return selections;
}

RuleSelector::RuleSelector(const RuleSelection &selection)
    : m_names(selection.condition->names)
    , m_ignoresCase(selection.ignoresCase)
{
}

bool RuleSelector::serves(const RuleSelection &selection) const
{
    return m_ignoresCase == selection.ignoresCase && m_names == selection.condition->names;
}

void RuleSelector::add(std::uint32_t position, const RuleSelection &selection)
{
    m_all.push_back(position);
    for (const Value &wanted : selection.wanted) {
        std::vector<std::uint32_t> &positions = m_byValue[wanted];
        if (positions.empty() || positions.back() != position)
            positions.push_back(position);
    }
}

const std::vector<std::uint32_t> &RuleSelector::selected(const Value &payload) const
{
    static const std::vector<std::uint32_t> none;
    static const Value nothing{};
    const Value *found = followNames(payload, m_names);
    const Value &actual = found ? *found : nothing;
    // What has no lower case is an error that each rule must record. Bytes compare as the text they
    // hold.
    if (actual.isBytes() || (m_ignoresCase && !actual.isText()))
        return m_all;
    const auto selected = m_byValue.find(m_ignoresCase ? Value(lowerCase(actual.text())) : actual);
    return selected == m_byValue.end() ? none : selected->second;
}

} // namespace stormglass
