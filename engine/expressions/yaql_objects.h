#pragma once

#include "engine/expressions/regex.h"
#include "engine/expressions/yaql_function.h"
#include "engine/expressions/yaql_scope.h"

#include <functional>

namespace stormglass {

// Sequences in YAQL: what the reference freezes into tuples (input, literals, most results) is a
// List here, so that a workflow's context needs no conversion; what the reference leaves a mutable
// list, printed in brackets and without a hash, is a Tuple.
inline Value yaqlMutableList(ValueList items)
{
    return Value::tuple(std::move(items));
}

// The value with Python's own kinds, tuples where YAQL freezes, for functions that YAQL shares with
// others; applied to their results it is the way back.
Value withOtherSequences(Evaluation &evaluation, const Value &value);

// `key => value` as an argument.
class YaqlRule final : public Object
{
public:
    YaqlRule(Value key, Value value)
        : m_key(std::move(key))
        , m_value(std::move(value))
    {
    }
    std::string_view typeName() const override { return "MappingRule"; }
    const Value &key() const { return m_key; }
    const Value &value() const { return m_value; }

private:
    const Value m_key;
    const Value m_value;
};

class YaqlRegex final : public Object
{
public:
    YaqlRegex(Regex regex, const RegexFlags &flags)
        : m_regex(std::move(regex))
        , m_flags(flags)
    {
    }
    std::string_view typeName() const override { return "re.Pattern"; }
    std::string repr(Evaluation &evaluation) const override;
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;
    const Regex &regex() const { return m_regex; }

private:
    const Regex m_regex;
    const RegexFlags m_flags;
};

// What can be walked beside lists and sets.
class YaqlIterable : public Object
{
public:
    // How many lazy sequences lie behind this one, each asking the next.
    virtual int nesting() const { return 0; }
};

// A sequence computed as it is walked, once. It belongs to one evaluation.
class YaqlLazy final : public YaqlIterable
{
public:
    using Next = std::function<bool(YaqlEvaluation &, Value &)>;
    YaqlLazy(Next next, int nesting, Position place)
        : m_nesting(nesting)
        , m_state(std::make_shared<State>(State{std::move(next), place, false}))
    {
    }
    // Out of a function that is `next`; the sources are the sequences it walks. Fails where too
    // many lie behind each other.
    static Value make(YaqlEvaluation &evaluation, std::initializer_list<Value> sources, Next next);

    std::string_view typeName() const override { return "generator"; }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    int nesting() const override { return m_nesting; }
    // The same sequence, to be walked any number of times: what it gave is kept.
    Value remembering() const;

private:
    struct State
    {
        Next next;
        // Where it was made: there it is to be mended.
        Position place;
        bool isDone = false;
    };
    class Walk;
    class RememberingWalk;
    const int m_nesting;
    const std::shared_ptr<State> m_state;
    // What was given so far, where it is kept.
    std::shared_ptr<ValueList> m_memory;
};

// A lazy sequence of items that are there already.
Value yaqlIteratorOver(YaqlEvaluation &evaluation, ValueList items);

// A sequence that can be walked again and is no more than asked for.
Value memorized(YaqlEvaluation &evaluation, const Value &sequence);

// keys(), values(), items() of a map.
class YaqlMapView final : public YaqlIterable
{
public:
    enum class Part { Keys, Values, Items };
    YaqlMapView(Value map, Part part)
        : m_map(std::move(map))
        , m_part(part)
    {
    }
    std::string_view typeName() const override;
    bool truth(Evaluation &) const override { return !m_map.entries().isEmpty(); }
    std::optional<std::int64_t> length(Evaluation &) const override;
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    std::string repr(Evaluation &evaluation) const override;
    bool isSetLike() const { return m_part != Part::Values; }
    Value itemAt(std::size_t position) const;
    std::size_t size() const { return m_map.entries().size(); }

private:
    const Value m_map;
    const Part m_part;
};

// orderBy(…).thenBy(…): sorted when it is walked.
class YaqlOrdered final : public YaqlIterable
{
public:
    struct Field
    {
        YaqlLambda selector;
        bool isDescending = false;
    };
    YaqlOrdered(Value source, std::vector<Field> fields)
        : m_source(std::move(source))
        , m_fields(std::move(fields))
    {
    }
    std::string_view typeName() const override { return "OrderingIterable"; }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    int nesting() const override;
    const Value &source() const { return m_source; }
    const std::vector<Field> &fields() const { return m_fields; }

private:
    const Value m_source;
    const std::vector<Field> m_fields;
};

int nestingOf(const Value &sequence);

// hash(value) would work in the reference; fails with `unhashable type` otherwise.
bool isYaqlHashable(Evaluation &evaluation, const Value &value);

// What leaves an evaluation: lazy sequences and tuples are lists, sets stay sets.
Value yaqlOutput(Evaluation &evaluation, const Value &value);

} // namespace stormglass
