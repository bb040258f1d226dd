#include "engine/expressions/sequences.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/set_order.h"

namespace stormglass {

namespace {

// Reads by position each time: a list may grow while it is walked, as in Python.
class ListIterator final : public Iterator
{
public:
    explicit ListIterator(Value list)
        : m_list(std::move(list))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next >= m_list.items().size() || !evaluation.step())
            return false;
        item = m_list.items()[m_next++];
        evaluation.see(item);
        return true;
    }

private:
    const Value m_list;
    std::size_t m_next = 0;
};

class MapIterator final : public Iterator
{
public:
    explicit MapIterator(Value map)
        : m_map(std::move(map))
        , m_size(m_map.entries().size())
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_map.entries().size() != m_size) {
            evaluation.fail(PythonError::Runtime, "dictionary changed size during iteration");
            return false;
        }
        if (m_next >= m_size || !evaluation.step())
            return false;
        item = m_map.entries().at(m_next++).key;
        return true;
    }

private:
    const Value m_map;
    const std::size_t m_size;
    std::size_t m_next = 0;
};

class SetIterator final : public Iterator
{
public:
    explicit SetIterator(Value set)
        : m_set(std::move(set))
        , m_order(pythonSetOrder(m_set.members()))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next >= m_order.size() || !evaluation.step())
            return false;
        item = m_set.members().at(m_order[m_next++]);
        evaluation.see(item);
        return true;
    }

private:
    const Value m_set;
    const std::vector<std::size_t> m_order;
    std::size_t m_next = 0;
};

// Code points of a text, or the numbers of bytes.
class TextIterator final : public Iterator
{
public:
    explicit TextIterator(Value value)
        : m_value(std::move(value))
        , m_rest(*textIn(m_value))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_rest.empty() || !evaluation.step())
            return false;
        const std::size_t size = utf8::sizeOfFirst(m_rest);
        item = Value(m_rest.substr(0, size));
        m_rest.remove_prefix(size);
        return true;
    }

private:
    const Value m_value;
    std::string_view m_rest;
};

class BytesIterator final : public Iterator
{
public:
    explicit BytesIterator(Value value)
        : m_value(std::move(value))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        if (m_next >= m_value.text().size() || !evaluation.step())
            return false;
        item = Value(static_cast<int>(static_cast<unsigned char>(m_value.text()[m_next++])));
        return true;
    }

private:
    const Value m_value;
    std::size_t m_next = 0;
};

// What a generator hands out: all its walkers move the one iterator.
class SharedIterator final : public Iterator
{
public:
    explicit SharedIterator(std::shared_ptr<Iterator> iterator)
        : m_iterator(std::move(iterator))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        return m_iterator->next(evaluation, item);
    }

private:
    const std::shared_ptr<Iterator> m_iterator;
};

class FunctionIterator final : public Iterator
{
public:
    explicit FunctionIterator(std::function<bool(Evaluation &, Value &)> next)
        : m_next(std::move(next))
    {
    }
    bool next(Evaluation &evaluation, Value &item) override
    {
        return evaluation.step() && m_next(evaluation, item) && !evaluation.failed();
    }

private:
    const std::function<bool(Evaluation &, Value &)> m_next;
};

std::unique_ptr<Iterator> iteratorOf(Evaluation &evaluation, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return std::make_unique<ListIterator>(value);
    case Value::Kind::Map:
        return std::make_unique<MapIterator>(value);
    case Value::Kind::Set:
        return std::make_unique<SetIterator>(value);
    case Value::Kind::Text:
        return std::make_unique<TextIterator>(value);
    case Value::Kind::Bytes:
        return std::make_unique<BytesIterator>(value);
    case Value::Kind::Object:
        break;
    default:
        return nullptr;
    }
    const Object *object = asObject(value);
    if (!object || !object->isUsable(evaluation))
        return nullptr;
    if (object->text())
        return std::make_unique<TextIterator>(value);
    return object->iterate(evaluation);
}

bool listContains(Evaluation &evaluation, const Value &list, const Value &item)
{
    for (std::size_t i = 0; i < list.items().size() && evaluation.step(); ++i) {
        if (equal(evaluation, list.items()[i], item))
            return !evaluation.failed();
    }
    return false;
}

bool textContains(Evaluation &evaluation, std::string_view text, const Value &item)
{
    const auto part = textIn(item);
    if (!part) {
        evaluation.failType("'in <string>' requires string as left operand, not "
                            + typeNameOf(item));
        return false;
    }
    return text.find(*part) != std::string_view::npos;
}

bool bytesContain(Evaluation &evaluation, std::string_view bytes, const Value &item)
{
    if (item.isBytes())
        return bytes.find(item.text()) != std::string_view::npos;
    const auto number = indexIn(item);
    if (!number)
        evaluation.failType("a bytes-like object is required, not '" + typeNameOf(item) + "'");
    return number && *number >= 0 && *number < 256
        && bytes.find(static_cast<char>(*number)) != std::string_view::npos;
}

} // namespace

std::unique_ptr<Iterator> iterate(Evaluation &evaluation, const Value &value)
{
    auto iterator = iteratorOf(evaluation, value);
    if (!iterator)
        evaluation.failType("'" + typeNameOf(value) + "' object is not iterable");
    return iterator;
}

bool isIterable(Evaluation &evaluation, const Value &value)
{
    return iteratorOf(evaluation, value) != nullptr;
}

ValueList listOf(Evaluation &evaluation, const Value &value)
{
    if (value.isSequence()) {
        if (!evaluation.affordsItems(static_cast<std::int64_t>(value.items().size())))
            return {};
        for (const Value &item : value.items())
            evaluation.see(item);
        return value.items();
    }
    ValueList items;
    forEach(evaluation, value, [&](const Value &item) {
        items.push_back(item);
        const auto count = static_cast<std::int64_t>(items.size());
        return count <= evaluation.context().limits.sequenceItems || evaluation.affordsItems(count);
    });
    return items;
}

ValueMap mapOf(Evaluation &evaluation, const Value &value)
{
    if (value.isMap())
        return value.entries();
    ValueMap map;
    std::size_t place = 0;
    forEach(evaluation, value, [&](const Value &pair) {
        const ValueList parts = listOf(evaluation, pair);
        if (evaluation.failed())
            return false;
        if (parts.size() != 2)
            evaluation.failValue("dictionary update sequence element #" + std::to_string(place)
                                 + " has length " + std::to_string(parts.size())
                                 + "; 2 is required");
        else if (isHashable(evaluation, parts[0]))
            map.set(parts[0], parts[1]);
        ++place;
        return !evaluation.failed();
    });
    return map;
}

void forEach(Evaluation &evaluation, const Value &value,
             const std::function<bool(const Value &)> &take)
{
    const auto iterator = iterate(evaluation, value);
    Value item;
    while (iterator && iterator->next(evaluation, item)) {
        if (!take(item))
            return;
    }
}

std::int64_t lengthOf(Evaluation &evaluation, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Text:
        return value.codePoints();
    case Value::Kind::Bytes:
        return static_cast<std::int64_t>(value.text().size());
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return static_cast<std::int64_t>(value.items().size());
    case Value::Kind::Map:
        return static_cast<std::int64_t>(value.entries().size());
    case Value::Kind::Set:
        return static_cast<std::int64_t>(value.members().size());
    default:
        break;
    }
    const Object *object = asObject(value);
    if (object && !object->isUsable(evaluation))
        return -1;
    if (object && object->text())
        return utf8::length(*object->text());
    if (const auto length = object ? object->length(evaluation) : std::nullopt)
        return *length;
    evaluation.failType("object of type '" + typeNameOf(value) + "' has no len()");
    return -1;
}

bool contains(Evaluation &evaluation, const Value &container, const Value &item)
{
    switch (container.kind()) {
    case Value::Kind::Text:
        return textContains(evaluation, container.text(), item);
    case Value::Kind::Bytes:
        return bytesContain(evaluation, container.text(), item);
    case Value::Kind::Map:
        return isHashable(evaluation, item) && container.entries().find(item) != nullptr;
    case Value::Kind::Set:
        return isHashable(evaluation, item) && container.members().contains(item);
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return listContains(evaluation, container, item);
    default:
        break;
    }
    const Object *object = asObject(container);
    if (object && !object->isUsable(evaluation))
        return false;
    if (object && object->text())
        return textContains(evaluation, *object->text(), item);
    if (const auto found = object ? object->contains(evaluation, item) : std::nullopt)
        return *found;
    const auto iterator = iteratorOf(evaluation, container);
    if (!iterator) {
        evaluation.failType("argument of type '" + typeNameOf(container) + "' is not iterable");
        return false;
    }
    Value candidate;
    while (iterator->next(evaluation, candidate)) {
        if (equal(evaluation, candidate, item))
            return !evaluation.failed();
    }
    return false;
}

Value Generator::make(std::string_view name, std::function<bool(Evaluation &, Value &)> next)
{
    return make(name, std::make_unique<FunctionIterator>(std::move(next)));
}

std::unique_ptr<Iterator> Generator::iterate(Evaluation &) const
{
    return std::make_unique<SharedIterator>(m_iterator);
}

} // namespace stormglass
