#include "engine/expressions/sorting.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"

#include <algorithm>

namespace stormglass {

namespace {

struct Keyed
{
    Value key;
    std::size_t place;
};

// A merge sort of our own: a comparison may fail or contradict itself, which std::sort must not
// see.
class Merger
{
public:
    Merger(Evaluation &evaluation, SortOrder order, std::vector<Keyed> &entries)
        : m_evaluation(evaluation)
        , m_order(order)
        , m_entries(entries)
        , m_spare(entries.size())
    {
    }

    bool sort()
    {
        for (std::size_t width = 1; width < m_entries.size() && !m_evaluation.failed();
             width *= 2) {
            for (std::size_t start = 0; start < m_entries.size(); start += 2 * width)
                merge(start, std::min(start + width, m_entries.size()),
                      std::min(start + 2 * width, m_entries.size()));
            std::swap(m_entries, m_spare);
        }
        return !m_evaluation.failed();
    }

private:
    // Whether the right one must come first.
    bool rightFirst(const Keyed &left, const Keyed &right)
    {
        if (m_evaluation.failed() || !m_evaluation.step())
            return false;
        return m_order == SortOrder::Ascending ? less(m_evaluation, right.key, left.key)
                                               : less(m_evaluation, left.key, right.key);
    }

    void merge(std::size_t left, std::size_t middle, std::size_t end)
    {
        std::size_t right = middle;
        for (std::size_t out = left, from = left; out < end; ++out) {
            const bool takesRight
                = from >= middle || (right < end && rightFirst(m_entries[from], m_entries[right]));
            m_spare[out] = std::move(takesRight ? m_entries[right++] : m_entries[from++]);
        }
    }

    Evaluation &m_evaluation;
    const SortOrder m_order;
    std::vector<Keyed> &m_entries;
    std::vector<Keyed> m_spare;
};

} // namespace

bool sortValues(Evaluation &evaluation, ValueList &values, SortOrder order)
{
    return sortValuesBy(evaluation, values, order, [](const Value &value) { return value; });
}

bool sortValuesBy(Evaluation &evaluation, ValueList &values, SortOrder order,
                  const std::function<Value(const Value &)> &key)
{
    std::vector<Keyed> entries;
    entries.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        entries.push_back({key(values[i]), i});
        if (evaluation.failed())
            return false;
    }
    if (!Merger(evaluation, order, entries).sort())
        return false;
    ValueList sorted;
    sorted.reserve(values.size());
    for (const Keyed &entry : entries)
        sorted.push_back(values[entry.place]);
    values = std::move(sorted);
    return true;
}

} // namespace stormglass
