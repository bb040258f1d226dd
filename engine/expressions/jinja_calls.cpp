#include "engine/expressions/jinja_calls.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/jinja_operands.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"

namespace stormglass {

namespace {

// Arguments evaluated, in the order Python does it.
class GivenArguments
{
public:
    explicit GivenArguments(Evaluation &evaluation)
        : m_evaluation(evaluation)
    {
    }

    void add(const Value &value) { m_positional.add(value); }
    void add(const NamedArgument &argument) { m_named.push_back(argument); }

    bool add(const JinjaArguments &arguments)
    {
        for (const NodePointer &node : arguments.positional) {
            m_positional.add(node->evaluate(m_evaluation));
            if (m_evaluation.failed())
                return false;
        }
        if (arguments.rest && !addRest(*arguments.rest))
            return false;
        for (const auto &[name, node] : arguments.named) {
            m_named.push_back({name, node->evaluate(m_evaluation)});
            if (m_evaluation.failed())
                return false;
        }
        return !arguments.names || addNames(*arguments.names);
    }

    Arguments view() const { return {m_positional.values(), m_named}; }

private:
    bool addRest(const Node &node)
    {
        const Value rest = node.evaluate(m_evaluation);
        if (m_evaluation.failed())
            return false;
        forEach(m_evaluation, rest, [this](const Value &item) {
            m_positional.add(item);
            return true;
        });
        return !m_evaluation.failed();
    }

    bool addNames(const Node &node)
    {
        const Value names = node.evaluate(m_evaluation);
        if (m_evaluation.failed())
            return false;
        if (!names.isMap()) {
            m_evaluation.failType("argument after ** must be a mapping, not " + typeNameOf(names));
            return false;
        }
        for (const ValueMap::Entry &entry : names.entries()) {
            if (!entry.key.isText()) {
                m_evaluation.failType("keywords must be strings");
                return false;
            }
            m_named.push_back({entry.key, entry.value});
        }
        return true;
    }

    Evaluation &m_evaluation;
    ArgumentList m_positional;
    std::vector<NamedArgument> m_named;
};

} // namespace

void JinjaArguments::visit(NodeVisitor &visitor) const
{
    visitAll(positional, visitor);
    for (const auto &[name, node] : named)
        node->visit(visitor);
    if (rest)
        rest->visit(visitor);
    if (names)
        names->visit(visitor);
}

Value JinjaCall::evaluate(Evaluation &evaluation) const
{
    return evaluateWith(evaluation, nullptr);
}

Value JinjaCall::evaluateWith(Evaluation &evaluation, const NamedArgument *extra) const
{
    GivenArguments given(evaluation);
    const Function *method = nullptr;
    Value callee;
    if (const auto *member = dynamic_cast<const JinjaMember *>(m_callee.get())) {
        const Value owner = member->owner().evaluate(evaluation);
        if (evaluation.failed())
            return {};
        evaluation.at(member->position());
        method = owner.isObject() ? nullptr : methodNamed(owner, member->name().text());
        if (method)
            given.add(owner);
        else
            callee = memberNamed(evaluation, owner, member->name());
    } else {
        callee = m_callee->evaluate(evaluation);
    }
    if (evaluation.failed() || !given.add(m_arguments))
        return {};
    if (extra)
        given.add(*extra);
    evaluation.at(position());
    const DepthGuard guard(evaluation);
    if (!guard)
        return {};
    return method ? method->call(evaluation, given.view())
                  : callValue(evaluation, callee, given.view());
}

void JinjaCall::visit(NodeVisitor &visitor) const
{
    m_callee->visit(visitor);
    m_arguments.visit(visitor);
}

JinjaFilter::JinjaFilter(Position position, NodePointer operand, std::string name,
                         const Function *filter, JinjaArguments arguments)
    : Node(position)
    , m_operand(std::move(operand))
    , m_name(std::move(name))
    , m_filter(filter)
    , m_arguments(std::move(arguments))
{
}

Value JinjaFilter::evaluate(Evaluation &evaluation) const
{
    const Value input = m_operand ? m_operand->evaluate(evaluation) : Value();
    return evaluation.failed() ? Value() : run(evaluation, input);
}

Value JinjaFilter::apply(Evaluation &evaluation, const Value &text) const
{
    if (!m_operand)
        return run(evaluation, text);
    const auto *inner = dynamic_cast<const JinjaFilter *>(m_operand.get());
    const Value input = inner ? inner->apply(evaluation, text) : m_operand->evaluate(evaluation);
    return evaluation.failed() ? Value() : run(evaluation, input);
}

Value JinjaFilter::run(Evaluation &evaluation, const Value &input) const
{
    evaluation.at(position());
    if (!m_filter)
        return evaluation.fail(
            PythonError::TemplateRuntime,
            missingFunction("filter", m_name, asJinja(evaluation).environment().filters));
    GivenArguments given(evaluation);
    given.add(input);
    if (!given.add(m_arguments))
        return {};
    evaluation.at(position());
    return m_filter->call(evaluation, given.view());
}

void JinjaFilter::visit(NodeVisitor &visitor) const
{
    if (m_operand)
        m_operand->visit(visitor);
    visitor.uses(m_name, position());
    m_arguments.visit(visitor);
}

JinjaTest::JinjaTest(Position position, NodePointer operand, std::string name, const Function *test,
                     JinjaArguments arguments)
    : Node(position)
    , m_operand(std::move(operand))
    , m_name(std::move(name))
    , m_test(test)
    , m_arguments(std::move(arguments))
{
}

Value JinjaTest::evaluate(Evaluation &evaluation) const
{
    GivenArguments given(evaluation);
    given.add(m_operand->evaluate(evaluation));
    if (evaluation.failed() || !given.add(m_arguments))
        return {};
    evaluation.at(position());
    if (!m_test)
        return evaluation.fail(
            PythonError::TemplateRuntime,
            missingFunction("test", m_name, asJinja(evaluation).environment().tests));
    return m_test->call(evaluation, given.view());
}

void JinjaTest::visit(NodeVisitor &visitor) const
{
    m_operand->visit(visitor);
    visitor.uses(m_name, position());
    m_arguments.visit(visitor);
}

} // namespace stormglass
