#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <array>
#include <deque>

namespace stormglass {

namespace {

using Source = std::shared_ptr<Iterator>;

// `[key, what the aggregator makes of the values]`. An aggregator written for the whole pair still
// works: where the first group's values do not suit it, it is given the pair instead.
class Aggregator
{
public:
    explicit Aggregator(YaqlLambda lambda)
        : m_lambda(std::move(lambda))
    {
    }

    Value operator()(YaqlEvaluation &evaluation, const Value &key, const Value &values)
    {
        if (m_form == Form::Pair)
            return ofPair(evaluation, key, values);
        const Value result = m_lambda(evaluation, values);
        if (!evaluation.failed()) {
            if (!looksLikePair(evaluation, result, values.items()))
                m_form = Form::Values;
            return Value::list({key, result});
        }
        if (m_form == Form::Values || !isMisfit(evaluation.errorKind()))
            return {};
        return afterMisfit(evaluation, key, values);
    }

private:
    enum class Form { Unknown, Values, Pair };

    static bool isMisfit(std::string_view kind)
    {
        return kind == YaqlError::NoMatchingMethod || kind == YaqlError::NoMatchingFunction
            || kind == PythonError::Index;
    }

    static bool looksLikePair(YaqlEvaluation &evaluation, const Value &result,
                              const ValueList &values)
    {
        return values.size() == 2 && result.isSequence() && result.items().size() == 2
            && equal(evaluation, result.items()[0], values[0]);
    }

    Value afterMisfit(YaqlEvaluation &evaluation, const Value &key, const Value &values)
    {
        const std::string_view kind = isMisfitKind(evaluation.errorKind());
        const std::string message = evaluation.errorMessage();
        evaluation.recover(kind);
        m_form = Form::Pair;
        const Value result = ofPair(evaluation, key, values);
        if (evaluation.failed() && evaluation.errorKind() != PythonError::Limit
            && evaluation.recover(evaluation.errorKind()))
            return evaluation.fail(kind, message);
        return evaluation.failed() || isPair(result) ? result : evaluation.fail(kind, message);
    }

    // The same as static text.
    static std::string_view isMisfitKind(std::string_view kind)
    {
        return kind == YaqlError::NoMatchingMethod ? YaqlError::NoMatchingMethod
            : kind == PythonError::Index           ? PythonError::Index
                                                   : YaqlError::NoMatchingFunction;
    }

    static bool isPair(const Value &value)
    {
        return value.isSequence() && value.items().size() == 2;
    }

    Value ofPair(YaqlEvaluation &evaluation, const Value &key, const Value &values) const
    {
        return m_lambda(evaluation, Value::list({key, values}));
    }

    const YaqlLambda m_lambda;
    Form m_form = Form::Unknown;
};

Value groupBy(const YaqlCall &call)
{
    const YaqlLambda keyOf = call.lambda(1);
    const YaqlLambda valueOf = call.lambda(2);
    ValueMap numbers;
    std::vector<ValueList> groups;
    forEach(call.evaluation, call[0], [&](const Value &item) {
        const Value value = valueOf ? valueOf(call.evaluation, item) : item;
        const Value key = keyOf(call.evaluation, item);
        if (call.evaluation.failed() || !isYaqlHashable(call.evaluation, key))
            return false;
        const Value *const number = numbers.find(key);
        if (!number) {
            numbers.set(key, Value(static_cast<std::int64_t>(groups.size())));
            groups.emplace_back();
        }
        groups[number ? static_cast<std::size_t>(number->toInt()) : groups.size() - 1].push_back(
            value);
        return true;
    });
    ValueList pairs;
    Aggregator aggregator(call.lambda(3));
    for (std::size_t i = 0; i < groups.size() && !call.evaluation.failed(); ++i) {
        const Value &key = numbers.at(i).key;
        Value values = yaqlMutableList(std::move(groups[i]));
        pairs.push_back(call.isGiven(3) ? aggregator(call.evaluation, key, values)
                                        : Value::list({key, values}));
    }
    return yaqlIteratorOver(call.evaluation, std::move(pairs));
}

Value join(const YaqlCall &call)
{
    const Value others = memorized(call.evaluation, call[1]);
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0], call[1]},
                          [source, others, predicate = call.lambda(2), selector = call.lambda(3),
                           pair = std::array<Value, 2>(),
                           walk = Source()](YaqlEvaluation &inner, Value &item) mutable {
                              while (!inner.failed()) {
                                  if (!walk) {
                                      if (!source->next(inner, pair[0]))
                                          return false;
                                      walk = iterate(inner, others);
                                  }
                                  if (!walk->next(inner, pair[1])) {
                                      walk.reset();
                                      continue;
                                  }
                                  const Value isOne = predicate(inner, pair);
                                  if (inner.failed() || !isTrue(inner, isOne))
                                      continue;
                                  item = selector(inner, pair);
                                  return !inner.failed();
                              }
                              return false;
                          });
}

class Merger
{
public:
    explicit Merger(const YaqlCall &call)
        : m_call(call)
        , m_lists(call.lambda(2))
        , m_items(call.lambda(3))
    {
    }

    Value merge(const Value &left, const Value &right, std::int64_t levels)
    {
        const DepthGuard depth(m_call.evaluation);
        if (!depth)
            return {};
        ValueMap result;
        for (const ValueMap::Entry &entry : left.entries()) {
            const Value *const other = right.entries().find(entry.key);
            result.set(entry.key, other ? merged(entry.value, *other, levels) : entry.value);
            if (!m_call.evaluation.step())
                return {};
        }
        for (const ValueMap::Entry &entry : right.entries()) {
            if (!result.find(entry.key))
                result.set(entry.key, entry.value);
        }
        return Value(std::move(result));
    }

private:
    Value merged(const Value &left, const Value &right, std::int64_t levels)
    {
        if (levels != 1 && right.isMap())
            return left.isMap() ? merge(left, right, levels == 0 ? 0 : levels - 1)
                                : refuse(left, right);
        if (levels != 1 && right.isSequence())
            return left.isSequence() ? mergedLists(left, right) : refuse(left, right);
        const std::array<Value, 2> pair{left, right};
        return m_call.isGiven(3) ? m_items(m_call.evaluation, pair) : right;
    }

    Value mergedLists(const Value &left, const Value &right)
    {
        const std::array<Value, 2> pair{left, right};
        if (m_call.isGiven(2))
            return m_lists(m_call.evaluation, pair);
        ValueList items;
        ValueSet seen;
        for (const Value &list : pair) {
            for (const Value &item : list.items()) {
                if (!isYaqlHashable(m_call.evaluation, item))
                    return {};
                if (!seen.contains(item))
                    items.push_back(item);
                seen.add(item);
            }
        }
        return Value(std::move(items));
    }

    Value refuse(const Value &left, const Value &right)
    {
        return m_call.evaluation.failType("Cannot merge <class '" + typeNameOf(left)
                                          + "'> with <class '" + typeNameOf(right) + "'>");
    }

    const YaqlCall &m_call;
    const YaqlLambda m_lists;
    const YaqlLambda m_items;
};

Value mergeWith(const YaqlCall &call)
{
    return Merger(call).merge(call[0], call[1], call.integer(4));
}

// False where the item was met before; or, failed, where that cannot be told.
bool isNew(YaqlEvaluation &evaluation, ValueSet &past, const Value &item)
{
    if (!isYaqlHashable(evaluation, item) || past.contains(item))
        return false;
    past.add(item);
    return evaluation.allowsItems(static_cast<std::int64_t>(past.size()));
}

Value generate(const YaqlCall &call)
{
    return YaqlLazy::make(
        call.evaluation, {},
        [current = call[0], isFirst = true, goesOn = call.lambda(1), producer = call.lambda(2),
         selector = call.lambda(3), decycles = call[4].toBool(),
         past = ValueSet()](YaqlEvaluation &inner, Value &item) mutable {
            if (!std::exchange(isFirst, false))
                current = producer(inner, current);
            if (inner.failed() || !isTrue(inner, goesOn(inner, current)) || inner.failed())
                return false;
            if (decycles && !isNew(inner, past, current))
                return false;
            item = selector ? selector(inner, current) : current;
            return !inner.failed();
        });
}

// Breadth first, or depth first: what an item produces comes last, or next.
Value generateMany(const YaqlCall &call)
{
    return YaqlLazy::make(
        call.evaluation, {},
        [queue = std::deque<Value>{call[0]}, producer = call.lambda(1), selector = call.lambda(2),
         decycles = call[3].toBool(), isDepthFirst = call[4].toBool(), past = ValueSet(),
         last = std::optional<Value>()](YaqlEvaluation &inner, Value &item) mutable {
            if (last) {
                const ValueList produced = listOf(inner, producer(inner, *last));
                queue.insert(isDepthFirst ? queue.begin() : queue.end(), produced.begin(),
                             produced.end());
                last.reset();
            }
            while (!queue.empty() && inner.allowsItems(static_cast<std::int64_t>(queue.size()))) {
                const Value next = queue.front();
                queue.pop_front();
                if (decycles && !isNew(inner, past, next))
                    continue;
                last = next;
                item = selector ? selector(inner, next) : next;
                return !inner.failed();
            }
            return false;
        });
}

YaqlOrdered::Field fieldOf(const YaqlCall &call, bool isDescending)
{
    return {call.lambda(1), isDescending};
}

template <bool isDescending>
Value orderBy(const YaqlCall &call)
{
    return Value(std::make_shared<const YaqlOrdered>(
        call[0], std::vector<YaqlOrdered::Field>{fieldOf(call, isDescending)}));
}

template <bool isDescending>
Value thenBy(const YaqlCall &call)
{
    const auto *const ordered = objectAs<YaqlOrdered>(call[0]);
    std::vector<YaqlOrdered::Field> fields = ordered->fields();
    fields.push_back(fieldOf(call, isDescending));
    return Value(std::make_shared<const YaqlOrdered>(ordered->source(), std::move(fields)));
}

constexpr std::array entries{
    YaqlFunctionEntry{"m groupBy(collection:iter, keySelector:lambda, valueSelector:lambda=null, "
                      "aggregator:lambda=null)",
                      groupBy},
    YaqlFunctionEntry{"m join(collection1:iter, collection2:iter, predicate:lambda, "
                      "selector:lambda)",
                      join},
    YaqlFunctionEntry{"m mergeWith(dict:dict, another:dict, listMerger:lambda=null, "
                      "itemMerger:lambda=null, maxLevels:int=0)",
                      mergeWith},
    YaqlFunctionEntry{"f generate(initial:any, predicate:lambda, producer:lambda, "
                      "selector:lambda=null, decycle:bool=false)",
                      generate},
    YaqlFunctionEntry{"f generateMany(initial:any, producer:lambda, selector:lambda=null, "
                      "decycle:bool=false, depthFirst:bool=false)",
                      generateMany},
    YaqlFunctionEntry{"m orderBy(collection:iter, selector:lambda)", orderBy<false>},
    YaqlFunctionEntry{"m orderByDescending(collection:iter, selector:lambda)", orderBy<true>},
    YaqlFunctionEntry{"m thenBy(collection:ordered, selector:lambda)", thenBy<false>},
    YaqlFunctionEntry{"m thenByDescending(collection:ordered, selector:lambda)", thenBy<true>},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlGroupFunctions()
{
    return entries;
}

} // namespace stormglass
