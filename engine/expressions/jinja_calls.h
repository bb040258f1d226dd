#pragma once

#include "engine/expressions/functions.h"
#include "engine/expressions/jinja_nodes.h"

#include <string>

namespace stormglass {

// The arguments of a call as written: `(a, b, name=c, *rest, **names)`.
struct JinjaArguments
{
    NodeList positional;
    std::vector<std::pair<Value, NodePointer>> named;
    // Either may be null.
    NodePointer rest;
    NodePointer names;

    void visit(NodeVisitor &visitor) const;
};

// callee(arguments)
class JinjaCall final : public Node
{
public:
    JinjaCall(Position position, NodePointer callee, JinjaArguments arguments)
        : Node(position)
        , m_callee(std::move(callee))
        , m_arguments(std::move(arguments))
    {
    }
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    // The call with one more named argument: `caller`, of a call block.
    Value evaluateWith(Evaluation &evaluation, const NamedArgument *extra) const;
    const Node &callee() const { return *m_callee; }

private:
    const NodePointer m_callee;
    const JinjaArguments m_arguments;
};

// operand | name(arguments)
class JinjaFilter final : public Node
{
public:
    // `filter` is null where no such filter exists; the operand is null in a filter block.
    JinjaFilter(Position position, NodePointer operand, std::string name, const Function *filter,
                JinjaArguments arguments);
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    // For a filter block: the innermost filter takes the text of the block.
    Value apply(Evaluation &evaluation, const Value &text) const;
    // Null in a filter block.
    const Node *operand() const { return m_operand.get(); }
    const std::string &name() const { return m_name; }
    const JinjaArguments &arguments() const { return m_arguments; }

private:
    Value run(Evaluation &evaluation, const Value &input) const;

    const NodePointer m_operand;
    const std::string m_name;
    const Function *const m_filter;
    const JinjaArguments m_arguments;
};

// operand is name(arguments)
class JinjaTest final : public Node
{
public:
    JinjaTest(Position position, NodePointer operand, std::string name, const Function *test,
              JinjaArguments arguments);
    Value evaluate(Evaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;

private:
    const NodePointer m_operand;
    const std::string m_name;
    const Function *const m_test;
    const JinjaArguments m_arguments;
};

} // namespace stormglass
