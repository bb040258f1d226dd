#pragma once

#include "engine/base/value.h"

#include <deque>
#include <memory>
#include <utility>
#include <vector>

namespace stormglass {

// A name of a template, by its number there.
using JinjaName = std::uint32_t;

// The names that a template itself has given values: by set, for, with, a macro's parameters.
// Looked up from the innermost outwards; a few names each, so a walk beats a hash.
class JinjaScope
{
public:
    const Value *find(JinjaName name) const
    {
        for (const JinjaScope *scope = this; scope; scope = scope->m_outer) {
            for (auto binding = scope->m_bindings.rbegin(); binding != scope->m_bindings.rend();
                 ++binding) {
                if (binding->first == name)
                    return &binding->second;
            }
        }
        return nullptr;
    }

    void set(JinjaName name, Value value)
    {
        for (auto &[bound, held] : m_bindings) {
            if (bound == name) {
                held = std::move(value);
                return;
            }
        }
        m_bindings.emplace_back(name, std::move(value));
    }

    void clear() { m_bindings.clear(); }
    std::vector<JinjaName> names() const
    {
        std::vector<JinjaName> names;
        for (const auto &[name, value] : m_bindings)
            names.push_back(name);
        return names;
    }
    JinjaScope *outer() const { return m_outer; }
    // Something that outlives the statement that opened it (a macro) looks names up here.
    void keep() { m_isKept = true; }

private:
    friend class JinjaScopes;
    JinjaScope *m_outer = nullptr;
    bool m_isKept = false;
    std::vector<std::pair<JinjaName, Value>> m_bindings;
};

// Where the scopes of one evaluation live. A closed one is used again unless it is kept. The first,
// which is the only one that most templates open, needs no allocation.
class JinjaScopes
{
public:
    JinjaScope &open(JinjaScope *outer)
    {
        JinjaScope &scope = next();
        scope.m_outer = outer;
        return scope;
    }

    void close(JinjaScope &scope)
    {
        if (scope.m_isKept)
            return;
        scope.clear();
        m_free.push_back(&scope);
    }

private:
    JinjaScope &next()
    {
        if (!std::exchange(m_isFirstTaken, true))
            return m_first;
        if (m_free.empty()) {
            if (!m_more)
                m_more = std::make_unique<std::deque<JinjaScope>>();
            return m_more->emplace_back();
        }
        JinjaScope *const scope = m_free.back();
        m_free.pop_back();
        return *scope;
    }

    JinjaScope m_first;
    bool m_isFirstTaken = false;
    std::unique_ptr<std::deque<JinjaScope>> m_more;
    std::vector<JinjaScope *> m_free;
};

} // namespace stormglass
