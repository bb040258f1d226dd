#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_attribute_path.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/sorting.h"
#include "engine/expressions/undefined.h"

#include <array>

namespace stormglass {

namespace {

SortOrder orderOf(Evaluation &evaluation, const Value &isReversed)
{
    const auto flag = indexIn(isReversed);
    if (!flag)
        evaluation.failType("'" + typeNameOf(isReversed)
                            + "' object cannot be interpreted as an integer");
    return flag.value_or(0) != 0 ? SortOrder::Descending : SortOrder::Ascending;
}

Value sort(Evaluation &evaluation, const BoundArguments &arguments)
{
    const SortKey key(arguments[3], isTrue(evaluation, arguments[2]));
    ValueList items = listOf(evaluation, arguments[0]);
    const SortOrder order
        = evaluation.failed() ? SortOrder::Ascending : orderOf(evaluation, arguments[1]);
    if (evaluation.failed())
        return {};
    sortValuesBy(evaluation, items, order,
                 [&](const Value &item) { return key.of(evaluation, item); });
    return Value(std::move(items));
}

Value dictsort(Evaluation &evaluation, const BoundArguments &arguments)
{
    const bool mindsCase = isTrue(evaluation, arguments[1]);
    const bool byKey = arguments[2] == Value("key");
    if (!byKey && arguments[2] != Value("value"))
        return evaluation.fail(PythonError::FilterArgument,
                               "You can only sort by either \"key\" or \"value\"");
    if (const Object *object = asObject(arguments[0]); object && !object->isOperand(evaluation))
        return {};
    if (!arguments[0].isMap())
        return evaluation.fail(PythonError::Attribute,
                               "'" + typeNameOf(arguments[0])
                                   + "' object has no attribute 'items'");
    ValueList pairs;
    for (const ValueMap::Entry &entry : arguments[0].entries())
        pairs.push_back(Value::tuple({entry.key, entry.value}));
    const SortOrder order = orderOf(evaluation, arguments[3]);
    if (evaluation.failed())
        return {};
    sortValuesBy(evaluation, pairs, order, [&](const Value &pair) {
        const Value &part = pair.items()[byKey ? 0 : 1];
        return mindsCase ? part : withoutCase(part);
    });
    return Value(std::move(pairs));
}

Value unique(Evaluation &evaluation, const BoundArguments &arguments)
{
    auto next
        = [source = arguments[0], mindsCase = arguments[1], path = AttributePath(arguments[2]),
           nothing = Undefined::ofMessage(evaluation, "undefined"), seen = ValueSet(),
           items = std::shared_ptr<Iterator>()](Evaluation &running, Value &out) mutable {
              if (!items)
                  items = iterate(running, source);
              while (items && items->next(running, out)) {
                  const Value member = path.of(running, out);
                  if (running.failed())
                      return false;
                  Value key = isTrue(running, mindsCase) ? member : withoutCase(member);
                  if (!isHashable(running, key))
                      return false;
                  // All that is undefined is one.
                  if (isUndefined(key))
                      key = nothing;
                  if (seen.contains(key))
                      continue;
                  seen.add(key);
                  return true;
              }
              return false;
          };
    return Generator::make("generator", std::move(next));
}

enum class Extreme { Least, Greatest };

Value extreme(Evaluation &evaluation, const BoundArguments &arguments, Extreme wanted)
{
    const bool mindsCase = isTrue(evaluation, arguments[1]);
    const AttributePath path(arguments[2]);
    std::optional<Value> best;
    Value bestKey;
    forEach(evaluation, arguments[0], [&](const Value &item) {
        const Value member = path.of(evaluation, item);
        if (evaluation.failed())
            return false;
        const Value key = mindsCase ? member : withoutCase(member);
        const bool isBetter = !best
            || (wanted == Extreme::Least ? less(evaluation, key, bestKey)
                                         : compare(evaluation, Comparison::Greater, key, bestKey));
        if (evaluation.failed())
            return false;
        if (isBetter) {
            best = item;
            bestKey = key;
        }
        return true;
    });
    if (!best && !evaluation.failed())
        return Undefined::ofMessage(evaluation, "No aggregated item, sequence was empty.");
    return best.value_or(Value());
}

Value min(Evaluation &evaluation, const BoundArguments &arguments)
{
    return extreme(evaluation, arguments, Extreme::Least);
}

Value max(Evaluation &evaluation, const BoundArguments &arguments)
{
    return extreme(evaluation, arguments, Extreme::Greatest);
}

// One group: a pair that can also be asked for `grouper` and `list`.
class Group final : public Object
{
public:
    Group(Value grouper, Value list)
        : m_pair(Value::tuple({std::move(grouper), std::move(list)}))
    {
    }
    std::string_view typeName() const override { return "_GroupTuple"; }
    std::string repr(Evaluation &evaluation) const override { return reprOf(evaluation, m_pair); }
    std::optional<std::int64_t> length(Evaluation &) const override { return 2; }
    std::unique_ptr<Iterator> iterate(Evaluation &evaluation) const override
    {
        return stormglass::iterate(evaluation, m_pair);
    }
    std::optional<Value> item(Evaluation &evaluation, const Value &index) const override
    {
        return subscript(evaluation, m_pair, index);
    }
    std::optional<Value> attribute(Evaluation &, std::string_view name) const override
    {
        if (name == "grouper")
            return m_pair.items()[0];
        return name == "list" ? std::optional(m_pair.items()[1]) : std::nullopt;
    }
    std::optional<bool> equals(Evaluation &evaluation, const Value &other) const override
    {
        const auto *group = objectAs<Group>(other);
        return equal(evaluation, m_pair, group ? group->m_pair : other);
    }

private:
    const Value m_pair;
};

Value groupby(Evaluation &evaluation, const BoundArguments &arguments)
{
    const AttributePath path(arguments[1]);
    const bool mindsCase = isTrue(evaluation, arguments[3]);
    const auto keyOf = [&](const Value &item) {
        const Value member = path.of(evaluation, item, arguments[2]);
        return mindsCase || evaluation.failed() ? member : withoutCase(member);
    };
    ValueList items = listOf(evaluation, arguments[0]);
    if (evaluation.failed() || !sortValuesBy(evaluation, items, SortOrder::Ascending, keyOf))
        return {};
    ValueList groups;
    for (std::size_t start = 0; start < items.size() && !evaluation.failed();) {
        const Value key = keyOf(items[start]);
        std::size_t end = start + 1;
        while (end < items.size() && equal(evaluation, keyOf(items[end]), key)
               && !evaluation.failed())
            ++end;
        ValueList members(items.begin() + static_cast<std::ptrdiff_t>(start),
                          items.begin() + static_cast<std::ptrdiff_t>(end));
        // The group's name is written as in its first item.
        Value name = path.of(evaluation, members.front(), arguments[2]);
        groups.emplace_back(
            std::make_shared<const Group>(std::move(name), Value(std::move(members))));
        start = end;
    }
    return Value(std::move(groups));
}

constexpr std::array entries{
    FunctionEntry{"sort", "do_sort(value, reverse=False, case_sensitive=False, attribute=None)",
                  sort},
    FunctionEntry{"dictsort", "do_dictsort(value, case_sensitive=False, by='key', reverse=False)",
                  dictsort},
    FunctionEntry{"unique", "do_unique(value, case_sensitive=False, attribute=None)", unique},
    FunctionEntry{"min", "do_min(value, case_sensitive=False, attribute=None)", min},
    FunctionEntry{"max", "do_max(value, case_sensitive=False, attribute=None)", max},
    FunctionEntry{"groupby", "do_groupby(value, attribute, default=None, case_sensitive=False)",
                  groupby},
};

} // namespace

std::span<const FunctionEntry> jinjaOrderFilters()
{
    return entries;
}

} // namespace stormglass
