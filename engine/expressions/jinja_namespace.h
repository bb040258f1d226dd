#pragma once

#include "engine/expressions/near_names.h"
#include "engine/expressions/object.h"

namespace stormglass {

// namespace(): fields that `set` may change from an inner scope. Belongs to one evaluation, hence
// the change in place.
class JinjaNamespace final : public Object
{
public:
    explicit JinjaNamespace(ValueMap fields)
        : m_fields(std::move(fields))
    {
    }
    std::string_view typeName() const override { return "jinja2.utils.Namespace"; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::vector<std::string_view> attributeNames() const override { return namesIn(m_fields); }
    void set(const Value &field, const Value &value) const { m_fields.set(field, value); }
    void clear() const { m_fields = ValueMap(); }

private:
    mutable ValueMap m_fields;
};

} // namespace stormglass
