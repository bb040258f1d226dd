#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

using Source = std::shared_ptr<Iterator>;

Value skip(const YaqlCall &call)
{
    const std::int64_t count = call.integer(1);
    if (count < 0)
        return call.evaluation.failValue(
            "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, left = count](YaqlEvaluation &inner, Value &item) mutable {
                              for (; left > 0; --left) {
                                  if (!source->next(inner, item))
                                      return false;
                              }
                              return source->next(inner, item);
                          });
}

Value limit(const YaqlCall &call)
{
    const std::int64_t count = call.integer(1);
    if (count < 0)
        return call.evaluation.failValue(
            "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, left = count](YaqlEvaluation &inner, Value &item) mutable {
                              return left-- > 0 && source->next(inner, item);
                          });
}

Value enumerate(const YaqlCall &call)
{
    if (call[1].isNull())
        return call.evaluation.failType("'NoneType' object cannot be interpreted as an integer");
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(
        call.evaluation, {call[0]},
        [source, number = call.integer(1)](YaqlEvaluation &inner, Value &item) mutable {
            Value next;
            if (!source->next(inner, next))
                return false;
            item = yaqlMutableList({Value(number++), next});
            return true;
        });
}

// Rows of one item of each sequence: up to the shortest, or with what stands for missing ones.
Value zipped(const YaqlCall &call, std::optional<Value> pad)
{
    std::vector<Source> columns;
    Value deepest;
    for (std::size_t i = 0; i < call.restCount(); ++i) {
        columns.emplace_back(iterate(call.evaluation, call.rest(i)));
        deepest = nestingOf(call.rest(i)) >= nestingOf(deepest) ? call.rest(i) : deepest;
    }
    return YaqlLazy::make(
        call.evaluation, {deepest},
        [columns = std::move(columns), pad](YaqlEvaluation &inner, Value &item) mutable {
            ValueList row;
            bool isAnyLeft = false;
            for (Source &column : columns) {
                Value next;
                const bool isLeft = column && column->next(inner, next);
                if (inner.failed() || (!isLeft && !pad))
                    return false;
                if (!isLeft)
                    column.reset();
                isAnyLeft = isAnyLeft || isLeft;
                row.push_back(isLeft ? next : *pad);
            }
            item = Value(std::move(row));
            return isAnyLeft;
        });
}

Value zip(const YaqlCall &call)
{
    return zipped(call, std::nullopt);
}

Value zipLongest(const YaqlCall &call)
{
    Value pad;
    for (const YaqlNamedArgument &named : call.names()) {
        if (named.name == "default")
            pad = named.argument.value;
    }
    return zipped(call, pad);
}

Value repeat(const YaqlCall &call)
{
    const std::int64_t times = call.integer(1);
    return YaqlLazy::make(
        call.evaluation, {},
        [value = call[0], times, given = std::int64_t{0}](YaqlEvaluation &, Value &item) mutable {
            if (times >= 0 && given >= times)
                return false;
            ++given;
            item = value;
            return true;
        });
}

Value cycle(const YaqlCall &call)
{
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(call.evaluation, {call[0]},
                          [source, seen = ValueList(), at = std::size_t{0}](YaqlEvaluation &inner,
                                                                            Value &item) mutable {
                              if (source && source->next(inner, item)) {
                                  seen.push_back(item);
                                  return inner.allowsItems(static_cast<std::int64_t>(seen.size()));
                              }
                              source.reset();
                              if (seen.empty() || inner.failed())
                                  return false;
                              item = seen[at];
                              at = (at + 1) % seen.size();
                              return true;
                          });
}

struct Bounds
{
    std::int64_t start;
    std::int64_t stop;
    std::int64_t step;
};

Value ranged(const YaqlCall &call, const Bounds &bounds)
{
    if (bounds.step == 0)
        return call.evaluation.failValue("range() arg 3 must not be zero");
    return YaqlLazy::make(
        call.evaluation, {},
        [bounds, next = bounds.start, isOver = false](YaqlEvaluation &, Value &item) mutable {
            if (isOver || (bounds.step > 0 ? next >= bounds.stop : next <= bounds.stop))
                return false;
            item = Value(next);
            isOver = __builtin_add_overflow(next, bounds.step, &next);
            return true;
        });
}

Value rangeTo(const YaqlCall &call)
{
    return ranged(call, {0, call.integer(0), 1});
}

Value range(const YaqlCall &call)
{
    return ranged(call, {call.integer(0), call.integer(1), call.integer(2)});
}

Value sequence(const YaqlCall &call)
{
    return YaqlLazy::make(
        call.evaluation, {},
        [next = call[0], step = call[1]](YaqlEvaluation &inner, Value &item) mutable {
            item = next;
            next = arithmetic(inner, Arithmetic::Add, next, step);
            return !inner.failed();
        });
}

Value slice(const YaqlCall &call)
{
    const std::int64_t length = call.integer(1);
    if (length < 0)
        return call.evaluation.failValue(
            "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    Source source = iterate(call.evaluation, call[0]);
    return YaqlLazy::make(
        call.evaluation, {call[0]}, [source, length](YaqlEvaluation &inner, Value &item) {
            ValueList piece;
            Value next;
            while (static_cast<std::int64_t>(piece.size()) < length && source->next(inner, next))
                piece.push_back(next);
            const bool isAny = !piece.empty();
            item = Value(std::move(piece));
            return isAny;
        });
}

// list[from:to] with Python's meaning of what lies outside.
ValueList part(const ValueList &items, std::int64_t from, std::int64_t to)
{
    const auto size = static_cast<std::int64_t>(items.size());
    const auto inside = [&](std::int64_t index) {
        return std::clamp<std::int64_t>(index < 0 ? index + size : index, 0, size);
    };
    const std::int64_t begin = inside(from);
    const std::int64_t end = std::max(inside(to), begin);
    return ValueList(items.begin() + begin, items.begin() + end);
}

Value splitAt(const YaqlCall &call)
{
    const ValueList items = listOf(call.evaluation, call[0]);
    const std::int64_t index = call.integer(1);
    const auto size = static_cast<std::int64_t>(items.size());
    return yaqlMutableList({Value(part(items, 0, index)), Value(part(items, index, size))});
}

Value reverse(const YaqlCall &call)
{
    ValueList items = listOf(call.evaluation, call[0]);
    std::ranges::reverse(items);
    return yaqlIteratorOver(call.evaluation, std::move(items));
}

Value memorize(const YaqlCall &call)
{
    return memorized(call.evaluation, call[0]);
}

Value defaultIfEmpty(const YaqlCall &call)
{
    const Value collection = memorized(call.evaluation, call[0]);
    const auto walk = iterate(call.evaluation, collection);
    Value first;
    return walk && walk->next(call.evaluation, first) ? collection : call[1];
}

constexpr std::array entries{
    YaqlFunctionEntry{"m skip(collection:iter, count:int)", skip},
    YaqlFunctionEntry{"m limit(collection:iter, count:int)", limit},
    YaqlFunctionEntry{"m take(collection:iter, count:int)", limit},
    YaqlFunctionEntry{"fm enumerate(collection:iter, start:int?=0)", enumerate},
    YaqlFunctionEntry{"m zip(*collections:iter)", zip},
    YaqlFunctionEntry{"m zipLongest(*collections:iter, **kwargs)", zipLongest},
    YaqlFunctionEntry{"m repeat(value:any, times:int=-1)", repeat},
    YaqlFunctionEntry{"m cycle(collection:iter)", cycle},
    YaqlFunctionEntry{"f range(stop:int)", rangeTo},
    YaqlFunctionEntry{"f range(start:int, stop:int, step:int=1)", range},
    YaqlFunctionEntry{"f sequence(start:int=0, step:int=1)", sequence},
    YaqlFunctionEntry{"m slice(collection:iter, length:int)", slice},
    YaqlFunctionEntry{"m splitAt(collection:iter, index:int)", splitAt},
    YaqlFunctionEntry{"m reverse(collection:iter)", reverse},
    YaqlFunctionEntry{"m memorize(collection:iter)", memorize},
    YaqlFunctionEntry{"m defaultIfEmpty(collection:iter, default:iter)", defaultIfEmpty},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlSequenceFunctions()
{
    return entries;
}

} // namespace stormglass
