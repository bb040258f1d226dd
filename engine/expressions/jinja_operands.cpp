#include "engine/expressions/jinja_operands.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/undefined.h"

namespace stormglass {

namespace {

// The items' values, or fewer where one failed.
ValueList evaluateAll(const NodeList &nodes, Evaluation &evaluation)
{
    ValueList values;
    values.reserve(nodes.size());
    for (const NodePointer &node : nodes) {
        values.push_back(node->evaluate(evaluation));
        if (evaluation.failed())
            break;
    }
    return values;
}

Value evaluateOrNull(const NodePointer &node, Evaluation &evaluation)
{
    return node && !evaluation.failed() ? node->evaluate(evaluation) : Value();
}

} // namespace

const Value *JinjaVariable::peek(Evaluation &evaluation) const
{
    if (const Value *local = asJinja(evaluation).scope().find(m_name))
        return local;
    if (const Value *variable = evaluation.variables().entriesOrNone().find(m_text)) {
        evaluation.see(*variable);
        return variable;
    }
    return m_global ? m_global : asJinja(evaluation).implied(m_text);
}

Value JinjaVariable::evaluate(Evaluation &evaluation) const
{
    if (const Value *value = peek(evaluation))
        return *value;
    evaluation.at(position());
    return Undefined::ofName(evaluation, m_text);
}

void JinjaVariable::visit(NodeVisitor &visitor) const
{
    visitor.reads(m_text.text(), position());
}

JinjaMember::JinjaMember(Position position, NodePointer owner, Value name)
    : Node(position)
    , m_owner(std::move(owner))
    , m_name(std::move(name))
    , m_isPlain(!m_name.text().starts_with('_') && !methodNamed(Value::map(), m_name.text()))
{
}

const Value *JinjaMember::peek(Evaluation &evaluation) const
{
    const Value *owner = m_isPlain ? m_owner->peek(evaluation) : nullptr;
    if (!owner || !owner->isMap())
        return nullptr;
    const Value *member = owner->entries().find(m_name);
    if (member)
        evaluation.see(*member);
    return member;
}

Value JinjaMember::evaluate(Evaluation &evaluation) const
{
    if (const Value *member = peek(evaluation))
        return *member;
    const Value owner = m_owner->evaluate(evaluation);
    if (evaluation.failed() || !evaluation.step())
        return {};
    evaluation.at(position());
    return memberNamed(evaluation, owner, m_name);
}

void JinjaMember::visit(NodeVisitor &visitor) const
{
    m_owner->visit(visitor);
    visitor.readsMember(*m_owner, m_name.text(), position());
}

Value JinjaSubscript::evaluate(Evaluation &evaluation) const
{
    const Value owner = m_owner->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    const Value key = m_key->evaluate(evaluation);
    if (evaluation.failed() || !evaluation.step())
        return {};
    evaluation.at(position());
    return memberAt(evaluation, owner, key);
}

void JinjaSubscript::visit(NodeVisitor &visitor) const
{
    m_owner->visit(visitor);
    const auto *key = dynamic_cast<const JinjaConstant *>(m_key.get());
    if (key && key->value().isText())
        visitor.readsMember(*m_owner, key->value().text(), position());
    m_key->visit(visitor);
}

Value JinjaSlice::evaluate(Evaluation &evaluation) const
{
    const Value owner = m_owner->evaluate(evaluation);
    const SliceOperands bounds{evaluateOrNull(m_bounds.start, evaluation),
                               evaluateOrNull(m_bounds.stop, evaluation),
                               evaluateOrNull(m_bounds.step, evaluation)};
    if (evaluation.failed() || !evaluation.step())
        return {};
    evaluation.at(position());
    if (const auto *missing = objectAs<Undefined>(owner)) {
        missing->refuse(evaluation);
        return {};
    }
    // Jinja leaves slices to Python: what cannot be cut is no missing member but an error.
    return slice(evaluation, owner, bounds);
}

void JinjaSlice::visit(NodeVisitor &visitor) const
{
    m_owner->visit(visitor);
    for (const NodePointer *bound : {&m_bounds.start, &m_bounds.stop, &m_bounds.step}) {
        if (*bound)
            (*bound)->visit(visitor);
    }
}

Value JinjaList::evaluate(Evaluation &evaluation) const
{
    return evaluation.step() ? Value(evaluateAll(m_items, evaluation)) : Value();
}

Value JinjaTuple::evaluate(Evaluation &evaluation) const
{
    return evaluation.step() ? Value::tuple(evaluateAll(m_items, evaluation)) : Value();
}

Value JinjaMap::evaluate(Evaluation &evaluation) const
{
    ValueMap map;
    for (const auto &[keyNode, valueNode] : m_entries) {
        Value key = keyNode->evaluate(evaluation);
        if (evaluation.failed())
            return {};
        Value value = valueNode->evaluate(evaluation);
        if (evaluation.failed() || !evaluation.step())
            return {};
        evaluation.at(keyNode->position());
        if (!isHashable(evaluation, key))
            return {};
        map.set(std::move(key), std::move(value));
    }
    return Value(std::move(map));
}

void JinjaMap::visit(NodeVisitor &visitor) const
{
    for (const auto &[key, value] : m_entries) {
        key->visit(visitor);
        value->visit(visitor);
    }
}

void visitAll(const NodeList &nodes, NodeVisitor &visitor)
{
    for (const NodePointer &node : nodes)
        node->visit(visitor);
}

} // namespace stormglass
