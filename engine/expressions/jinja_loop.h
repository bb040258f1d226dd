#pragma once

#include "engine/expressions/jinja_targets.h"
#include "engine/expressions/object.h"

#include <deque>

namespace stormglass {

class JinjaFor;

// The `loop` of a for block. It moves while the block runs and belongs to its evaluation, hence the
// changes in place.
class JinjaLoop final : public Object, public std::enable_shared_from_this<JinjaLoop>
{
public:
    // Where a loop that calls itself finds its names; `loop` may be null where it may not.
    struct Recursion
    {
        const JinjaFor *loop = nullptr;
        JinjaScope *outer = nullptr;
        std::int64_t depth = 0;
    };
    JinjaLoop(std::unique_ptr<Iterator> items, std::optional<std::int64_t> length,
              Recursion recursion)
        : m_items(std::move(items))
        , m_length(length)
        , m_recursion(recursion)
    {
    }

    // Moves to the next item; false at the end.
    bool advance(Evaluation &evaluation) const;
    const Value &current() const { return m_current; }

    std::string_view typeName() const override { return "jinja2.runtime.LoopContext"; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;
    std::vector<std::string_view> attributeNames() const override;
    std::optional<std::int64_t> length(Evaluation &evaluation) const override
    {
        return total(evaluation);
    }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &arguments) const override;

    Value cycle(Evaluation &evaluation, std::span<const Value> choices) const;
    Value changed(Evaluation &evaluation, std::span<const Value> values) const;

private:
    bool lookAhead(Evaluation &evaluation) const;
    std::int64_t total(Evaluation &evaluation) const;

    const std::unique_ptr<Iterator> m_items;
    mutable std::optional<std::int64_t> m_length;
    const Recursion m_recursion;
    mutable std::int64_t m_index = -1;
    mutable std::deque<Value> m_ahead;
    mutable Value m_current;
    mutable std::optional<Value> m_previous;
    mutable std::optional<ValueList> m_lastChanged;
};

// {% for target in items if condition recursive %}…{% else %}…{% endfor %}
class JinjaFor final : public JinjaStatement
{
public:
    struct Parts
    {
        TargetPointer target;
        NodePointer items;
        // Null: every item.
        NodePointer condition;
        StatementList body;
        StatementList otherwise;
        // The number of the name `loop`.
        JinjaName loopName = 0;
        bool isRecursive = false;
    };
    explicit JinjaFor(Parts parts)
        : m_parts(std::move(parts))
    {
    }
    void run(JinjaEvaluation &evaluation) const override;
    void visit(NodeVisitor &visitor) const override;
    // One level of a recursive loop over other items.
    void runOver(JinjaEvaluation &evaluation, const Value &items,
                 JinjaLoop::Recursion recursion) const;

private:
    std::unique_ptr<Iterator> chosenItems(JinjaEvaluation &evaluation, const Value &items) const;
    bool runBody(JinjaEvaluation &evaluation, const std::shared_ptr<const JinjaLoop> &loop) const;

    const Parts m_parts;
};

} // namespace stormglass
