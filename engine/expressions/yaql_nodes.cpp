#include "engine/expressions/yaql_nodes.h"

#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_overloads.h"

#include <array>

namespace stormglass {

namespace {

YaqlOperation operationOf(std::string_view symbol)
{
    using Pair = std::pair<std::string_view, YaqlOperation>;
    constexpr std::array operations{
        Pair{"+", YaqlOperation::Add},           Pair{"-", YaqlOperation::Subtract},
        Pair{"*", YaqlOperation::Multiply},      Pair{"<", YaqlOperation::Less},
        Pair{"<=", YaqlOperation::LessEqual},    Pair{">", YaqlOperation::Greater},
        Pair{">=", YaqlOperation::GreaterEqual}, Pair{"=", YaqlOperation::Equal},
        Pair{"!=", YaqlOperation::NotEqual}};
    for (const auto &[name, operation] : operations) {
        if (name == symbol)
            return operation;
    }
    return YaqlOperation::Other;
}

std::string functionOf(std::string_view symbol)
{
    if (symbol == "=")
        return "*equal";
    if (symbol == "!=")
        return "*not_equal";
    return "#operator_" + std::string(symbol);
}

std::optional<Value> ofIntegers(YaqlOperation operation, std::int64_t a, std::int64_t b)
{
    std::int64_t result = 0;
    switch (operation) {
    case YaqlOperation::Add:
        return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(Value(result));
    case YaqlOperation::Subtract:
        return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(Value(result));
    case YaqlOperation::Multiply:
        return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(Value(result));
    case YaqlOperation::Less:
        return Value(a < b);
    case YaqlOperation::LessEqual:
        return Value(a <= b);
    case YaqlOperation::Greater:
        return Value(a > b);
    case YaqlOperation::GreaterEqual:
        return Value(a >= b);
    case YaqlOperation::Equal:
        return Value(a == b);
    case YaqlOperation::NotEqual:
        return Value(a != b);
    case YaqlOperation::Other:
        break;
    }
    return std::nullopt;
}

// The plain cases that need no overload. None for all others.
std::optional<Value> plainResult(YaqlOperation operation, const Value &left, const Value &right)
{
    if (left.isInt() && right.isInt())
        return ofIntegers(operation, left.toInt(), right.toInt());
    if (left.isText() && right.isText()) {
        if (operation == YaqlOperation::Equal)
            return Value(left.text() == right.text());
        if (operation == YaqlOperation::NotEqual)
            return Value(left.text() != right.text());
    }
    return std::nullopt;
}

// Each element's member of that name, once it is asked for.
Value memberOfEach(YaqlEvaluation &evaluation, const Value &sequence, const Value &name);

Value memberOf(YaqlEvaluation &evaluation, const Value &owner, const Value &name)
{
    const DepthGuard depth(evaluation);
    if (!depth || !evaluation.step())
        return {};
    if (owner.isMap()) {
        const Value *const found = owner.entries().find(name);
        if (!found)
            return evaluation.fail(PythonError::Key,
                                   '\'' + std::string(name.text()) + '\''
                                       + didYouMean(owner.entries(), name.text()));
        evaluation.see(*found);
        return *found;
    }
    if (isOfYaqlType(YaqlType::Iterable, owner))
        return memberOfEach(evaluation, owner, name);
    return callYaqlFunction(evaluation, "#property#" + std::string(name.text()), {owner});
}

Value memberOfEach(YaqlEvaluation &evaluation, const Value &sequence, const Value &name)
{
    std::shared_ptr<Iterator> iterator = iterate(evaluation, sequence);
    return YaqlLazy::make(
        evaluation, {sequence},
        [iterator = std::move(iterator), name](YaqlEvaluation &inner, Value &item) {
            Value element;
            if (!iterator->next(inner, element))
                return false;
            item = memberOf(inner, element, name);
            return !inner.failed();
        });
}

} // namespace

Value YaqlNode::evaluate(Evaluation &evaluation) const
{
    evaluation.at(position());
    if (constant())
        return *constant();
    const DepthGuard depth(evaluation);
    return depth ? compute(static_cast<YaqlEvaluation &>(evaluation)) : Value();
}

Value YaqlVariable::compute(YaqlEvaluation &evaluation) const
{
    return evaluation.variable(std::string_view(m_name).substr(1));
}

Value YaqlParenthesis::compute(YaqlEvaluation &evaluation) const
{
    return m_inner->evaluate(evaluation);
}

void YaqlRuleNode::visit(NodeVisitor &visitor) const
{
    m_key->visit(visitor);
    m_value->visit(visitor);
}

Value YaqlRuleNode::compute(YaqlEvaluation &evaluation) const
{
    Value key = m_key->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    Value value = m_value->evaluate(evaluation);
    return Value(std::make_shared<const YaqlRule>(std::move(key), std::move(value)));
}

void YaqlFunctionCall::visit(NodeVisitor &visitor) const
{
    visitor.uses(m_name, position());
    for (const YaqlNodePtr &argument : m_arguments) {
        if (argument)
            argument->visit(visitor);
    }
}

Value YaqlFunctionCall::compute(YaqlEvaluation &evaluation) const
{
    return callYaqlNodes(evaluation, m_name, nullptr, m_arguments);
}

YaqlBinary::YaqlBinary(Position position, std::string_view symbol, YaqlNodePtr left,
                       YaqlNodePtr right)
    : YaqlNode(position)
    , m_operation(operationOf(symbol))
    , m_function(functionOf(symbol))
{
    m_operands.push_back(std::move(left));
    m_operands.push_back(std::move(right));
}

void YaqlBinary::visit(NodeVisitor &visitor) const
{
    for (const YaqlNodePtr &operand : m_operands)
        operand->visit(visitor);
}

Value YaqlBinary::compute(YaqlEvaluation &evaluation) const
{
    const Value left = m_operands[0]->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    const Value right = m_operands[1]->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    if (const auto plain = plainResult(m_operation, left, right))
        return *plain;
    evaluation.at(position());
    return callYaqlFunction(evaluation, m_function, {left, right});
}

void YaqlLogic::visit(NodeVisitor &visitor) const
{
    m_left->visit(visitor);
    m_right->visit(visitor);
}

Value YaqlLogic::compute(YaqlEvaluation &evaluation) const
{
    Value left = m_left->evaluate(evaluation);
    if (evaluation.failed() || isTrue(evaluation, left) == (m_kind == Kind::Or))
        return left;
    return m_right->evaluate(evaluation);
}

YaqlAccess::YaqlAccess(Position position, Kind kind, YaqlNodePtr owner, YaqlNodePtr what)
    : YaqlNode(position)
    , m_kind(kind)
    , m_owner(std::move(owner))
    , m_what(std::move(what))
    , m_method(dynamic_cast<const YaqlFunctionCall *>(m_what.get()))
{
    // Operators and literals are functions too, but cannot be called on anything.
    if (m_method && m_method->name().starts_with('#'))
        m_method = nullptr;
}

void YaqlAccess::visit(NodeVisitor &visitor) const
{
    m_owner->visit(visitor);
    if (m_what->isKeyword())
        visitor.readsMember(*m_owner, m_what->constant()->text(), m_what->position());
    else
        m_what->visit(visitor);
}

Value YaqlAccess::compute(YaqlEvaluation &evaluation) const
{
    const Value owner = m_owner->evaluate(evaluation);
    if (evaluation.failed() || (m_kind == Kind::UnlessNull && owner.isNull()))
        return {};
    evaluation.at(m_what->position());
    if (m_method)
        return callYaqlNodes(evaluation, m_method->name(), &owner, m_method->arguments());
    if (m_what->isKeyword())
        return memberOf(evaluation, owner, *m_what->constant());
    return evaluation.fail(YaqlError::NoMatchingFunction,
                           "No function \"#operator_.\" matches supplied arguments");
}

void YaqlSend::visit(NodeVisitor &visitor) const
{
    m_context->visit(visitor);
    m_expression->visit(visitor);
}

Value YaqlSend::compute(YaqlEvaluation &evaluation) const
{
    const Value context = m_context->evaluate(evaluation);
    if (evaluation.failed())
        return {};
    if (!objectAs<YaqlScope>(context))
        return evaluation.fail(YaqlError::NoMatchingFunction,
                               "No function \"#operator_->\" matches supplied arguments");
    const YaqlScopeGuard guard(evaluation,
                               std::static_pointer_cast<const YaqlScope>(context.object()));
    return m_expression->evaluate(evaluation);
}

} // namespace stormglass
