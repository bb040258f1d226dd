#include "engine/expressions/jinja_loop.h"

#include "engine/expressions/functions.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/undefined.h"

namespace stormglass {

namespace {

// The items for which a loop's condition holds, each asked for when it is needed.
class ChosenItems final : public Iterator
{
public:
    ChosenItems(std::unique_ptr<Iterator> items, const JinjaTarget &target, const Node &condition,
                JinjaScope *outer)
        : m_items(std::move(items))
        , m_target(target)
        , m_condition(condition)
        , m_outer(outer)
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        while (m_items->next(evaluation, item)) {
            const OpenScope scope(asJinja(evaluation), m_outer);
            m_target.assign(asJinja(evaluation), item);
            if (evaluation.failed())
                return false;
            const Value condition = m_condition.evaluate(evaluation);
            if (evaluation.failed())
                return false;
            if (isTrue(evaluation, condition))
                return !evaluation.failed();
        }
        return false;
    }

private:
    const std::unique_ptr<Iterator> m_items;
    const JinjaTarget &m_target;
    const Node &m_condition;
    JinjaScope *const m_outer;
};

// loop.cycle and loop.changed: callable, and nothing else.
class LoopMethod final : public Object
{
public:
    using Method = Value (JinjaLoop::*)(Evaluation &, std::span<const Value>) const;
    LoopMethod(std::shared_ptr<const JinjaLoop> loop, Method method)
        : m_loop(std::move(loop))
        , m_method(method)
    {
    }
    std::string_view typeName() const override { return "method"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override
    {
        return (m_loop.get()->*m_method)(evaluation, arguments.positional);
    }

private:
    const std::shared_ptr<const JinjaLoop> m_loop;
    const Method m_method;
};

} // namespace

bool JinjaLoop::lookAhead(Evaluation &evaluation) const
{
    if (!m_ahead.empty())
        return true;
    Value item;
    if (!m_items->next(evaluation, item))
        return false;
    m_ahead.push_back(std::move(item));
    return true;
}

bool JinjaLoop::advance(Evaluation &evaluation) const
{
    if (!lookAhead(evaluation) || evaluation.failed())
        return false;
    if (m_index >= 0)
        m_previous = std::move(m_current);
    m_current = std::move(m_ahead.front());
    m_ahead.pop_front();
    ++m_index;
    return true;
}

std::int64_t JinjaLoop::total(Evaluation &evaluation) const
{
    if (m_length)
        return *m_length;
    Value item;
    while (m_items->next(evaluation, item)) {
        m_ahead.push_back(item);
        if (!evaluation.allowsItems(static_cast<std::int64_t>(m_ahead.size())))
            break;
    }
    m_length = m_index + 1 + static_cast<std::int64_t>(m_ahead.size());
    return *m_length;
}

std::string JinjaLoop::repr(Evaluation &evaluation) const
{
    return "<LoopContext " + std::to_string(m_index + 1) + "/" + std::to_string(total(evaluation))
        + ">";
}

std::optional<Value> JinjaLoop::attribute(Evaluation &evaluation, std::string_view name) const
{
    if (name == "index")
        return Value(m_index + 1);
    if (name == "index0")
        return Value(m_index);
    if (name == "first")
        return Value(m_index == 0);
    if (name == "last")
        return Value(!lookAhead(evaluation));
    if (name == "length")
        return Value(total(evaluation));
    if (name == "revindex")
        return Value(total(evaluation) - m_index);
    if (name == "revindex0")
        return Value(total(evaluation) - m_index - 1);
    if (name == "depth")
        return Value(m_recursion.depth + 1);
    if (name == "depth0")
        return Value(m_recursion.depth);
    if (name == "previtem")
        return m_previous ? *m_previous
                          : Undefined::ofMessage(evaluation, "there is no previous item");
    if (name == "nextitem")
        return lookAhead(evaluation) ? m_ahead.front()
                                     : Undefined::ofMessage(evaluation, "there is no next item");
    if (name == "cycle")
        return Value(std::make_shared<const LoopMethod>(shared_from_this(), &JinjaLoop::cycle));
    if (name == "changed")
        return Value(std::make_shared<const LoopMethod>(shared_from_this(), &JinjaLoop::changed));
    return std::nullopt;
}

std::vector<std::string_view> JinjaLoop::attributeNames() const
{
    return {"changed", "cycle",  "depth",    "depth0",   "first",    "index",    "index0",
            "last",    "length", "nextitem", "previtem", "revindex", "revindex0"};
}

Value JinjaLoop::cycle(Evaluation &evaluation, std::span<const Value> choices) const
{
    if (choices.empty())
        return evaluation.failType("no items for cycling given");
    return choices[static_cast<std::size_t>(m_index) % choices.size()];
}

Value JinjaLoop::changed(Evaluation &evaluation, std::span<const Value> values) const
{
    ValueList now(values.begin(), values.end());
    const bool isSame
        = m_lastChanged && equal(evaluation, Value::tuple(*m_lastChanged), Value::tuple(now));
    if (!isSame)
        m_lastChanged = std::move(now);
    return !isSame;
}

Value JinjaLoop::call(Evaluation &evaluation, const Arguments &arguments) const
{
    if (!m_recursion.loop)
        return evaluation.failType(
            "The loop must have the 'recursive' marker to be called recursively.");
    if (arguments.positional.size() != 1 || !arguments.named.empty())
        return evaluation.failType("LoopContext.__call__() takes 2 positional arguments but "
                                   + std::to_string(arguments.positional.size() + 1)
                                   + " were given");
    JinjaEvaluation &jinja = asJinja(evaluation);
    JinjaCapture output(jinja);
    Recursion deeper = m_recursion;
    ++deeper.depth;
    m_recursion.loop->runOver(jinja, arguments.positional.front(), deeper);
    return jinja.captured(output.take());
}

void JinjaFor::run(JinjaEvaluation &evaluation) const
{
    const Value items = m_parts.items->evaluate(evaluation);
    if (evaluation.failed())
        return;
    evaluation.at(m_parts.items->position());
    runOver(evaluation, items, {m_parts.isRecursive ? this : nullptr, &evaluation.scope(), 0});
}

std::unique_ptr<Iterator> JinjaFor::chosenItems(JinjaEvaluation &evaluation,
                                                const Value &items) const
{
    auto all = iterate(evaluation, items);
    if (!all || !m_parts.condition)
        return all;
    return std::make_unique<ChosenItems>(std::move(all), *m_parts.target, *m_parts.condition,
                                         &evaluation.scope());
}

void JinjaFor::runOver(JinjaEvaluation &evaluation, const Value &items,
                       JinjaLoop::Recursion recursion) const
{
    const DepthGuard guard(evaluation);
    if (!guard)
        return;
    const OpenScope place(evaluation, recursion.outer);
    auto chosen = chosenItems(evaluation, items);
    if (!chosen)
        return;
    std::optional<std::int64_t> length;
    if (!m_parts.condition && !items.isObject())
        length = lengthOf(evaluation, items);
    const auto loop = std::make_shared<const JinjaLoop>(std::move(chosen), length, recursion);
    const bool hadItems = runBody(evaluation, loop);
    if (hadItems || evaluation.failed() || m_parts.otherwise.empty())
        return;
    const OpenScope scope(evaluation);
    runAll(m_parts.otherwise, evaluation);
}

bool JinjaFor::runBody(JinjaEvaluation &evaluation,
                       const std::shared_ptr<const JinjaLoop> &loop) const
{
    OpenScope open(evaluation);
    bool hadItems = false;
    while (loop->advance(evaluation)) {
        hadItems = true;
        open.scope().clear();
        m_parts.target->assign(evaluation, loop->current());
        open.scope().set(m_parts.loopName, Value(loop));
        runAll(m_parts.body, evaluation);
        if (evaluation.failed())
            return hadItems;
    }
    return hadItems;
}

void JinjaFor::visit(NodeVisitor &visitor) const
{
    m_parts.items->visit(visitor);
    visitor.opensScope();
    m_parts.target->visit(visitor);
    if (m_parts.condition)
        m_parts.condition->visit(visitor);
    visitor.writes("loop", m_parts.items->position());
    visitAll(m_parts.body, visitor);
    visitor.closesScope();
    visitor.opensScope();
    visitAll(m_parts.otherwise, visitor);
    visitor.closesScope();
}

} // namespace stormglass
