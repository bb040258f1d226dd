#pragma once

#include "engine/expressions/jinja_nodes.h"
#include "engine/expressions/jinja_scope.h"

namespace stormglass {

// What `set` and `for` assign to: a name, several at once, or a field of a namespace.
class JinjaTarget
{
public:
    virtual ~JinjaTarget() = default;
    virtual void assign(JinjaEvaluation &evaluation, const Value &value) const = 0;
    // False, and failed, where nothing can be assigned whatever the value is.
    virtual bool isAssignable(JinjaEvaluation &) const { return true; }
    virtual void visit(NodeVisitor &visitor) const = 0;
};

using TargetPointer = std::unique_ptr<const JinjaTarget>;

class JinjaNameTarget final : public JinjaTarget
{
public:
    JinjaNameTarget(Position position, JinjaName name, Value text)
        : m_position(position)
        , m_name(name)
        , m_text(std::move(text))
    {
    }
    void assign(JinjaEvaluation &evaluation, const Value &value) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const Position m_position;
    const JinjaName m_name;
    const Value m_text;
};

class JinjaTupleTarget final : public JinjaTarget
{
public:
    JinjaTupleTarget(Position position, std::vector<TargetPointer> targets)
        : m_position(position)
        , m_targets(std::move(targets))
    {
    }
    void assign(JinjaEvaluation &evaluation, const Value &value) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const Position m_position;
    const std::vector<TargetPointer> m_targets;
};

// namespace.field
class JinjaFieldTarget final : public JinjaTarget
{
public:
    JinjaFieldTarget(NodePointer owner, Value field)
        : m_owner(std::move(owner))
        , m_field(std::move(field))
    {
    }
    bool isAssignable(JinjaEvaluation &evaluation) const override;
    void assign(JinjaEvaluation &evaluation, const Value &value) const override;
    void visit(NodeVisitor &visitor) const override { m_owner->visit(visitor); }

private:
    const NodePointer m_owner;
    const Value m_field;
};

} // namespace stormglass
