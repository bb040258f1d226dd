#include "engine/rules/screen.h"

namespace stormglass {

namespace {

bool isQuick(const RuleCondition &condition)
{
    return condition.isPlain && condition.constant && condition.entry && condition.entry->apply;
}

} // namespace

const Value &PlaceMemo::nothing()
{
    static const Value value{};
    return value;
}

const Value *PlaceMemo::lookUp(std::uint32_t place) const
{
    const Value *found = followNames(m_payload, m_places[place]);
    return found ? found : &nothing();
}

std::uint32_t Screen::placeOf(const std::vector<std::string> &names)
{
    std::string key;
    for (const std::string &name : names)
        (key += name) += '\0';
    const auto [number, isNew]
        = m_placeNumbers.try_emplace(key, static_cast<std::uint32_t>(m_places.size()));
    if (isNew)
        m_places.push_back(names);
    return number->second;
}

void Screen::add(const Criteria &criteria)
{
    Range range{static_cast<std::uint32_t>(m_conditions.size()), 0, true};
    for (std::size_t i = 0; i < criteria.size() && range.isWhole; ++i) {
        const RuleCondition &condition = criteria.at(i);
        range.isWhole = isQuick(condition);
        if (range.isWhole)
            m_conditions.push_back(
                {condition.entry->apply, *condition.constant, placeOf(condition.names)});
    }
    range.end = static_cast<std::uint32_t>(m_conditions.size());
    m_ranges.push_back(range);
}

Screen::Answer Screen::ask(std::uint32_t position, PlaceMemo &memo, const Clock &clock) const
{
    const Range &range = m_ranges[position];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const QuickCondition &condition = m_conditions[i];
        const Result<bool> holds
            = condition.apply(memo.at(condition.place), condition.pattern, clock);
        if (!holds)
            return Answer::Unknown;
        if (!*holds)
            return Answer::Fails;
    }
    return range.isWhole ? Answer::Holds : Answer::Unknown;
}

Screen::Close Screen::askClosely(std::uint32_t position, PlaceMemo &memo, const Clock &clock) const
{
    const Range &range = m_ranges[position];
    Close close;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
        const QuickCondition &condition = m_conditions[i];
        const Result<bool> holds
            = condition.apply(memo.at(condition.place), condition.pattern, clock);
        // One that cannot be answered behind one that failed is not reached by the rule itself.
        if (!holds && close.answer == Answer::Holds)
            return {Answer::Unknown, {}};
        if (holds && *holds)
            continue;
        if (close.answer == Answer::Fails)
            return {Answer::Fails, {}};
        close = {Answer::Fails, i - range.begin};
    }
    return close;
}

} // namespace stormglass
