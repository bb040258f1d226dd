#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <array>

namespace stormglass {

namespace {

using Source = std::shared_ptr<Iterator>;

bool holds(YaqlEvaluation &evaluation, const YaqlLambda &predicate, const Value &item)
{
    const Value value = predicate(evaluation, item);
    return !evaluation.failed() && isTrue(evaluation, value);
}

Value where(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, predicate = call.lambda(1)](YaqlEvaluation &inner, Value &item) {
                              while (source->next(inner, item)) {
                                  if (holds(inner, predicate, item))
                                      return true;
                              }
                              return false;
                          });
}

Value select(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, selector = call.lambda(1)](YaqlEvaluation &inner, Value &item) {
                              Value next;
                              if (!source->next(inner, next))
                                  return false;
                              item = selector(inner, next);
                              return !inner.failed();
                          });
}

Value selectMany(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, selector = call.lambda(1),
                           inside = Source()](YaqlEvaluation &inner, Value &item) mutable {
                              while (!inner.failed()) {
                                  if (inside && inside->next(inner, item))
                                      return true;
                                  inside.reset();
                                  Value next;
                                  if (!source->next(inner, next))
                                      return false;
                                  item = selector(inner, next);
                                  if (inner.failed() || !isOfYaqlType(YaqlType::Iterable, item))
                                      return !inner.failed();
                                  inside = iterate(inner, item);
                              }
                              return false;
                          });
}

Value distinct(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, keyOf = call.lambda(1), seen = ValueSet()](YaqlEvaluation &inner,
                                                                              Value &item) mutable {
                              while (source->next(inner, item)) {
                                  const Value key = keyOf ? keyOf(inner, item) : item;
                                  if (inner.failed() || !isYaqlHashable(inner, key))
                                      return false;
                                  if (seen.contains(key))
                                      continue;
                                  seen.add(key);
                                  return inner.allowsItems(static_cast<std::int64_t>(seen.size()));
                              }
                              return false;
                          });
}

Value takeWhile(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, predicate = call.lambda(1)](YaqlEvaluation &inner, Value &item) {
                              return source->next(inner, item) && holds(inner, predicate, item);
                          });
}

Value skipWhile(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, predicate = call.lambda(1),
                           isSkipping = true](YaqlEvaluation &inner, Value &item) mutable {
                              while (source->next(inner, item)) {
                                  isSkipping = isSkipping && holds(inner, predicate, item);
                                  if (!isSkipping)
                                      return !inner.failed();
                              }
                              return false;
                          });
}

Value any(const YaqlCall &call)
{
    const YaqlLambda predicate = call.lambda(1);
    bool isAny = false;
    forEach(call.evaluation, call[0], [&](const Value &item) {
        isAny = !call.isGiven(1) || holds(call.evaluation, predicate, item);
        return !isAny && !call.evaluation.failed();
    });
    return isAny;
}

Value all(const YaqlCall &call)
{
    const YaqlLambda predicate = call.lambda(1);
    bool areAll = true;
    forEach(call.evaluation, call[0], [&](const Value &item) {
        areAll = call.isGiven(1) ? holds(call.evaluation, predicate, item)
                                 : isTrue(call.evaluation, item);
        return areAll && !call.evaluation.failed();
    });
    return areAll;
}

enum class Occurrence { First, Last };

// The number of the item for which something holds; -1: of none.
template <typename Predicate>
Value indexOf(const YaqlCall &call, Occurrence occurrence, Predicate isIt)
{
    std::int64_t found = -1;
    std::int64_t index = 0;
    forEach(call.evaluation, call[0], [&](const Value &item) {
        if (isIt(item))
            found = index;
        ++index;
        return !call.evaluation.failed() && (found < 0 || occurrence == Occurrence::Last);
    });
    return Value(found);
}

template <Occurrence occurrence>
Value indexOfItem(const YaqlCall &call)
{
    return indexOf(call, occurrence,
                   [&](const Value &item) { return equal(call.evaluation, item, call[1]); });
}

template <Occurrence occurrence>
Value indexWhere(const YaqlCall &call)
{
    return indexOf(call, occurrence, [&, predicate = call.lambda(1)](const Value &item) {
        return holds(call.evaluation, predicate, item);
    });
}

// Pieces between the items for which the predicate holds.
Value splitWhere(const YaqlCall &call)
{
    const YaqlLambda predicate = call.lambda(1);
    ValueList pieces;
    ValueList piece;
    for (const Value &item : listOf(call.evaluation, call[0])) {
        if (holds(call.evaluation, predicate, item))
            pieces.emplace_back(std::exchange(piece, {}));
        else
            piece.push_back(item);
        if (call.evaluation.failed())
            return {};
    }
    if (!piece.empty())
        pieces.emplace_back(std::move(piece));
    return yaqlIteratorOver(call.evaluation, std::move(pieces));
}

// Pieces over which the predicate has the same value.
Value sliceWhere(const YaqlCall &call)
{
    const YaqlLambda predicate = call.lambda(1);
    ValueList pieces;
    ValueList piece;
    Value before;
    for (const Value &item : listOf(call.evaluation, call[0])) {
        Value now = predicate(call.evaluation, item);
        if (call.evaluation.failed())
            return {};
        if (!piece.empty() && !equal(call.evaluation, now, before))
            pieces.emplace_back(std::exchange(piece, {}));
        piece.push_back(item);
        before = std::move(now);
    }
    if (!piece.empty())
        pieces.emplace_back(std::move(piece));
    return yaqlIteratorOver(call.evaluation, std::move(pieces));
}

constexpr std::array entries{
    YaqlFunctionEntry{"m where(collection:iter, predicate:lambda)", where},
    YaqlFunctionEntry{"m filter(collection:iter, predicate:lambda)", where},
    YaqlFunctionEntry{"m select(collection:iter, selector:lambda)", select},
    YaqlFunctionEntry{"m map(collection:iter, selector:lambda)", select},
    YaqlFunctionEntry{"m selectMany(collection:iter, selector:lambda)", selectMany},
    YaqlFunctionEntry{"fm distinct(collection:iter, keySelector:lambda=null)", distinct},
    YaqlFunctionEntry{"m takeWhile(collection:iter, predicate:lambda)", takeWhile},
    YaqlFunctionEntry{"m skipWhile(collection:iter, predicate:lambda)", skipWhile},
    YaqlFunctionEntry{"fm any(collection:iter, predicate:lambda=null)", any},
    YaqlFunctionEntry{"fm all(collection:iter, predicate:lambda=null)", all},
    YaqlFunctionEntry{"m indexOf(collection:iter, item:any)", indexOfItem<Occurrence::First>},
    YaqlFunctionEntry{"m lastIndexOf(collection:iter, item:any)", indexOfItem<Occurrence::Last>},
    YaqlFunctionEntry{"m indexWhere(collection:iter, predicate:lambda)",
                      indexWhere<Occurrence::First>},
    YaqlFunctionEntry{"m lastIndexWhere(collection:iter, predicate:lambda)",
                      indexWhere<Occurrence::Last>},
    YaqlFunctionEntry{"m splitWhere(collection:iter, predicate:lambda)", splitWhere},
    YaqlFunctionEntry{"m sliceWhere(collection:iter, predicate:lambda)", sliceWhere},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlSelectionFunctions()
{
    return entries;
}

} // namespace stormglass
