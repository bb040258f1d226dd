#include "engine/expressions/yaql_scope.h"

#include "engine/expressions/yaql_function.h"

namespace stormglass {

void YaqlScope::set(std::string name, Value value)
{
    for (auto &[known, current] : m_variables) {
        if (known == name) {
            current = std::move(value);
            return;
        }
    }
    m_variables.emplace_back(std::move(name), std::move(value));
}

const Value *YaqlScope::find(std::string_view name) const
{
    for (const YaqlScope *scope = this; scope; scope = scope->m_outer.get()) {
        for (const auto &[known, value] : scope->m_variables) {
            if (known == name)
                return &value;
        }
    }
    return nullptr;
}

} // namespace stormglass
