#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

namespace stormglass {

namespace {

// The distance between two 64-bit numbers need not fit in one.
__extension__ using int128 = __int128;

class RangeIterator final : public Iterator
{
public:
    explicit RangeIterator(const Range &range)
        : m_range(range)
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next >= m_range.size() || !evaluation.step())
            return false;
        item = Value(m_range.at(m_next++));
        return true;
    }

private:
    const Range m_range;
    std::int64_t m_next = 0;
};

} // namespace

std::int64_t Range::size() const
{
    const int128 distance = static_cast<int128>(m_stop) - m_start;
    const int128 step = m_step;
    if (step > 0)
        return distance <= 0 ? 0 : static_cast<std::int64_t>((distance + step - 1) / step);
    return distance >= 0 ? 0 : static_cast<std::int64_t>((distance + step + 1) / step);
}

std::string Range::repr(Evaluation &) const
{
    std::string text = "range(" + std::to_string(m_start) + ", " + std::to_string(m_stop);
    if (m_step != 1)
        text += ", " + std::to_string(m_step);
    return text + ")";
}

std::unique_ptr<Iterator> Range::iterate(Evaluation &) const
{
    return std::make_unique<RangeIterator>(*this);
}

std::optional<Value> Range::item(Evaluation &evaluation, const Value &index) const
{
    const auto position = indexIn(index);
    if (!position)
        return evaluation.failType("range indices must be integers or slices, not "
                                   + typeNameOf(index));
    const std::int64_t place = *position < 0 ? *position + size() : *position;
    if (place < 0 || place >= size())
        return evaluation.fail(PythonError::Index, "range object index out of range");
    return Value(at(place));
}

std::optional<bool> Range::equals(Evaluation &, const Value &other) const
{
    const auto *range = objectAs<Range>(other);
    if (!range || range->size() != size())
        return false;
    if (size() == 0)
        return true;
    return range->m_start == m_start && (size() == 1 || range->m_step == m_step);
}

std::optional<bool> Range::contains(Evaluation &, const Value &item) const
{
    const auto number = indexIn(item);
    if (!number)
        return std::nullopt;
    const bool isWithin = m_step > 0 ? *number >= m_start && *number < m_stop
                                     : *number <= m_start && *number > m_stop;
    return isWithin && (static_cast<int128>(*number) - m_start) % m_step == 0;
}

std::optional<Value> Range::attribute(Evaluation &, std::string_view name) const
{
    if (name == "start")
        return Value(m_start);
    if (name == "stop")
        return Value(m_stop);
    return name == "step" ? std::optional<Value>(m_step) : std::nullopt;
}

Range Range::slice(std::int64_t first, std::int64_t past, std::int64_t step) const
{
    return Range(at(first), at(past), m_step * step);
}

std::string_view MapView::typeName() const
{
    switch (m_part) {
    case Part::Keys:
        return "dict_keys";
    case Part::Values:
        return "dict_values";
    case Part::Items:
        return "dict_items";
    }
    return "dict_items";
}

std::string MapView::repr(Evaluation &evaluation) const
{
    std::string text = std::string(typeName()) + "([";
    for (std::size_t i = 0; i < entries().size() && !evaluation.failed(); ++i) {
        if (i > 0)
            text += ", ";
        appendRepr(evaluation, itemAt(i), text);
    }
    return text + "])";
}

std::optional<std::int64_t> MapView::length(Evaluation &) const
{
    return static_cast<std::int64_t>(entries().size());
}

Value MapView::itemAt(std::size_t position) const
{
    const ValueMap::Entry &entry = entries().at(position);
    switch (m_part) {
    case Part::Keys:
        return entry.key;
    case Part::Values:
        return entry.value;
    case Part::Items:
        return Value::tuple({entry.key, entry.value});
    }
    return {};
}

std::unique_ptr<Iterator> MapView::iterate(Evaluation &) const
{
    class ViewIterator final : public Iterator
    {
    public:
        explicit ViewIterator(const MapView &view)
            : m_view(view)
            , m_size(view.entries().size())
        {
        }
        bool next(Evaluation &evaluation, Value &item) override
        {
            if (m_view.entries().size() != m_size) {
                evaluation.fail(PythonError::Runtime, "dictionary changed size during iteration");
                return false;
            }
            if (m_next >= m_size || !evaluation.step())
                return false;
            evaluation.see(m_view.entries().at(m_next).value);
            item = m_view.itemAt(m_next++);
            return true;
        }

    private:
        const MapView m_view;
        const std::size_t m_size;
        std::size_t m_next = 0;
    };
    return std::make_unique<ViewIterator>(*this);
}

std::optional<bool> MapView::equals(Evaluation &evaluation, const Value &other) const
{
    const auto *view = objectAs<MapView>(other);
    if (!view || m_part == Part::Values || view->m_part == Part::Values)
        return view == this;
    if (view->entries().size() != entries().size())
        return false;
    for (std::size_t i = 0; i < entries().size(); ++i) {
        if (!stormglass::contains(evaluation, other, itemAt(i)))
            return false;
    }
    return true;
}

} // namespace stormglass
