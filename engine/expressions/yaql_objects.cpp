#include "engine/expressions/yaql_objects.h"

#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_printing.h"

#include <algorithm>

namespace stormglass {

namespace {

// Lazy sequences ask each other, and let go of each other, recursively.
constexpr int deepestNesting = 150;

YaqlEvaluation &yaql(Evaluation &evaluation)
{
    return static_cast<YaqlEvaluation &>(evaluation);
}

class ViewWalk final : public Iterator
{
public:
    explicit ViewWalk(const YaqlMapView &view)
        : m_view(view)
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next >= m_view.size() || !evaluation.step())
            return false;
        item = m_view.itemAt(m_next++);
        evaluation.see(item);
        return true;
    }

private:
    const YaqlMapView m_view;
    std::size_t m_next = 0;
};

} // namespace

Value withOtherSequences(Evaluation &evaluation, const Value &value)
{
    const DepthGuard depth(evaluation);
    if (!depth || !evaluation.step())
        return {};
    evaluation.see(value);
    if (value.isSequence()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(withOtherSequences(evaluation, item));
        return value.isList() ? Value::tuple(std::move(items)) : Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    ValueMap map;
    for (const ValueMap::Entry &entry : value.entries())
        map.set(entry.key, withOtherSequences(evaluation, entry.value));
    return Value(std::move(map));
}

std::string YaqlRegex::repr(Evaluation &evaluation) const
{
    std::string flags;
    for (const auto &[isSet, name] :
         {std::pair{m_flags.ignoreCase, "re.IGNORECASE"},
          std::pair{m_flags.multiLine, "re.MULTILINE"}, std::pair{m_flags.dotAll, "re.DOTALL"}}) {
        if (isSet)
            flags += (flags.empty() ? ", " : "|") + std::string(name);
    }
    return "re.compile(" + yaqlRepr(evaluation, Value(m_regex.pattern())) + flags + ')';
}

std::optional<bool> YaqlRegex::equals(Evaluation &, const Value &other) const
{
    const auto *const regex = objectAs<YaqlRegex>(other);
    return regex && regex->m_flags == m_flags && regex->m_regex.pattern() == m_regex.pattern();
}

// Walks of one lazy sequence share where it is.
class YaqlLazy::Walk final : public Iterator
{
public:
    explicit Walk(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_state->isDone || !evaluation.step())
            return false;
        const DepthGuard depth(evaluation);
        const YaqlPlaceGuard place(yaql(evaluation), m_state->place);
        m_state->isDone = !depth || !m_state->next(yaql(evaluation), item) || evaluation.failed();
        return !m_state->isDone;
    }

private:
    const std::shared_ptr<State> m_state;
};

Value YaqlLazy::make(YaqlEvaluation &evaluation, std::initializer_list<Value> sources, Next next)
{
    int nesting = 0;
    for (const Value &source : sources)
        nesting = std::max(nesting, nestingOf(source) + 1);
    if (nesting > deepestNesting)
        return evaluation.fail(PythonError::Limit, "too many lazy sequences behind each other");
    return Value(std::make_shared<const YaqlLazy>(std::move(next), nesting, evaluation.position()));
}

class YaqlLazy::RememberingWalk final : public Iterator
{
public:
    RememberingWalk(std::shared_ptr<State> state, std::shared_ptr<ValueList> memory)
        : m_rest(std::move(state))
        , m_memory(std::move(memory))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next == m_memory->size()) {
            if (!m_rest.next(evaluation, item))
                return false;
            m_memory->push_back(item);
            ++m_next;
            return evaluation.allowsItems(static_cast<std::int64_t>(m_memory->size()));
        }
        if (!evaluation.step())
            return false;
        item = (*m_memory)[m_next++];
        return true;
    }

private:
    Walk m_rest;
    const std::shared_ptr<ValueList> m_memory;
    std::size_t m_next = 0;
};

std::unique_ptr<Iterator> YaqlLazy::iterate(Evaluation &) const
{
    if (m_memory)
        return std::make_unique<RememberingWalk>(m_state, m_memory);
    return std::make_unique<Walk>(m_state);
}

Value YaqlLazy::remembering() const
{
    auto copy = std::make_shared<YaqlLazy>(*this);
    if (!copy->m_memory)
        copy->m_memory = std::make_shared<ValueList>();
    return Value(std::shared_ptr<const ValueObject>(std::move(copy)));
}

Value yaqlIteratorOver(YaqlEvaluation &evaluation, ValueList items)
{
    return YaqlLazy::make(
        evaluation, {},
        [list = std::move(items), at = std::size_t{0}](YaqlEvaluation &, Value &item) mutable {
            if (at >= list.size())
                return false;
            item = list[at++];
            return true;
        });
}

Value memorized(YaqlEvaluation &evaluation, const Value &sequence)
{
    if (const auto *const lazy = objectAs<YaqlLazy>(sequence))
        return lazy->remembering();
    if (sequence.isObject() && !isOfYaqlType(YaqlType::Set, sequence)
        && isOfYaqlType(YaqlType::Iterable, sequence))
        return Value(listOf(evaluation, sequence));
    return sequence;
}

std::string_view YaqlMapView::typeName() const
{
    return m_part == Part::Keys ? "KeysView" : m_part == Part::Values ? "ValuesView" : "ItemsView";
}

std::optional<std::int64_t> YaqlMapView::length(Evaluation &) const
{
    return static_cast<std::int64_t>(size());
}

std::unique_ptr<Iterator> YaqlMapView::iterate(Evaluation &) const
{
    return std::make_unique<ViewWalk>(*this);
}

std::string YaqlMapView::repr(Evaluation &evaluation) const
{
    return std::string(typeName()) + '(' + yaqlRepr(evaluation, m_map) + ')';
}

Value YaqlMapView::itemAt(std::size_t position) const
{
    const ValueMap::Entry &entry = m_map.entries().at(position);
    switch (m_part) {
    case Part::Keys:
        return entry.key;
    case Part::Values:
        return entry.value;
    case Part::Items:
        break;
    }
    return Value::list({entry.key, entry.value});
}

int YaqlOrdered::nesting() const
{
    return nestingOf(m_source) + 1;
}

int nestingOf(const Value &sequence)
{
    const auto *const iterable = objectAs<YaqlIterable>(sequence);
    return iterable ? iterable->nesting() : 0;
}

bool isYaqlHashable(Evaluation &evaluation, const Value &value)
{
    const DepthGuard depth(evaluation);
    if (!depth || !evaluation.step())
        return false;
    if (value.isTuple()) {
        evaluation.failType("unhashable type: 'list'");
        return false;
    }
    if (value.isList())
        return std::ranges::all_of(
            value.items(), [&](const Value &item) { return isYaqlHashable(evaluation, item); });
    if (value.isMap())
        return std::ranges::all_of(value.entries(), [&](const ValueMap::Entry &entry) {
            return isYaqlHashable(evaluation, entry.value);
        });
    return value.isSet() || value.isObject() || isHashable(evaluation, value);
}

namespace {

class Output
{
public:
    explicit Output(Evaluation &evaluation)
        : m_evaluation(evaluation)
    {
    }

    Value of(const Value &value)
    {
        const DepthGuard depth(m_evaluation);
        if (!depth || !m_evaluation.step())
            return {};
        m_evaluation.see(value);
        if (value.isMap())
            return map(value.entries());
        const auto *const view = objectAs<YaqlMapView>(value);
        if (value.isSet() || (view && view->isSetLike()))
            return set(value);
        if (value.isSequence() || objectAs<YaqlIterable>(value))
            return list(value);
        if (objectAs<YaqlScope>(value) || objectAs<YaqlRule>(value))
            return m_evaluation.failType("a context cannot be the result of an expression");
        return value;
    }

private:
    bool isUsable(const Value &key)
    {
        return !m_evaluation.failed() && isHashable(m_evaluation, key);
    }

    Value map(const ValueMap &entries)
    {
        ValueMap result;
        for (const ValueMap::Entry &entry : entries) {
            Value key = of(entry.key);
            if (!isUsable(key))
                return {};
            result.set(std::move(key), of(entry.value));
            m_items += costOfEntry;
            if (!m_evaluation.allowsItems(m_items))
                return {};
        }
        return Value(std::move(result));
    }

    Value set(const Value &members)
    {
        ValueSet result;
        forEach(m_evaluation, members, [&](const Value &member) {
            Value plain = of(member);
            if (!isUsable(plain))
                return false;
            result.add(std::move(plain));
            return true;
        });
        return Value(std::move(result));
    }

    Value list(const Value &sequence)
    {
        ValueList result;
        forEach(m_evaluation, sequence, [&](const Value &item) {
            result.push_back(of(item));
            return m_evaluation.allowsItems(++m_items);
        });
        return Value(std::move(result));
    }

    // In items of lists.
    static constexpr std::int64_t costOfEntry = 4;

    Evaluation &m_evaluation;
    std::int64_t m_items = 0;
};

} // namespace

Value yaqlOutput(Evaluation &evaluation, const Value &value)
{
    return Output(evaluation).of(value);
}

} // namespace stormglass
