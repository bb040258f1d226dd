#pragma once

#include "engine/base/result.h"
#include "engine/expressions/node.h"

#include <memory>
#include <string>
#include <vector>

namespace stormglass {

class YaqlEvaluation;

// A part of a YAQL expression. What overload resolution may know of an argument before it is
// evaluated is asked here.
class YaqlNode : public Node
{
public:
    using Node::Node;

    // The value of a constant; null pointer for anything else.
    virtual const Value *constant() const { return nullptr; }
    // A bare word: it names a key, a property or an argument.
    virtual bool isKeyword() const { return false; }
    virtual bool isRule() const { return false; }

    Value evaluate(Evaluation &evaluation) const final;

protected:
    virtual Value compute(YaqlEvaluation &evaluation) const = 0;
};

using YaqlNodePtr = std::unique_ptr<const YaqlNode>;
// An argument that was left out (`f(, 1)`) is a null pointer.
using YaqlNodeList = std::vector<YaqlNodePtr>;

class YaqlConstant final : public YaqlNode
{
public:
    enum class Kind { Literal, Keyword };
    YaqlConstant(Position position, Value value, Kind kind)
        : YaqlNode(position)
        , m_value(std::move(value))
        , m_kind(kind)
    {
    }
    const Value *constant() const override { return &m_value; }
    bool isKeyword() const override { return m_kind == Kind::Keyword; }
    void visit(NodeVisitor &) const override {}

protected:
    Value compute(YaqlEvaluation &) const override { return m_value; }

private:
    const Value m_value;
    const Kind m_kind;
};

// `$`, `$1`, `$name`.
class YaqlVariable final : public YaqlNode
{
public:
    YaqlVariable(Position position, std::string name)
        : YaqlNode(position)
        , m_name(std::move(name))
    {
    }
    void visit(NodeVisitor &visitor) const override { visitor.reads(m_name, position()); }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const std::string m_name;
};

// Hides from resolution what it holds, as parentheses do.
class YaqlParenthesis final : public YaqlNode
{
public:
    YaqlParenthesis(Position position, YaqlNodePtr inner)
        : YaqlNode(position)
        , m_inner(std::move(inner))
    {
    }
    void visit(NodeVisitor &visitor) const override { m_inner->visit(visitor); }
    const YaqlNode &inner() const { return *m_inner; }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const YaqlNodePtr m_inner;
};

// `key => value`.
class YaqlRuleNode final : public YaqlNode
{
public:
    YaqlRuleNode(Position position, YaqlNodePtr key, YaqlNodePtr value)
        : YaqlNode(position)
        , m_key(std::move(key))
        , m_value(std::move(value))
    {
    }
    bool isRule() const override { return true; }
    const YaqlNode &key() const { return *m_key; }
    const YaqlNode &value() const { return *m_value; }
    void visit(NodeVisitor &visitor) const override;

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const YaqlNodePtr m_key;
    const YaqlNodePtr m_value;
};

// A function by name; operators, literals and indexes are functions too (`#operator_+`, `#list`).
class YaqlFunctionCall final : public YaqlNode
{
public:
    YaqlFunctionCall(Position position, std::string name, YaqlNodeList arguments)
        : YaqlNode(position)
        , m_name(std::move(name))
        , m_arguments(std::move(arguments))
    {
    }
    const std::string &name() const { return m_name; }
    const YaqlNodeList &arguments() const { return m_arguments; }
    void visit(NodeVisitor &visitor) const override;

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const std::string m_name;
    const YaqlNodeList m_arguments;
};

// What the operator is, for computing the plain cases without looking for an overload.
enum class YaqlOperation {
    Add,
    Subtract,
    Multiply,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    Other
};

class YaqlBinary final : public YaqlNode
{
public:
    YaqlBinary(Position position, std::string_view symbol, YaqlNodePtr left, YaqlNodePtr right);
    void visit(NodeVisitor &visitor) const override;
    // Of the function that it is: `#operator_+`, `*equal`.
    const std::string &function() const { return m_function; }
    const YaqlNode &left() const { return *m_operands[0]; }
    const YaqlNode &right() const { return *m_operands[1]; }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const YaqlOperation m_operation;
    const std::string m_function;
    // Left and right.
    YaqlNodeList m_operands;
};

// `left and right`, `left or right`: the operand that decides.
class YaqlLogic final : public YaqlNode
{
public:
    enum class Kind { And, Or };
    YaqlLogic(Position position, Kind kind, YaqlNodePtr left, YaqlNodePtr right)
        : YaqlNode(position)
        , m_kind(kind)
        , m_left(std::move(left))
        , m_right(std::move(right))
    {
    }
    void visit(NodeVisitor &visitor) const override;
    const YaqlNode &left() const { return *m_left; }
    const YaqlNode &right() const { return *m_right; }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const Kind m_kind;
    const YaqlNodePtr m_left;
    const YaqlNodePtr m_right;
};

// `owner.name`, `owner.method(…)`; with `?.` a null owner is the value.
class YaqlAccess final : public YaqlNode
{
public:
    enum class Kind { Plain, UnlessNull };
    YaqlAccess(Position position, Kind kind, YaqlNodePtr owner, YaqlNodePtr what);
    void visit(NodeVisitor &visitor) const override;
    Kind kind() const { return m_kind; }
    const YaqlNode &owner() const { return *m_owner; }
    const YaqlNode &what() const { return *m_what; }
    // Null where it is no method.
    const YaqlFunctionCall *method() const { return m_method; }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const Kind m_kind;
    const YaqlNodePtr m_owner;
    const YaqlNodePtr m_what;
    // What `m_what` is, if it is one.
    const YaqlFunctionCall *m_method = nullptr;
};

// `context -> expression`.
class YaqlSend final : public YaqlNode
{
public:
    YaqlSend(Position position, YaqlNodePtr context, YaqlNodePtr expression)
        : YaqlNode(position)
        , m_context(std::move(context))
        , m_expression(std::move(expression))
    {
    }
    void visit(NodeVisitor &visitor) const override;
    const YaqlNode &expression() const { return *m_expression; }

protected:
    Value compute(YaqlEvaluation &evaluation) const override;

private:
    const YaqlNodePtr m_context;
    const YaqlNodePtr m_expression;
};

} // namespace stormglass
