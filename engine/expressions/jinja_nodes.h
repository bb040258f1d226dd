#pragma once

#include "engine/expressions/node.h"

#include <memory>
#include <vector>

namespace stormglass {

class JinjaEvaluation;

using NodePointer = std::unique_ptr<const Node>;
using NodeList = std::vector<NodePointer>;

// A part of a template that prints or assigns.
class JinjaStatement
{
public:
    virtual ~JinjaStatement() = default;
    virtual void run(JinjaEvaluation &evaluation) const = 0;
    virtual void visit(NodeVisitor &visitor) const = 0;
};

using StatementPointer = std::unique_ptr<const JinjaStatement>;
using StatementList = std::vector<StatementPointer>;

// Stops at the first failure.
void runAll(const StatementList &statements, JinjaEvaluation &evaluation);
void visitAll(const StatementList &statements, NodeVisitor &visitor);
void visitAll(const NodeList &nodes, NodeVisitor &visitor);

} // namespace stormglass
