#pragma once

#include "engine/expressions/jinja_calls.h"
#include "engine/expressions/jinja_targets.h"

namespace stormglass {

// Text as it stands.
class JinjaText final : public JinjaStatement
{
public:
    explicit JinjaText(std::string text)
        : m_text(std::move(text))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &) const override {}

private:
    const std::string m_text;
};

// {{ value }}
class JinjaPrint final : public JinjaStatement
{
public:
    explicit JinjaPrint(NodePointer value)
        : m_value(std::move(value))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { m_value->visit(visitor); }
    const Node &value() const { return *m_value; }

private:
    const NodePointer m_value;
};

class JinjaIf final : public JinjaStatement
{
public:
    struct Branch
    {
        // Null: else.
        NodePointer condition;
        StatementList body;
    };
    explicit JinjaIf(std::vector<Branch> branches)
        : m_branches(std::move(branches))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const std::vector<Branch> m_branches;
};

// {% set target = value %}
class JinjaSet final : public JinjaStatement
{
public:
    JinjaSet(TargetPointer target, NodePointer value)
        : m_target(std::move(target))
        , m_value(std::move(value))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const TargetPointer m_target;
    const NodePointer m_value;
};

// {% set target | filters %}…{% endset %}; the filter may be null.
class JinjaSetBlock final : public JinjaStatement
{
public:
    JinjaSetBlock(TargetPointer target, std::unique_ptr<const JinjaFilter> filter,
                  StatementList body)
        : m_target(std::move(target))
        , m_filter(std::move(filter))
        , m_body(std::move(body))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const TargetPointer m_target;
    const std::unique_ptr<const JinjaFilter> m_filter;
    const StatementList m_body;
};

class JinjaFilterBlock final : public JinjaStatement
{
public:
    JinjaFilterBlock(std::unique_ptr<const JinjaFilter> filter, StatementList body)
        : m_filter(std::move(filter))
        , m_body(std::move(body))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const std::unique_ptr<const JinjaFilter> m_filter;
    const StatementList m_body;
};

class JinjaWith final : public JinjaStatement
{
public:
    JinjaWith(std::vector<std::pair<TargetPointer, NodePointer>> values, StatementList body)
        : m_values(std::move(values))
        , m_body(std::move(body))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const std::vector<std::pair<TargetPointer, NodePointer>> m_values;
    const StatementList m_body;
};

class JinjaAutoescape final : public JinjaStatement
{
public:
    JinjaAutoescape(NodePointer isOn, StatementList body)
        : m_isOn(std::move(isOn))
        , m_body(std::move(body))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const NodePointer m_isOn;
    const StatementList m_body;
};

// {% block name %}: there is no inheritance here, so it stands where it is.
class JinjaBlock final : public JinjaStatement
{
public:
    enum class Sees { Template, Everything };
    JinjaBlock(std::string name, Sees sees, StatementList body)
        : m_name(std::move(name))
        , m_sees(sees)
        , m_body(std::move(body))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const std::string &name() const { return m_name; }

private:
    const std::string m_name;
    const Sees m_sees;
    const StatementList m_body;
};

// include, import, from, extends: StackStorm has no loader for them.
class JinjaLoad final : public JinjaStatement
{
public:
    explicit JinjaLoad(NodePointer name)
        : m_name(std::move(name))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { m_name->visit(visitor); }

private:
    const NodePointer m_name;
};

} // namespace stormglass
