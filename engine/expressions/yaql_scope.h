#pragma once

#include "engine/expressions/object.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stormglass {

class YaqlFunction;
class YaqlScope;
using YaqlScopePtr = std::shared_ptr<const YaqlScope>;

// Variables and functions of YAQL, within those of an outer scope; as a value it is a context.
// Filled by whoever makes it, then left alone.
class YaqlScope final : public Object
{
public:
    explicit YaqlScope(YaqlScopePtr outer)
        : m_outer(std::move(outer))
        , m_depth(m_outer ? m_outer->m_depth + 1 : 0)
    {
    }
    std::string_view typeName() const override { return "Context"; }

    // The name without its `$`; `1` for the bare one.
    void set(std::string name, Value value);
    void define(std::shared_ptr<const YaqlFunction> function)
    {
        m_functions.push_back(std::move(function));
    }

    // Null pointer: no such variable, here or further out.
    const Value *find(std::string_view name) const;
    const YaqlScopePtr &outer() const { return m_outer; }
    const std::vector<std::shared_ptr<const YaqlFunction>> &functions() const
    {
        return m_functions;
    }
    int depth() const { return m_depth; }

private:
    const YaqlScopePtr m_outer;
    const int m_depth;
    std::vector<std::pair<std::string, Value>> m_variables;
    std::vector<std::shared_ptr<const YaqlFunction>> m_functions;
};

} // namespace stormglass
