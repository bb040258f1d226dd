#pragma once

#include "engine/expressions/object.h"

#include <functional>

namespace stormglass {

// iter(value): fails with Python's TypeError and returns null if the value cannot be iterated. Maps
// give their keys, texts their code points. Each step costs the evaluation one.
std::unique_ptr<Iterator> iterate(Evaluation &evaluation, const Value &value);
bool isIterable(Evaluation &evaluation, const Value &value);

// list(value), within the limit on items.
ValueList listOf(Evaluation &evaluation, const Value &value);

// dict(value): of a map, or of pairs.
ValueMap mapOf(Evaluation &evaluation, const Value &value);

// Calls for each item until the function returns false or the evaluation fails.
void forEach(Evaluation &evaluation, const Value &value,
             const std::function<bool(const Value &)> &take);

// len(value); -1, and failed, if it has none.
std::int64_t lengthOf(Evaluation &evaluation, const Value &value);

// `item in container`.
bool contains(Evaluation &evaluation, const Value &container, const Value &item);

// An iterator as a value, used up by whoever walks it first, as a Python generator is. It belongs
// to one evaluation and is not for keeping: take `listOf` before a value leaves.
class Generator final : public Object
{
public:
    Generator(std::string_view name, std::unique_ptr<Iterator> iterator)
        : m_name(name)
        , m_iterator(std::move(iterator))
    {
    }
    static Value make(std::string_view name, std::unique_ptr<Iterator> iterator)
    {
        return Value(std::make_shared<const Generator>(name, std::move(iterator)));
    }
    // A generator out of a function that is `next`.
    static Value make(std::string_view name, std::function<bool(Evaluation &, Value &)> next);

    std::string_view typeName() const override { return m_name; }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;

private:
    std::string_view m_name;
    std::shared_ptr<Iterator> m_iterator;
};

// range(start, stop, step).
class Range final : public Object
{
public:
    Range(std::int64_t start, std::int64_t stop, std::int64_t step)
        : m_start(start)
        , m_stop(stop)
        , m_step(step)
    {
    }
    std::string_view typeName() const override { return "range"; }
    std::string repr(Evaluation &evaluation) const override;
    bool truth(Evaluation &) const override { return size() > 0; }
    std::optional<std::int64_t> length(Evaluation &) const override { return size(); }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    std::optional<Value> item(Evaluation &evaluation, const Value &index) const override;
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;
    std::optional<bool> contains(Evaluation &evaluation, const Value &item) const override;
    std::optional<Value> attribute(Evaluation &evaluation, std::string_view name) const override;

    std::int64_t size() const;
    Range slice(std::int64_t first, std::int64_t past, std::int64_t step) const;
    std::int64_t at(std::int64_t index) const { return m_start + index * m_step; }

private:
    const std::int64_t m_start;
    const std::int64_t m_stop;
    const std::int64_t m_step;
};

// What dict.keys(), .values() and .items() give: a view over the map as it was when it was asked
// for.
class MapView final : public Object
{
public:
    enum class Part { Keys, Values, Items };
    MapView(Value map, Part part)
        : m_map(std::move(map))
        , m_part(part)
    {
    }
    std::string_view typeName() const override;
    std::string repr(Evaluation &evaluation) const override;
    bool truth(Evaluation &) const override { return !m_map.entries().isEmpty(); }
    std::optional<std::int64_t> length(Evaluation &evaluation) const override;
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override;
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override;

    Part part() const { return m_part; }
    const ValueMap &entries() const { return m_map.entries(); }

private:
    Value itemAt(std::size_t position) const;

    const Value m_map;
    const Part m_part;
};

} // namespace stormglass
