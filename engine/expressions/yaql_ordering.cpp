#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_overloads.h"

namespace stormglass {

namespace {

// An item with what it is ordered by.
struct Row
{
    Value item;
    ValueList keys;
};

class Sorter
{
public:
    Sorter(YaqlEvaluation &evaluation, const std::vector<YaqlOrdered::Field> &fields)
        : m_evaluation(evaluation)
        , m_fields(fields)
    {
    }

    // Merging, since the order is an expression that may fail or make no sense: no comparison that
    // it gives can lead beyond the rows.
    void sort(std::vector<Row> &rows)
    {
        std::vector<Row> merged(rows.size());
        for (std::size_t width = 1; width < rows.size() && !m_evaluation.failed(); width *= 2) {
            for (std::size_t begin = 0; begin < rows.size(); begin += 2 * width)
                merge(rows, merged, begin, width);
            std::swap(rows, merged);
        }
    }

private:
    void merge(std::vector<Row> &from, std::vector<Row> &to, std::size_t begin, std::size_t width)
    {
        std::size_t left = begin;
        const std::size_t middle = std::min(begin + width, from.size());
        std::size_t right = middle;
        const std::size_t end = std::min(begin + 2 * width, from.size());
        for (std::size_t at = begin; at < end; ++at) {
            const bool takesRight
                = right < end && (left >= middle || isBefore(from[right], from[left]));
            to[at] = std::move(from[takesRight ? right++ : left++]);
        }
    }

    bool isBefore(const Row &a, const Row &b)
    {
        for (std::size_t i = 0; i < m_fields.size() && !m_evaluation.failed(); ++i) {
            const Value &first = m_fields[i].isDescending ? b.keys[i] : a.keys[i];
            const Value &second = m_fields[i].isDescending ? a.keys[i] : b.keys[i];
            if (isLess(first, second))
                return true;
            if (isGreater(first, second))
                return false;
        }
        return false;
    }

    bool isLess(const Value &a, const Value &b)
    {
        if (a.isInt() && b.isInt())
            return m_evaluation.step() && a.toInt() < b.toInt();
        return isTrue(m_evaluation, callYaqlFunction(m_evaluation, "#operator_<", {a, b}));
    }

    bool isGreater(const Value &a, const Value &b)
    {
        if (a.isInt() && b.isInt())
            return a.toInt() > b.toInt();
        return isTrue(m_evaluation, callYaqlFunction(m_evaluation, "#operator_>", {a, b}));
    }

    YaqlEvaluation &m_evaluation;
    const std::vector<YaqlOrdered::Field> &m_fields;
};

} // namespace

std::unique_ptr<Iterator> YaqlOrdered::iterate(Evaluation &evaluation) const
{
    auto &own = static_cast<YaqlEvaluation &>(evaluation);
    ValueList items = listOf(own, m_source);
    // Of a single one no key is ever asked for.
    if (items.size() > 1) {
        std::vector<Row> rows;
        for (const Value &item : items) {
            rows.push_back({item, {}});
            for (const Field &field : m_fields)
                rows.back().keys.push_back(field.selector(own, item));
        }
        Sorter(own, m_fields).sort(rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            items[i] = std::move(rows[i].item);
    }
    return stormglass::iterate(own, Value(std::move(items)));
}

} // namespace stormglass
