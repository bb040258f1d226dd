#pragma once

#include "engine/rules/condition.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace stormglass {

// One way to exclude a rule without asking it: it cannot match unless the payload has one of
// `wanted` at a condition's key, and nothing before that condition can fail in a way that must be
// recorded.
struct RuleSelection
{
    const RuleCondition *condition = nullptr;
    ValueList wanted;
    bool ignoresCase = false;
};

// All ways there are for these criteria.
std::vector<RuleSelection> selectionsOf(const Criteria &criteria);

// A place in payloads whose value decides about many rules at once.
class RuleSelector
{
public:
    explicit RuleSelector(const RuleSelection &selection);

    bool serves(const RuleSelection &selection) const;
    // Names a rule's position under each value that lets it match.
    void add(std::uint32_t position, const RuleSelection &selection);

    // The rules that this payload does not exclude.
    const std::vector<std::uint32_t> &selected(const Value &payload) const;

private:
    struct Hash
    {
        std::size_t operator()(const Value &value) const { return value.pythonHash(); }
    };
    struct Equal
    {
        bool operator()(const Value &a, const Value &b) const { return Value::pythonEqual(a, b); }
    };

    std::vector<std::string> m_names;
    bool m_ignoresCase = false;
    std::unordered_map<Value, std::vector<std::uint32_t>, Hash, Equal> m_byValue;
    std::vector<std::uint32_t> m_all;
};

} // namespace stormglass
