#pragma once

#include "engine/expressions/jinja_calls.h"
#include "engine/expressions/jinja_scope.h"

namespace stormglass {

// What a macro or a call block is made of.
struct JinjaMacroParts
{
    // Empty for a call block.
    std::string name;
    struct Parameter
    {
        JinjaName name;
        Value text;
        // Null: it must be given.
        NodePointer preset;
    };
    std::vector<Parameter> parameters;
    StatementList body;
    // The numbers of the names a body may use without declaring them, and whether it does.
    struct Implied
    {
        JinjaName name = 0;
        bool isUsed = false;
    };
    Implied caller;
    Implied varargs;
    Implied kwargs;
};

// A macro as a value. It looks up names where it was defined and belongs to that evaluation.
class JinjaMacro final : public Object
{
public:
    JinjaMacro(const JinjaMacroParts &parts, JinjaScope &outer)
        : m_parts(parts)
        , m_outer(outer)
    {
    }
    std::string_view typeName() const override { return "Macro"; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override;

private:
    bool bind(JinjaEvaluation &evaluation, const Arguments &arguments, JinjaScope &scope) const;
    bool bindCaller(JinjaEvaluation &evaluation, const Arguments &arguments,
                    JinjaScope &scope) const;
    bool bindRest(JinjaEvaluation &evaluation, const Arguments &arguments, JinjaScope &scope) const;
    bool applyPresets(JinjaEvaluation &evaluation, const std::vector<bool> &isGiven) const;
    bool declares(std::string_view name) const;

    const JinjaMacroParts &m_parts;
    JinjaScope &m_outer;
};

// {% macro name(parameters) %}…{% endmacro %}
class JinjaMacroStatement final : public JinjaStatement
{
public:
    JinjaMacroStatement(JinjaName name, JinjaMacroParts parts)
        : m_name(name)
        , m_parts(std::move(parts))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const JinjaName m_name;
    const JinjaMacroParts m_parts;
};

// {% call(parameters) callee(arguments) %}…{% endcall %}
class JinjaCallBlock final : public JinjaStatement
{
public:
    JinjaCallBlock(std::unique_ptr<const JinjaCall> call, JinjaMacroParts parts)
        : m_call(std::move(call))
        , m_parts(std::move(parts))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const std::unique_ptr<const JinjaCall> m_call;
    const JinjaMacroParts m_parts;
};

} // namespace stormglass
