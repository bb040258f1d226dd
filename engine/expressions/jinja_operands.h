#pragma once

#include "engine/expressions/jinja_nodes.h"
#include "engine/expressions/jinja_scope.h"

#include <string>

namespace stormglass {

// The leaves of an expression and the look-ups on them.

class JinjaConstant final : public Node
{
public:
    JinjaConstant(Position position, Value value)
        : Node(position)
        , m_value(std::move(value))
    {
    }
    Value evaluate(Evaluation &) const override { return m_value; }
    const Value *peek(Evaluation &) const override { return &m_value; }
    void visit(NodeVisitor &) const override {}
    const Value &value() const { return m_value; }

private:
    const Value m_value;
};

class JinjaVariable final : public Node
{
public:
    // `global` is null where no global has the name; borrowed from the environment.
    JinjaVariable(Position position, JinjaName name, Value text, const Value *global)
        : Node(position)
        , m_name(name)
        , m_text(std::move(text))
        , m_global(global)
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    const Value *peek(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    JinjaName name() const { return m_name; }
    const Value &text() const { return m_text; }

private:
    const JinjaName m_name;
    const Value m_text;
    const Value *const m_global;
};

// owner.name
class JinjaMember final : public Node
{
public:
    JinjaMember(Position position, NodePointer owner, Value name);
    Value evaluate(Evaluation &evaluation) const override;
    const Value *peek(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const Node &owner() const { return *m_owner; }
    const Value &name() const { return m_name; }

private:
    const NodePointer m_owner;
    const Value m_name;
    // Not also a method of maps or private: a key of a map is found without asking for attributes.
    const bool m_isPlain;
};

// owner[key]
class JinjaSubscript final : public Node
{
public:
    JinjaSubscript(Position position, NodePointer owner, NodePointer key)
        : Node(position)
        , m_owner(std::move(owner))
        , m_key(std::move(key))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const Node &owner() const { return *m_owner; }
    const Node &key() const { return *m_key; }

private:
    const NodePointer m_owner;
    const NodePointer m_key;
};

// owner[start:stop:step]; each may be null.
class JinjaSlice final : public Node
{
public:
    struct Bounds
    {
        NodePointer start;
        NodePointer stop;
        NodePointer step;
    };
    JinjaSlice(Position position, NodePointer owner, Bounds bounds)
        : Node(position)
        , m_owner(std::move(owner))
        , m_bounds(std::move(bounds))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const Node &owner() const { return *m_owner; }

private:
    const NodePointer m_owner;
    const Bounds m_bounds;
};

class JinjaList final : public Node
{
public:
    JinjaList(Position position, NodeList items)
        : Node(position)
        , m_items(std::move(items))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { visitAll(m_items, visitor); }

private:
    const NodeList m_items;
};

class JinjaTuple final : public Node
{
public:
    JinjaTuple(Position position, NodeList items)
        : Node(position)
        , m_items(std::move(items))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { visitAll(m_items, visitor); }
    const NodeList &items() const { return m_items; }

private:
    const NodeList m_items;
};

class JinjaMap final : public Node
{
public:
    JinjaMap(Position position, std::vector<std::pair<NodePointer, NodePointer>> entries)
        : Node(position)
        , m_entries(std::move(entries))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const std::vector<std::pair<NodePointer, NodePointer>> m_entries;
};

} // namespace stormglass
