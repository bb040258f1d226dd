#include "engine/expressions/yaql_evaluation.h"

namespace stormglass {

namespace {

// Scopes let go of each other recursively.
constexpr int deepestScope = 2'000;

} // namespace

std::shared_ptr<YaqlScope> YaqlEvaluation::newScope(const YaqlScopePtr &outer)
{
    if (outer && outer->depth() >= deepestScope) {
        fail(PythonError::Recursion, "contexts are nested too deeply");
        return nullptr;
    }
    return std::make_shared<YaqlScope>(outer);
}

Value YaqlEvaluation::variable(std::string_view name)
{
    const Value *found = m_scope->find(name.empty() ? "1" : name);
    if (!found)
        found = variables().find(name);
    if (!found)
        return {};
    see(*found);
    return *found;
}

} // namespace stormglass
