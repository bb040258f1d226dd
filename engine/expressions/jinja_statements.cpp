#include "engine/expressions/jinja_statements.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/python_operators.h"

namespace stormglass {

void runAll(const StatementList &statements, JinjaEvaluation &evaluation)
{
    for (const StatementPointer &statement : statements) {
        if (evaluation.failed() || !evaluation.step())
            return;
        statement->run(evaluation);
    }
}

void visitAll(const StatementList &statements, NodeVisitor &visitor)
{
    for (const StatementPointer &statement : statements)
        statement->visit(visitor);
}

void JinjaText::run(JinjaEvaluation &evaluation) const
{
    evaluation.write(m_text);
}

void JinjaPrint::run(JinjaEvaluation &evaluation) const
{
    if (const Value *value = m_value->peek(evaluation)) {
        evaluation.at(m_value->position());
        return evaluation.print(*value);
    }
    const Value value = m_value->evaluate(evaluation);
    evaluation.at(m_value->position());
    if (!evaluation.failed())
        evaluation.print(value);
}

void JinjaIf::run(JinjaEvaluation &evaluation) const
{
    for (const Branch &branch : m_branches) {
        if (branch.condition) {
            const Value condition = branch.condition->evaluate(evaluation);
            evaluation.at(branch.condition->position());
            const bool isMet = !evaluation.failed() && isTrue(evaluation, condition);
            if (evaluation.failed())
                return;
            if (!isMet)
                continue;
        }
        return runAll(branch.body, evaluation);
    }
}

// Three branches, as Jinja sees them: the first body, all of `elif`, and `else`, empty or not.
void JinjaIf::visit(NodeVisitor &visitor) const
{
    const bool hasElse = !m_branches.back().condition;
    const std::size_t conditions = m_branches.size() - (hasElse ? 1 : 0);
    m_branches.front().condition->visit(visitor);
    visitor.opensBranches(3);
    visitor.opensBranch(0);
    visitAll(m_branches.front().body, visitor);
    visitor.closesBranch();
    visitor.opensBranch(1);
    for (std::size_t i = 1; i < conditions; ++i) {
        m_branches[i].condition->visit(visitor);
        visitAll(m_branches[i].body, visitor);
    }
    visitor.closesBranch();
    visitor.opensBranch(2);
    if (hasElse)
        visitAll(m_branches.back().body, visitor);
    visitor.closesBranch();
    visitor.closesBranches();
}

void JinjaSet::run(JinjaEvaluation &evaluation) const
{
    if (!m_target->isAssignable(evaluation))
        return;
    const Value value = m_value->evaluate(evaluation);
    if (!evaluation.failed())
        m_target->assign(evaluation, value);
}

void JinjaSet::visit(NodeVisitor &visitor) const
{
    m_value->visit(visitor);
    m_target->visit(visitor);
}

void JinjaSetBlock::run(JinjaEvaluation &evaluation) const
{
    Value text;
    {
        const OpenScope scope(evaluation);
        JinjaCapture output(evaluation);
        runAll(m_body, evaluation);
        text = evaluation.captured(output.take());
    }
    if (m_filter && !evaluation.failed())
        text = m_filter->apply(evaluation, text);
    if (!evaluation.failed())
        m_target->assign(evaluation, text);
}

void JinjaSetBlock::visit(NodeVisitor &visitor) const
{
    visitor.opensScope();
    visitAll(m_body, visitor);
    visitor.closesScope();
    if (m_filter)
        m_filter->visit(visitor);
    m_target->visit(visitor);
}

void JinjaFilterBlock::run(JinjaEvaluation &evaluation) const
{
    const OpenScope scope(evaluation);
    Value text;
    {
        JinjaCapture output(evaluation);
        runAll(m_body, evaluation);
        text = evaluation.captured(output.take());
    }
    if (evaluation.failed())
        return;
    const Value filtered = m_filter->apply(evaluation, text);
    if (!evaluation.failed())
        evaluation.join(filtered);
}

void JinjaFilterBlock::visit(NodeVisitor &visitor) const
{
    visitor.opensScope();
    visitAll(m_body, visitor);
    m_filter->visit(visitor);
    visitor.closesScope();
}

void JinjaWith::run(JinjaEvaluation &evaluation) const
{
    ValueList values;
    for (const auto &[target, node] : m_values) {
        values.push_back(node->evaluate(evaluation));
        if (evaluation.failed())
            return;
    }
    const OpenScope scope(evaluation);
    for (std::size_t i = 0; i < values.size() && !evaluation.failed(); ++i)
        m_values[i].first->assign(evaluation, values[i]);
    runAll(m_body, evaluation);
}

void JinjaWith::visit(NodeVisitor &visitor) const
{
    for (const auto &[target, node] : m_values)
        node->visit(visitor);
    visitor.opensScope();
    for (const auto &[target, node] : m_values)
        target->visit(visitor);
    visitAll(m_body, visitor);
    visitor.closesScope();
}

void JinjaAutoescape::run(JinjaEvaluation &evaluation) const
{
    const Value isOn = m_isOn->evaluate(evaluation);
    if (evaluation.failed())
        return;
    const OpenScope scope(evaluation);
    const Escaping escaping(evaluation, isTrue(evaluation, isOn));
    runAll(m_body, evaluation);
}

void JinjaAutoescape::visit(NodeVisitor &visitor) const
{
    m_isOn->visit(visitor);
    visitor.opensScope();
    visitAll(m_body, visitor);
    visitor.closesScope();
}

void JinjaBlock::run(JinjaEvaluation &evaluation) const
{
    const DepthGuard guard(evaluation);
    if (!guard)
        return;
    const OpenScope scope(
        evaluation, m_sees == Sees::Everything ? &evaluation.scope() : &evaluation.rootScope());
    const Escaping escaping(evaluation, m_sees == Sees::Everything && evaluation.escapes());
    runAll(m_body, evaluation);
}

void JinjaBlock::visit(NodeVisitor &visitor) const
{
    visitor.opensScope();
    visitAll(m_body, visitor);
    visitor.closesScope();
}

void JinjaLoad::run(JinjaEvaluation &evaluation) const
{
    const Value name = m_name->evaluate(evaluation);
    evaluation.at(m_name->position());
    if (!evaluation.failed())
        evaluation.failType("no loader for this environment specified");
}

} // namespace stormglass
