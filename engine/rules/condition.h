#pragma once

#include "engine/expressions/json_path.h"
#include "engine/rules/criteria.h"
#include "engine/rules/operators.h"
#include "engine/rules/pattern_template.h"

namespace stormglass {

// What is computed once for all conditions of one evaluation, and only if one asks: the names
// templates see, and the map general paths start from.
class FactSheet
{
public:
    FactSheet(const Facts &facts, std::string_view prefix)
        : m_facts(facts)
        , m_prefix(prefix)
    {
    }

    const Facts &facts() const { return m_facts; }
    const EvaluationContext &context();
    const Value &root();

private:
    const Facts &m_facts;
    std::string_view m_prefix;
    std::optional<EvaluationContext> m_context;
    Value m_root;
};

// One condition of a rule, compiled.
struct RuleCondition
{
    QString key = {};
    QString operatorName = {};
    // None where the condition is no map or has no `type`.
    bool hasOperator = false;
    // Null for a name that is unknown.
    const CriteriaOperatorEntry *entry = nullptr;
    // The key without what follows `#`.
    Result<JsonPath> path;
    // The names below `trigger`, if the path is nothing but names; looked up without a search.
    std::vector<std::string> names = {};
    bool isPlain = false;
    // The pattern as written.
    Value source = {};
    // Made ready, if it is the same for every payload.
    std::optional<CriteriaPattern> constant = {};
    std::optional<PatternTemplate> rendered = {};
    // Of `search`.
    Value searchMode = {};
    std::optional<Criteria> children = {};

    ConditionAnswer ask(FactSheet &sheet) const;
    // What the payload has at the key.
    Result<Value> actual(FactSheet &sheet) const;
};

RuleCondition compileCondition(const Value &key, const Value &content, std::string_view prefix);

// `search`: how many items of a list must satisfy how many of the children.
ConditionAnswer searchItems(const RuleCondition &condition, const Value &actual,
                            const Value &pattern, const Facts &facts);

} // namespace stormglass
