#include "engine/expressions/jinja_operations.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/undefined.h"

namespace stormglass {

namespace {

bool holds(Evaluation &evaluation, JinjaComparison::Operator comparison, const Value &left,
           const Value &right)
{
    using Operator = JinjaComparison::Operator;
    switch (comparison) {
    case Operator::Equal:
        return equal(evaluation, left, right);
    case Operator::NotEqual:
        return compare(evaluation, Comparison::NotEqual, left, right);
    case Operator::Less:
        return compare(evaluation, Comparison::Less, left, right);
    case Operator::LessEqual:
        return compare(evaluation, Comparison::LessEqual, left, right);
    case Operator::Greater:
        return compare(evaluation, Comparison::Greater, left, right);
    case Operator::GreaterEqual:
        return compare(evaluation, Comparison::GreaterEqual, left, right);
    case Operator::In:
        return contains(evaluation, right, left);
    case Operator::NotIn:
        return !contains(evaluation, right, left);
    }
    return false;
}

} // namespace

Value JinjaArithmetic::evaluate(Evaluation &evaluation) const
{
    const Value left = m_left->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    const Value right = m_right->evaluate(evaluation);
    if (evaluation.failed() || !evaluation.step())
        return {};
    evaluation.at(position());
    return arithmetic(evaluation, m_operation, left, right);
}

void JinjaArithmetic::visit(NodeVisitor &visitor) const
{
    m_left->visit(visitor);
    m_right->visit(visitor);
}

Value JinjaSign::evaluate(Evaluation &evaluation) const
{
    const Value operand = m_operand->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    evaluation.at(position());
    return m_sign == Sign::Minus ? negative(evaluation, operand) : positive(evaluation, operand);
}

Value JinjaNot::evaluate(Evaluation &evaluation) const
{
    const Value operand = m_operand->evaluate(evaluation);
    evaluation.at(position());
    return evaluation.failed() ? Value() : Value(!isTrue(evaluation, operand));
}

Value JinjaLogic::evaluate(Evaluation &evaluation) const
{
    Value left = m_left->evaluate(evaluation);
    if (evaluation.failed() || !evaluation.step())
        return {};
    evaluation.at(position());
    const bool isSettled = isTrue(evaluation, left) == (m_word == Word::Or);
    if (isSettled || evaluation.failed())
        return left;
    return m_right->evaluate(evaluation);
}

void JinjaLogic::visit(NodeVisitor &visitor) const
{
    m_left->visit(visitor);
    m_right->visit(visitor);
}

Value JinjaConcatenation::evaluate(Evaluation &evaluation) const
{
    std::vector<Value> values;
    values.reserve(m_parts.size());
    for (const NodePointer &part : m_parts) {
        values.push_back(part->evaluate(evaluation));
        if (evaluation.failed())
            return {};
    }
    evaluation.at(position());
    const bool escapes = asJinja(evaluation).escapes();
    std::string text;
    for (const Value &value : values) {
        if (escapes)
            text += escapedMarkup(evaluation, value);
        else
            appendStr(evaluation, value, text);
        if (evaluation.failed())
            return {};
    }
    if (!evaluation.affordsText(text.size()))
        return {};
    return escapes ? Markup::make(std::move(text)) : Value(text);
}

Value JinjaComparison::evaluate(Evaluation &evaluation) const
{
    // Nothing needs to be copied where both sides stand there already.
    const Value *const seenLeft = m_links.size() == 1 ? m_first->peek(evaluation) : nullptr;
    const Value *const seenRight = seenLeft ? m_links[0].operand->peek(evaluation) : nullptr;
    if (seenRight && evaluation.step()) {
        evaluation.at(m_links[0].position);
        return holds(evaluation, m_links[0].comparison, *seenLeft, *seenRight);
    }
    Value left = m_first->evaluate(evaluation);
    for (const Link &link : m_links) {
        if (evaluation.failed())
            return {};
        Value right = link.operand->evaluate(evaluation);
        if (evaluation.failed() || !evaluation.step())
            return {};
        evaluation.at(link.position);
        if (!holds(evaluation, link.comparison, left, right))
            return false;
        left = std::move(right);
    }
    return true;
}

void JinjaComparison::visit(NodeVisitor &visitor) const
{
    m_first->visit(visitor);
    for (const Link &link : m_links)
        link.operand->visit(visitor);
}

Value JinjaCondition::evaluate(Evaluation &evaluation) const
{
    const Value condition = m_condition->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    evaluation.at(m_condition->position());
    const bool isMet = isTrue(evaluation, condition);
    if (evaluation.failed())
        return {};
    if (isMet)
        return m_yes->evaluate(evaluation);
    if (m_no)
        return m_no->evaluate(evaluation);
    return Undefined::ofMissingElse(position());
}

void JinjaCondition::visit(NodeVisitor &visitor) const
{
    m_condition->visit(visitor);
    m_yes->visit(visitor);
    if (m_no)
        m_no->visit(visitor);
}

} // namespace stormglass
