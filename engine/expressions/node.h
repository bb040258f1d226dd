#pragma once

#include "engine/base/value.h"
#include "engine/expressions/position.h"

namespace stormglass {

class Evaluation;
class NodeVisitor;

// One part of a compiled template that has a value. Immutable once built; any number of evaluations
// may walk the same tree at the same time. After each child, ask `evaluation.failed()`: a failed
// evaluation's values mean nothing.
class Node
{
public:
    explicit Node(Position position)
        : m_position(position)
    {
    }
    virtual ~Node() = default;
    Node(const Node &) = delete;
    Node &operator=(const Node &) = delete;

    virtual Value evaluate(Evaluation &evaluation) const = 0;

    // The value without a copy where it lies somewhere that outlives this step (a variable, a
    // member of one); null where it does not: then ask `evaluate`. Never fails.
    virtual const Value *peek(Evaluation &) const { return nullptr; }

    // Shows the visitor this node, then its children.
    virtual void visit(NodeVisitor &visitor) const = 0;

    Position position() const { return m_position; }

private:
    const Position m_position;
};

// What introspection asks of a tree, in the order of the source.
class NodeVisitor
{
public:
    virtual ~NodeVisitor() = default;
    // A variable is read.
    virtual void reads(std::string_view, Position) {}
    // A variable is given a value, in the innermost open scope.
    virtual void writes(std::string_view, Position) {}
    virtual void opensScope() {}
    virtual void closesScope() {}
    // One of so many bodies is run, all of them in the scope that is open.
    virtual void opensBranches(std::size_t) {}
    virtual void opensBranch(std::size_t) {}
    virtual void closesBranch() {}
    virtual void closesBranches() {}
    // `owner.name`, after the owner was shown.
    virtual void readsMember(const Node &, std::string_view, Position) {}
    // A function, filter or test is used by name.
    virtual void uses(std::string_view, Position) {}
};

} // namespace stormglass
