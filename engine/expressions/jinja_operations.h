#pragma once

#include "engine/expressions/jinja_nodes.h"
#include "engine/expressions/python_operators.h"

namespace stormglass {

// The operators of an expression.

class JinjaArithmetic final : public Node
{
public:
    JinjaArithmetic(Position position, Arithmetic operation, NodePointer left, NodePointer right)
        : Node(position)
        , m_operation(operation)
        , m_left(std::move(left))
        , m_right(std::move(right))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    Arithmetic operation() const { return m_operation; }
    const Node &left() const { return *m_left; }
    const Node &right() const { return *m_right; }

private:
    const Arithmetic m_operation;
    const NodePointer m_left;
    const NodePointer m_right;
};

class JinjaSign final : public Node
{
public:
    enum class Sign { Plus, Minus };
    JinjaSign(Position position, Sign sign, NodePointer operand)
        : Node(position)
        , m_sign(sign)
        , m_operand(std::move(operand))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { m_operand->visit(visitor); }
    Sign sign() const { return m_sign; }
    const Node &operand() const { return *m_operand; }

private:
    const Sign m_sign;
    const NodePointer m_operand;
};

class JinjaNot final : public Node
{
public:
    JinjaNot(Position position, NodePointer operand)
        : Node(position)
        , m_operand(std::move(operand))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { m_operand->visit(visitor); }

private:
    const NodePointer m_operand;
};

// `and`, `or`: the operand that decides.
class JinjaLogic final : public Node
{
public:
    enum class Word { And, Or };
    JinjaLogic(Position position, Word word, NodePointer left, NodePointer right)
        : Node(position)
        , m_word(word)
        , m_left(std::move(left))
        , m_right(std::move(right))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const Node &left() const { return *m_left; }
    const Node &right() const { return *m_right; }

private:
    const Word m_word;
    const NodePointer m_left;
    const NodePointer m_right;
};

// a ~ b ~ c
class JinjaConcatenation final : public Node
{
public:
    JinjaConcatenation(Position position, NodeList parts)
        : Node(position)
        , m_parts(std::move(parts))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override { visitAll(m_parts, visitor); }

private:
    const NodeList m_parts;
};

// a < b == c in d …: each operand evaluated once, the first that does not hold decides.
class JinjaComparison final : public Node
{
public:
    enum class Operator { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual, In, NotIn };
    struct Link
    {
        Operator comparison;
        // Of the operator.
        Position position;
        NodePointer operand;
    };
    JinjaComparison(Position position, NodePointer first, std::vector<Link> links)
        : Node(position)
        , m_first(std::move(first))
        , m_links(std::move(links))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const NodePointer m_first;
    const std::vector<Link> m_links;
};

// yes if condition else no; `no` may be null.
class JinjaCondition final : public Node
{
public:
    JinjaCondition(Position position, NodePointer condition, NodePointer yes, NodePointer no)
        : Node(position)
        , m_condition(std::move(condition))
        , m_yes(std::move(yes))
        , m_no(std::move(no))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    const Node &yes() const { return *m_yes; }
    // May be null.
    const Node *no() const { return m_no.get(); }

private:
    const NodePointer m_condition;
    const NodePointer m_yes;
    const NodePointer m_no;
};

} // namespace stormglass
