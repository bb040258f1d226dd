#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Source = std::shared_ptr<Iterator>;

Value listOfValues(const YaqlCall &call)
{
    return Value(call.restValues());
}

// Lazy sequences are expanded, at any depth.
bool expandInto(const YaqlCall &call, ValueList &list, const Value &value)
{
    const DepthGuard depth(call.evaluation);
    if (!depth)
        return false;
    if (!objectAs<YaqlLazy>(value)) {
        list.push_back(value);
        return call.evaluation.allowsItems(static_cast<std::int64_t>(list.size()));
    }
    forEach(call.evaluation, value,
            [&](const Value &item) { return expandInto(call, list, item); });
    return !call.evaluation.failed();
}

Value listOfArguments(const YaqlCall &call)
{
    ValueList list;
    for (std::size_t i = 0; i < call.restCount(); ++i)
        expandInto(call, list, call.rest(i));
    return Value(std::move(list));
}

Value toList(const YaqlCall &call)
{
    return call[0].isList() ? call[0] : Value(listOf(call.evaluation, call[0]));
}

// What is walked is walked into, but for text and maps.
bool flattenInto(const YaqlCall &call, ValueList &list, const Value &sequence)
{
    const DepthGuard depth(call.evaluation);
    if (!depth)
        return false;
    forEach(call.evaluation, sequence, [&](const Value &item) {
        if (isOfYaqlType(YaqlType::Iterable, item))
            return flattenInto(call, list, item);
        list.push_back(item);
        return call.evaluation.allowsItems(static_cast<std::int64_t>(list.size()));
    });
    return !call.evaluation.failed();
}

Value flatten(const YaqlCall &call)
{
    ValueList list;
    flattenInto(call, list, call[0]);
    return yaqlIteratorOver(call.evaluation, std::move(list));
}

Value itemAt(const YaqlCall &call)
{
    return subscript(call.evaluation, call[0], call[1]);
}

Value containsItem(const YaqlCall &call, const Value &collection, const Value &item)
{
    if (collection.isSet())
        return isYaqlHashable(call.evaluation, item) && collection.members().contains(item);
    return contains(call.evaluation, collection, item);
}

Value isIn(const YaqlCall &call)
{
    return containsItem(call, call[1], call[0]);
}

Value containsMethod(const YaqlCall &call)
{
    return containsItem(call, call[0], call[1]);
}

Value concatenated(YaqlEvaluation &evaluation, ValueList sequences)
{
    int nesting = 0;
    Value deepest;
    for (const Value &sequence : sequences) {
        if (nestingOf(sequence) >= nesting) {
            nesting = nestingOf(sequence);
            deepest = sequence;
        }
    }
    return YaqlLazy::make(evaluation, {deepest},
                          [list = std::move(sequences), at = std::size_t{0},
                           walk = Source()](YaqlEvaluation &inner, Value &item) mutable {
                              for (; at < list.size() && !inner.failed(); ++at, walk.reset()) {
                                  if (!walk)
                                      walk = iterate(inner, list[at]);
                                  if (walk && walk->next(inner, item))
                                      return true;
                              }
                              return false;
                          });
}

Value concat(const YaqlCall &call)
{
    return concatenated(call.evaluation, call.restValues());
}

Value append(const YaqlCall &call)
{
    return concatenated(call.evaluation, {call[0], Value(call.restValues())});
}

Value combined(const YaqlCall &call)
{
    if (call[0].isList() && call[1].isList()) {
        ValueList list = call[0].items();
        list.insert(list.end(), call[1].items().begin(), call[1].items().end());
        return call.evaluation.affordsItems(static_cast<std::int64_t>(list.size()))
            ? Value(std::move(list))
            : Value();
    }
    if (call[0].isSet() && call[1].isSet()) {
        ValueSet set = call[0].members();
        for (std::size_t i = 0; i < call[1].members().size(); ++i)
            set.add(call[1].members().at(i));
        return Value(std::move(set));
    }
    return concatenated(call.evaluation, {call[0], call[1]});
}

Value product(const YaqlCall &call)
{
    return arithmetic(call.evaluation, Arithmetic::Multiply, call[0], call[1]);
}

Value listLength(const YaqlCall &call)
{
    return Value(static_cast<std::int64_t>(call[0].items().size()));
}

// Where a piece of `count` items begins; below zero it goes to the end.
struct Piece
{
    std::int64_t position;
    std::int64_t count;

    bool holds(std::int64_t index) const
    {
        return index >= position && (count < 0 || index - position < count);
    }
};

Value remove(const YaqlCall &call)
{
    const Piece piece{call.integer(1), call.integer(2)};
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(
        call.evaluation, {call[0]},
        [source, piece, index = std::int64_t{0}](YaqlEvaluation &inner, Value &item) mutable {
            while (source->next(inner, item)) {
                if (!piece.holds(index++))
                    return true;
            }
            return false;
        });
}

// Items of the piece give way to others, at the first of them.
Value replacedBy(const YaqlCall &call, const Value &others, const Piece &piece)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0], others},
                          [source, others, piece, index = std::int64_t{0}, insert = Source(),
                           isDone = false](YaqlEvaluation &inner, Value &item) mutable {
                              while (!inner.failed()) {
                                  if (insert) {
                                      if (insert->next(inner, item))
                                          return true;
                                      insert.reset();
                                  }
                                  if (!source->next(inner, item))
                                      return false;
                                  if (!piece.holds(index++))
                                      return true;
                                  if (!std::exchange(isDone, true))
                                      insert = iterate(inner, others);
                              }
                              return false;
                          });
}

Value replace(const YaqlCall &call)
{
    return replacedBy(call, Value::list({call[2]}), {call.integer(1), call.integer(3)});
}

Value replaceMany(const YaqlCall &call)
{
    return replacedBy(call, call[2], {call.integer(1), call.integer(3)});
}

enum class BeforeBegin { Dropped, Prepended };

// Others come before the item at a position, or at the end where there is none.
Value insertedAt(const YaqlCall &call, const Value &others, BeforeBegin beforeBegin)
{
    const std::int64_t position = call.integer(1);
    const Value taken = memorized(call.evaluation, others);
    ValueList items = listOf(call.evaluation, call[0]);
    if (position < 0 && beforeBegin == BeforeBegin::Dropped)
        return yaqlIteratorOver(call.evaluation, std::move(items));
    const ValueList more = listOf(call.evaluation, taken);
    const auto size = static_cast<std::int64_t>(items.size());
    const std::int64_t at = std::clamp<std::int64_t>(position, 0, size);
    items.insert(items.begin() + at, more.begin(), more.end());
    return call.evaluation.affordsItems(static_cast<std::int64_t>(items.size()))
        ? yaqlIteratorOver(call.evaluation, std::move(items))
        : Value();
}

Value insert(const YaqlCall &call)
{
    return insertedAt(call, Value::list({call[2]}), BeforeBegin::Dropped);
}

Value insertMany(const YaqlCall &call)
{
    return insertedAt(call, call[2], BeforeBegin::Prepended);
}

Value listInsert(const YaqlCall &call)
{
    ValueList items = call[0].items();
    const auto size = static_cast<std::int64_t>(items.size());
    const std::int64_t position = call.integer(1);
    const std::int64_t at
        = std::clamp<std::int64_t>(position < 0 ? position + size : position, 0, size);
    items.insert(items.begin() + at, call[2]);
    return yaqlMutableList(std::move(items));
}

Value isList(const YaqlCall &call)
{
    return call[0].isSequence();
}

Value isIterable(const YaqlCall &call)
{
    return isOfYaqlType(YaqlType::Iterable, call[0]);
}

constexpr std::array entries{
    YaqlFunctionEntry{"f list(*args:any)", listOfArguments},
    YaqlFunctionEntry{"f #list(*args:any)", listOfValues},
    YaqlFunctionEntry{"m toList(collection:iter)", toList},
    YaqlFunctionEntry{"m flatten(collection:iter)", flatten},
    YaqlFunctionEntry{"f #indexer(list:list, index:int)", itemAt},
    YaqlFunctionEntry{"f #operator_in(value:any, collection:iter)", isIn},
    YaqlFunctionEntry{"m contains(collection:iter, value:any)", containsMethod},
    YaqlFunctionEntry{"fm concat(*collections:iter)", concat},
    YaqlFunctionEntry{"fm append(collection:iter, *args:any)", append},
    YaqlFunctionEntry{"f #operator_+(left:iter, right:iter)", combined},
    YaqlFunctionEntry{"f #operator_*(left:list, right:int)", product},
    YaqlFunctionEntry{"f #operator_*(left:int, right:list)", product},
    YaqlFunctionEntry{"fm len(sequence:list)", listLength},
    YaqlFunctionEntry{"m delete(collection:iter, position:int, count:int=1)", remove},
    YaqlFunctionEntry{"m replace(collection:iter, position:int, value:any, count:int=1)", replace},
    YaqlFunctionEntry{"m replaceMany(collection:iter, position:int, values:iter, count:int=1)",
                      replaceMany},
    YaqlFunctionEntry{"m insert(collection:nonset, position:int, value:any)", insert},
    YaqlFunctionEntry{"m insert(collection:list, position:int, value:any)", listInsert},
    YaqlFunctionEntry{"m insertMany(collection:iter, position:int, values:iter)", insertMany},
    YaqlFunctionEntry{"f isList(arg:any)", isList},
    YaqlFunctionEntry{"f isIterable(value:any)", isIterable},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlListFunctions()
{
    return entries;
}

} // namespace stormglass
