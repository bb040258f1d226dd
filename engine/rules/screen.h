#pragma once

#include "engine/rules/condition.h"

namespace stormglass {

// What a payload has at the places that a trigger's rules look at; each is looked up when first
// asked for.
class PlaceMemo
{
public:
    PlaceMemo(const Value &payload, const std::vector<std::vector<std::string>> &places)
        : m_payload(payload)
        , m_places(places)
        , m_found(places.size())
    {
    }

    // With what was found already, one value a place.
    PlaceMemo(const std::vector<Value> &found, const std::vector<std::vector<std::string>> &places)
        : m_payload(found.empty() ? nothing() : found.front())
        , m_places(places)
    {
        m_found.reserve(found.size());
        for (const Value &value : found)
            m_found.push_back(&value);
    }

    // Null where the payload has nothing.
    const Value &at(std::uint32_t place)
    {
        const Value *&found = m_found[place];
        if (!found)
            found = lookUp(place);
        return *found;
    }

private:
    const Value *lookUp(std::uint32_t place) const;
    static const Value &nothing();

    const Value &m_payload;
    const std::vector<std::vector<std::string>> &m_places;
    std::vector<const Value *> m_found;
};

// The conditions of a trigger's rules that need nothing but the payload, side by side in memory:
// most rules fail one of them, and are done with before anything larger is touched.
class Screen
{
public:
    enum class Answer {
        // A condition does not hold. Asking the criteria again at the same moment says which.
        Fails,
        // All conditions hold.
        Holds,
        // Only the criteria themselves can tell: a condition failed to be answered, or needs more
        // than the payload.
        Unknown
    };

    // Rules are added in the order of their positions.
    void add(const Criteria &criteria);

    const std::vector<std::vector<std::string>> &places() const { return m_places; }
    // The rule has no conditions but quick ones.
    bool isWhole(std::uint32_t position) const { return m_ranges[position].isWhole; }
    Answer ask(std::uint32_t position, PlaceMemo &memo, const Clock &clock) const;

    // The same of a whole rule, told further.
    struct Close
    {
        Answer answer = Answer::Holds;
        // The only condition that does not hold; none if there are more, or none.
        std::optional<std::size_t> onlyFailing = {};
    };
    Close askClosely(std::uint32_t position, PlaceMemo &memo, const Clock &clock) const;

private:
    struct QuickCondition
    {
        Result<bool> (*apply)(const Value &actual, const CriteriaPattern &pattern,
                              const Clock &clock);
        CriteriaPattern pattern;
        std::uint32_t place = 0;
    };
    struct Range
    {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        bool isWhole = false;
    };
    std::uint32_t placeOf(const std::vector<std::string> &names);

    std::vector<std::vector<std::string>> m_places;
    std::unordered_map<std::string, std::uint32_t> m_placeNumbers;
    std::vector<QuickCondition> m_conditions;
    std::vector<Range> m_ranges;
};

} // namespace stormglass
