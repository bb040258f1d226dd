#include "engine/base/python_text.h"
#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <algorithm>

namespace stormglass {

namespace {

// The place of an index, negative ones counted from the end; -1 and failed if there is none.
std::int64_t placeOf(Evaluation &evaluation, const Value &key, std::int64_t size,
                     std::string_view type)
{
    const auto index = indexIn(key);
    if (!index && key.kind() == Value::Kind::BigInt) {
        evaluation.fail(PythonError::Index, "cannot fit 'int' into an index-sized integer");
        return -1;
    }
    if (!index) {
        const bool isText = type == "string";
        evaluation.failType(std::string(type) + " indices must be integers"
                            + (isText ? ", not '" : " or slices, not ") + typeNameOf(key)
                            + (isText ? "'" : ""));
        return -1;
    }
    const std::int64_t place = *index < 0 ? *index + size : *index;
    if (place < 0 || place >= size) {
        evaluation.fail(PythonError::Index, std::string(type) + " index out of range");
        return -1;
    }
    return place;
}

Value textAt(Evaluation &evaluation, const Value &text, const Value &key)
{
    const std::string_view view = *textIn(text);
    const std::int64_t place = placeOf(evaluation, key, lengthOf(evaluation, text), "string");
    if (place < 0)
        return {};
    const std::size_t offset = utf8::offsetOf(view, place);
    // Where the text is not well formed its characters are fewer than counted.
    if (offset >= view.size())
        return evaluation.fail(PythonError::Index, "string index out of range");
    return Value(view.substr(offset, utf8::sizeOfFirst(view.substr(offset))));
}

Value entryAt(Evaluation &evaluation, const ValueMap &entries, const Value &key)
{
    if (!isHashable(evaluation, key))
        return {};
    if (const Value *found = entries.find(key)) {
        evaluation.see(*found);
        return *found;
    }
    return evaluation.fail(PythonError::Key, reprOf(evaluation, key));
}

Value objectAt(Evaluation &evaluation, const Value &container, const Value &key)
{
    const Object *object = asObject(container);
    if (object && !object->isUsable(evaluation))
        return {};
    if (object && object->text())
        return textAt(evaluation, container, key);
    if (auto item = object ? object->item(evaluation, key) : std::nullopt)
        return std::move(*item);
    return evaluation.failType("'" + typeNameOf(container) + "' object is not subscriptable");
}

struct Bounds
{
    std::int64_t start = 0;
    std::int64_t step = 1;
    std::int64_t count = 0;
};

bool boundOf(Evaluation &evaluation, const Value &value, std::int64_t &bound)
{
    if (value.isNull())
        return true;
    if (const auto index = indexIn(value)) {
        bound = *index;
        return true;
    }
    if (value.kind() == Value::Kind::BigInt) {
        bound = value.toBigInt().sign() < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
        return true;
    }
    evaluation.failType("slice indices must be integers or None or have an __index__ method");
    return false;
}

// slice.indices(size).
std::optional<Bounds> boundsOf(Evaluation &evaluation, const SliceOperands &given,
                               std::int64_t size)
{
    std::int64_t step = 1;
    if (!boundOf(evaluation, given.step, step))
        return std::nullopt;
    if (step == 0) {
        evaluation.failValue("slice step cannot be zero");
        return std::nullopt;
    }
    step = std::max(step, -INT64_MAX);
    const bool backwards = step < 0;
    const auto clamp = [&](std::int64_t bound) {
        if (bound < 0)
            return std::max(bound + size, std::int64_t{backwards ? -1 : 0});
        return std::min(bound, backwards ? size - 1 : size);
    };
    std::int64_t start = backwards ? size - 1 : 0;
    std::int64_t stop = backwards ? -1 : size;
    std::int64_t bound = 0;
    if (!boundOf(evaluation, given.start, bound))
        return std::nullopt;
    if (!given.start.isNull())
        start = clamp(bound);
    if (!boundOf(evaluation, given.stop, bound))
        return std::nullopt;
    if (!given.stop.isNull())
        stop = clamp(bound);
    const std::int64_t distance = backwards ? start - stop : stop - start;
    const std::int64_t stride = std::abs(step);
    return Bounds{start, step, distance <= 0 ? 0 : (distance - 1) / stride + 1};
}

Value sliceOfText(std::string_view text, const Bounds &bounds)
{
    if (bounds.step == 1) {
        const std::size_t from = utf8::offsetOf(text, bounds.start);
        const std::string_view rest = text.substr(from);
        return Value(rest.substr(0, utf8::offsetOf(rest, bounds.count)));
    }
    const std::vector<char32_t> codePoints = utf8::decode(text);
    std::string taken;
    for (std::int64_t i = 0; i < bounds.count; ++i)
        utf8::append(taken, codePoints[static_cast<std::size_t>(bounds.start + i * bounds.step)]);
    return Value(taken);
}

Value sliceOfList(const Value &list, const Bounds &bounds)
{
    ValueList taken;
    taken.reserve(static_cast<std::size_t>(bounds.count));
    for (std::int64_t i = 0; i < bounds.count; ++i)
        taken.push_back(list.items()[static_cast<std::size_t>(bounds.start + i * bounds.step)]);
    return list.isTuple() ? Value::tuple(std::move(taken)) : Value(std::move(taken));
}

Value sliceOfBytes(std::string_view bytes, const Bounds &bounds)
{
    std::string taken;
    for (std::int64_t i = 0; i < bounds.count; ++i)
        taken += bytes[static_cast<std::size_t>(bounds.start + i * bounds.step)];
    return Value::bytes(taken);
}

} // namespace

Value subscript(Evaluation &evaluation, const Value &container, const Value &key)
{
    const auto itemAt = [&](std::string_view type) {
        const ValueList &items = container.items();
        const std::int64_t place
            = placeOf(evaluation, key, static_cast<std::int64_t>(items.size()), type);
        if (place < 0)
            return Value();
        evaluation.see(items[static_cast<std::size_t>(place)]);
        return items[static_cast<std::size_t>(place)];
    };
    switch (container.kind()) {
    case Value::Kind::Map:
        return entryAt(evaluation, container.entries(), key);
    case Value::Kind::List:
        return itemAt("list");
    case Value::Kind::Tuple:
        return itemAt("tuple");
    case Value::Kind::Text:
        return textAt(evaluation, container, key);
    case Value::Kind::Bytes: {
        const std::int64_t place
            = placeOf(evaluation, key, static_cast<std::int64_t>(container.text().size()), "byte");
        return place < 0 ? Value()
                         : Value(static_cast<int>(static_cast<unsigned char>(
                             container.text()[static_cast<std::size_t>(place)])));
    }
    default:
        return objectAt(evaluation, container, key);
    }
}

Value slice(Evaluation &evaluation, const Value &value, const SliceOperands &given)
{
    const auto *range = objectAs<Range>(value);
    const bool canBeCut = value.isSequence() || value.isBytes() || textIn(value) || range;
    if (!canBeCut) {
        if (const Object *object = asObject(value); object && !object->isUsable(evaluation))
            return {};
        if (value.isMap())
            return evaluation.failType("unhashable type: 'slice'");
        return evaluation.failType("'" + typeNameOf(value) + "' object is not subscriptable");
    }
    const std::int64_t size = lengthOf(evaluation, value);
    const auto bounds = boundsOf(evaluation, given, size);
    if (!bounds || !evaluation.step(bounds->count / 16))
        return {};
    if (value.isSequence())
        return sliceOfList(value, *bounds);
    if (value.isBytes())
        return sliceOfBytes(value.text(), *bounds);
    if (range)
        return Value(std::make_shared<const Range>(range->slice(
            bounds->start, bounds->start + bounds->count * bounds->step, bounds->step)));
    return sliceOfText(*textIn(value), *bounds);
}

bool isTrue(Evaluation &evaluation, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return false;
    case Value::Kind::Bool:
        return value.toBool();
    case Value::Kind::Int:
        return value.toInt() != 0;
    case Value::Kind::Double:
        return value.toDouble() != 0;
    case Value::Kind::Text:
    case Value::Kind::Bytes:
        return !value.text().empty();
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return !value.items().empty();
    case Value::Kind::Map:
        return !value.entries().isEmpty();
    case Value::Kind::Set:
        return !value.members().isEmpty();
    case Value::Kind::Duration:
        return value.toDuration() != 0;
    case Value::Kind::Object:
        break;
    default:
        return true;
    }
    const Object *object = asObject(value);
    if (!object)
        return true;
    if (!object->isUsable(evaluation))
        return false;
    return object->text() ? !object->text()->empty() : object->truth(evaluation);
}

bool isHashable(Evaluation &evaluation, const Value &value)
{
    const bool isContainer = value.isList() || value.isMap() || value.isSet();
    if (isContainer)
        evaluation.failType("unhashable type: '" + typeNameOf(value) + "'");
    if (const Object *object = value.isObject() ? asObject(value) : nullptr)
        return object->isUsable(evaluation);
    if (!value.isTuple())
        return !isContainer;
    return std::ranges::all_of(value.items(),
                               [&](const Value &item) { return isHashable(evaluation, item); });
}

std::string typeNameOf(const Value &value)
{
    if (value.isObject())
        return std::string(value.object()->typeName());
    return std::string(pythonTypeName(value));
}

std::optional<std::int64_t> indexIn(const Value &value)
{
    if (value.isInt())
        return value.toInt();
    if (value.isBool())
        return value.toBool() ? 1 : 0;
    return std::nullopt;
}

} // namespace stormglass
