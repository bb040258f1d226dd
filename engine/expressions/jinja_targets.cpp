#include "engine/expressions/jinja_targets.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/jinja_namespace.h"
#include "engine/expressions/sequences.h"

namespace stormglass {

void JinjaNameTarget::assign(JinjaEvaluation &evaluation, const Value &value) const
{
    evaluation.scope().set(m_name, value);
}

void JinjaNameTarget::visit(NodeVisitor &visitor) const
{
    visitor.writes(m_text.text(), m_position);
}

void JinjaTupleTarget::assign(JinjaEvaluation &evaluation, const Value &value) const
{
    evaluation.at(m_position);
    const auto iterator = iterate(evaluation, value);
    if (!iterator) {
        if (evaluation.recover(PythonError::Type))
            evaluation.failType("cannot unpack non-iterable value");
        return;
    }
    ValueList values;
    Value item;
    while (values.size() <= m_targets.size() && iterator->next(evaluation, item))
        values.push_back(item);
    if (evaluation.failed())
        return;
    if (values.size() > m_targets.size())
        evaluation.failValue("too many values to unpack (expected "
                             + std::to_string(m_targets.size()) + ")");
    else if (values.size() < m_targets.size())
        evaluation.failValue("not enough values to unpack (expected "
                             + std::to_string(m_targets.size()) + ", got "
                             + std::to_string(values.size()) + ")");
    for (std::size_t i = 0; i < m_targets.size() && !evaluation.failed(); ++i)
        m_targets[i]->assign(evaluation, values[i]);
}

void JinjaTupleTarget::visit(NodeVisitor &visitor) const
{
    for (const TargetPointer &target : m_targets)
        target->visit(visitor);
}

bool JinjaFieldTarget::isAssignable(JinjaEvaluation &evaluation) const
{
    evaluation.at(m_owner->position());
    const Value owner = m_owner->evaluate(evaluation);
    if (!evaluation.failed() && !objectAs<JinjaNamespace>(owner))
        evaluation.fail(PythonError::TemplateRuntime,
                        "cannot assign attribute on non-namespace object");
    return !evaluation.failed();
}

void JinjaFieldTarget::assign(JinjaEvaluation &evaluation, const Value &value) const
{
    if (!isAssignable(evaluation))
        return;
    const Value owner = m_owner->evaluate(evaluation);
    if (const auto *space = objectAs<JinjaNamespace>(owner))
        space->set(m_field, value);
}

} // namespace stormglass
