#pragma once

#include "engine/expressions/functions.h"

#include <string>

namespace stormglass {

// `st2kv.system.a.b`: a look-up that is not finished until something takes its text. Each member
// makes its key longer; a key that is not there prints as nothing.
class DatastoreLookup final : public Object
{
public:
    enum class Scope { System, User };
    DatastoreLookup(Scope scope, std::string key)
        : m_scope(scope)
        , m_key(std::move(key))
    {
    }
    std::string_view typeName() const override
    {
        return m_scope == Scope::System ? "KeyValueLookup" : "UserKeyValueLookup";
    }
    std::string repr(Evaluation &evaluation) const override;
    std::string str(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::optional<Value> item(Evaluation &evaluation, const Value &key) const override;
    std::optional<Value> number(Evaluation &evaluation) const override;

    // The stored text; empty where there is none.
    std::string stored(Evaluation &evaluation) const;
    // `st2kv.system.a.b`, for messages.
    std::string path() const;

private:
    Value deeper(std::string_view name) const;

    const Scope m_scope;
    const std::string m_key;
};

// What the name `st2kv` stands for: a map of `system` and `user`.
const Value &datastoreRoots();

} // namespace stormglass
