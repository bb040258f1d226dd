#pragma once

#include "engine/expressions/object.h"

namespace stormglass {

class JinjaProgram;

// `self`: the blocks of a template, each callable by its name.
class JinjaSelf final : public Object
{
public:
    // The program outlives the evaluation that this belongs to.
    explicit JinjaSelf(const JinjaProgram &program)
        : m_program(program)
    {
    }
    std::string_view typeName() const override { return "jinja2.runtime.TemplateReference"; }
    std::string repr(Evaluation &) const override { return "<TemplateReference None>"; }
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::vector<std::string_view> attributeNames() const override;

private:
    const JinjaProgram &m_program;
};

} // namespace stormglass
