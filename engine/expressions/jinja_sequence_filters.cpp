#include "engine/expressions/jinja_filters.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/jinja_attribute_path.h"
#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/markup.h"
#include "engine/expressions/members.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/undefined.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

Value attr(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto name = textIn(arguments[1]);
    if (!name)
        return evaluation.failType("attribute name must be string, not '" + typeNameOf(arguments[1])
                                   + "'");
    return attributeNamed(evaluation, arguments[0], Value(*name));
}

Value defaulted(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (isUndefined(arguments[0]))
        return arguments[1];
    const bool alsoFalse = isTrue(evaluation, arguments[2]);
    return alsoFalse && !isTrue(evaluation, arguments[0]) ? arguments[1] : arguments[0];
}

Value first(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto iterator = iterate(evaluation, arguments[0]);
    Value item;
    if (iterator && iterator->next(evaluation, item))
        return item;
    return evaluation.failed()
        ? Value()
        : Undefined::ofMessage(evaluation, "No first item, sequence was empty.");
}

bool isReversible(const Value &value)
{
    return textIn(value) || value.isSequence() || value.isMap() || value.isBytes()
        || objectAs<Range>(value) || objectAs<MapView>(value);
}

bool refuseUnusable(Evaluation &evaluation, const Value &value)
{
    const Object *object = asObject(value);
    return object && !object->isUsable(evaluation);
}

Value last(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &value = arguments[0];
    if (refuseUnusable(evaluation, value))
        return {};
    if (!isReversible(value) && !isUndefined(value))
        return evaluation.failType("'" + typeNameOf(value) + "' object is not reversible");
    ValueList items = listOf(evaluation, value);
    if (!items.empty() || evaluation.failed())
        return items.empty() ? Value() : items.back();
    return Undefined::ofMessage(evaluation, "No last item, sequence was empty.");
}

Value random(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::int64_t size = lengthOf(evaluation, arguments[0]);
    if (evaluation.failed())
        return {};
    if (size == 0)
        return Undefined::ofMessage(evaluation, "No random item, sequence was empty.");
    const auto place = static_cast<std::int64_t>(QRandomGenerator::global()->generate64()
                                                 % static_cast<std::uint64_t>(size));
    return subscript(evaluation, arguments[0], Value(place));
}

Value length(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::int64_t size = lengthOf(evaluation, arguments[0]);
    return evaluation.failed() ? Value() : Value(size);
}

Value list(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value(listOf(evaluation, arguments[0]));
}

Value join(Evaluation &evaluation, const BoundArguments &arguments)
{
    const AttributePath path(arguments[2]);
    const bool escapes = asJinja(evaluation).escapes();
    const std::string between
        = escapes ? escapedMarkup(evaluation, arguments[1]) : strOf(evaluation, arguments[1]);
    std::string text;
    bool isFirst = true;
    forEach(evaluation, arguments[0], [&](const Value &item) {
        if (!isFirst)
            text += between;
        isFirst = false;
        const Value part = path.of(evaluation, item);
        if (evaluation.failed())
            return false;
        if (escapes)
            text += escapedMarkup(evaluation, part);
        else
            appendStr(evaluation, part, text);
        return !evaluation.failed() && (text.size() < 4096 || evaluation.affordsText(text.size()));
    });
    return escapes ? Markup::make(std::move(text)) : Value(text);
}

Value reversedText(std::string_view text)
{
    std::vector<char32_t> codePoints = utf8::decode(text);
    std::ranges::reverse(codePoints);
    return Value(utf8::encode(codePoints));
}

Value reverse(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &value = arguments[0];
    if (refuseUnusable(evaluation, value))
        return {};
    if (const auto text = textIn(value))
        return reversedText(*text);
    if (!isReversible(value) && !isIterable(evaluation, value)) {
        evaluation.recover(PythonError::Type);
        return evaluation.fail(PythonError::FilterArgument, "argument must be iterable");
    }
    ValueList items = listOf(evaluation, value);
    std::ranges::reverse(items);
    if (!isReversible(value))
        return Value(std::move(items));
    auto next
        = [items = std::move(items), place = std::size_t{0}](Evaluation &, Value &item) mutable {
              if (place >= items.size())
                  return false;
              item = items[place++];
              return true;
          };
    return Generator::make(value.isMap() ? "dict_reversekeyiterator" : "list_reverseiterator",
                           std::move(next));
}

Value batch(Evaluation &, const BoundArguments &arguments)
{
    const Value size = arguments[1];
    const Value fill = arguments[2];
    const Value source = arguments[0];
    std::shared_ptr<Iterator> items;
    // What has been taken and belongs to the next group.
    std::optional<Value> kept;
    auto next = [=, isEnded = false](Evaluation &evaluation, Value &out) mutable {
        if (!items)
            items = iterate(evaluation, source);
        ValueList group;
        if (kept)
            group.push_back(*std::exchange(kept, std::nullopt));
        bool isFull = false;
        Value item;
        while (!isEnded && !isFull && items) {
            isEnded = !items->next(evaluation, item);
            if (isEnded)
                break;
            // A group of none is full before its first item.
            isFull = equal(evaluation, Value(static_cast<std::int64_t>(group.size())), size);
            if (isFull)
                kept = item;
            else
                group.push_back(item);
        }
        if ((group.empty() && !isFull) || evaluation.failed())
            return false;
        const bool isShort = !fill.isNull() && isEnded
            && less(evaluation, Value(static_cast<std::int64_t>(group.size())), size);
        const std::int64_t missing = isShort && !evaluation.failed()
            ? indexIn(size).value_or(0) - static_cast<std::int64_t>(group.size())
            : 0;
        if (missing > 0 && evaluation.affordsItems(missing))
            group.insert(group.end(), static_cast<std::size_t>(missing), fill);
        out = Value(std::move(group));
        return true;
    };
    return Generator::make("generator", std::move(next));
}

Value sliceInto(Evaluation &, const BoundArguments &arguments)
{
    const Value source = arguments[0];
    const Value count = arguments[1];
    const Value fill = arguments[2];
    std::optional<ValueList> items;
    auto next = [=, number = std::int64_t{0}, offset = std::int64_t{0}](Evaluation &evaluation,
                                                                        Value &out) mutable {
        if (!items)
            items = listOf(evaluation, source);
        const auto size = static_cast<std::int64_t>(items->size());
        const Value each = evaluation.failed()
            ? Value()
            : arithmetic(evaluation, Arithmetic::FloorDivide, Value(size), count);
        const Value extra = evaluation.failed()
            ? Value()
            : arithmetic(evaluation, Arithmetic::Modulo, Value(size), count);
        if (evaluation.failed())
            return false;
        if (!indexIn(count) || !each.isInt()) {
            evaluation.failType("'" + typeNameOf(count)
                                + "' object cannot be interpreted as an integer");
            return false;
        }
        if (number >= *indexIn(count))
            return false;
        const std::int64_t start = offset + number * each.toInt();
        if (number < extra.toInt())
            ++offset;
        const std::int64_t end = offset + (number + 1) * each.toInt();
        ValueList part(items->begin() + start, items->begin() + end);
        if (!fill.isNull() && number >= extra.toInt())
            part.push_back(fill);
        ++number;
        out = Value(std::move(part));
        return true;
    };
    return Generator::make("generator", std::move(next));
}

Value items(Evaluation &, const BoundArguments &arguments)
{
    const Value source = arguments[0];
    auto next = [source, place = std::size_t{0}](Evaluation &evaluation, Value &out) mutable {
        if (isUndefined(source))
            return false;
        if (!source.isMap()) {
            evaluation.failType("Can only get item pairs from a mapping.");
            return false;
        }
        if (place >= source.entries().size())
            return false;
        const ValueMap::Entry &entry = source.entries().at(place++);
        evaluation.see(entry.value);
        out = Value::tuple({entry.key, entry.value});
        return true;
    };
    return Generator::make("generator", std::move(next));
}

constexpr std::array entries{
    FunctionEntry{"attr", "do_attr(obj, name)", attr},
    FunctionEntry{"default", "do_default(value, default_value='', boolean=False)", defaulted},
    FunctionEntry{"d", "do_default(value, default_value='', boolean=False)", defaulted},
    FunctionEntry{"first", "do_first(seq)", first},
    FunctionEntry{"last", "do_last(seq)", last},
    FunctionEntry{"random", "do_random(seq)", random},
    FunctionEntry{"length", "len(obj)", length},
    FunctionEntry{"count", "len(obj)", length},
    FunctionEntry{"list", "do_list(value)", list},
    FunctionEntry{"join", "do_join(value, d='', attribute=None)", join},
    FunctionEntry{"reverse", "do_reverse(value)", reverse},
    FunctionEntry{"batch", "do_batch(value, linecount, fill_with=None)", batch},
    FunctionEntry{"slice", "do_slice(value, slices, fill_with=None)", sliceInto},
    FunctionEntry{"items", "do_items(value)", items},
};

} // namespace

std::span<const FunctionEntry> jinjaSequenceFilters()
{
    return entries;
}

} // namespace stormglass
