#include "engine/expressions/methods.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/own_copies.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/sorting.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

// The list or map itself, for a change that every name of it sees. Null, and failed, where it is
// not this evaluation's own.
ValueList *ownItems(Evaluation &evaluation, const Value &list)
{
    return evaluation.mayChange(list) ? &list.editSharedItems() : nullptr;
}

ValueMap *ownEntries(Evaluation &evaluation, const Value &map)
{
    return evaluation.mayChange(map) ? &map.editSharedEntries() : nullptr;
}

bool closesCircle(Evaluation &evaluation, const Value &container, const Value &item)
{
    if (!reaches(item, container))
        return false;
    evaluation.failValue("a container cannot be put into itself");
    return true;
}

Value append(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (closesCircle(evaluation, arguments[0], arguments[1]))
        return {};
    if (ValueList *items = ownItems(evaluation, arguments[0]);
        items && evaluation.allowsItems(static_cast<std::int64_t>(items->size()) + 1))
        items->push_back(arguments[1]);
    return {};
}

Value extend(Evaluation &evaluation, const BoundArguments &arguments)
{
    const ValueList more = listOf(evaluation, arguments[1]);
    ValueList *items = evaluation.failed() ? nullptr : ownItems(evaluation, arguments[0]);
    if (!items || !evaluation.affordsItems(static_cast<std::int64_t>(more.size()))
        || !evaluation.allowsItems(static_cast<std::int64_t>(items->size() + more.size())))
        return {};
    for (const Value &item : more) {
        if (closesCircle(evaluation, arguments[0], item))
            return {};
    }
    items->insert(items->end(), more.begin(), more.end());
    return {};
}

std::optional<std::int64_t> indexArgument(Evaluation &evaluation, const Value &value)
{
    const auto index = indexIn(value);
    if (!index)
        evaluation.failType("'" + typeNameOf(value)
                            + "' object cannot be interpreted as an integer");
    return index;
}

Value insert(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto index = indexArgument(evaluation, arguments[1]);
    if (!index || closesCircle(evaluation, arguments[0], arguments[2]))
        return {};
    ValueList *items = ownItems(evaluation, arguments[0]);
    const auto size = items ? static_cast<std::int64_t>(items->size()) : 0;
    if (!items || !evaluation.allowsItems(size + 1))
        return {};
    const std::int64_t place
        = std::clamp(*index < 0 ? *index + size : *index, std::int64_t{0}, size);
    items->insert(items->begin() + place, arguments[2]);
    return {};
}

Value popItem(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto index = indexArgument(evaluation, arguments[1]);
    ValueList *items = index ? ownItems(evaluation, arguments[0]) : nullptr;
    if (!items)
        return {};
    const auto size = static_cast<std::int64_t>(items->size());
    if (size == 0)
        return evaluation.fail(PythonError::Index, "pop from empty list");
    const std::int64_t place = *index < 0 ? *index + size : *index;
    if (place < 0 || place >= size)
        return evaluation.fail(PythonError::Index, "pop index out of range");
    Value item = (*items)[static_cast<std::size_t>(place)];
    items->erase(items->begin() + place);
    return item;
}

// Where a list holds an item; -1 if nowhere.
std::int64_t placeOf(Evaluation &evaluation, const Value &list, const Value &item,
                     std::int64_t from = 0, std::int64_t to = INT64_MAX)
{
    for (std::int64_t i = from; i < std::min(to, static_cast<std::int64_t>(list.items().size()));
         ++i) {
        if (evaluation.step() && equal(evaluation, list.items()[static_cast<std::size_t>(i)], item))
            return i;
        if (evaluation.failed())
            return -1;
    }
    return -1;
}

Value removeItem(Evaluation &evaluation, const BoundArguments &arguments)
{
    const std::int64_t place = placeOf(evaluation, arguments[0], arguments[1]);
    if (place < 0)
        return evaluation.failValue("list.remove(x): x not in list");
    if (ValueList *items = ownItems(evaluation, arguments[0]))
        items->erase(items->begin() + place);
    return {};
}

Value reverseItems(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (ValueList *items = ownItems(evaluation, arguments[0]))
        std::ranges::reverse(*items);
    return {};
}

Value sortItems(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueList sorted = arguments[0].items();
    const auto isReversed = indexArgument(evaluation, arguments[2]);
    if (!isReversed
        || !sortValues(evaluation, sorted,
                       *isReversed != 0 ? SortOrder::Descending : SortOrder::Ascending))
        return {};
    if (ValueList *items = ownItems(evaluation, arguments[0]))
        *items = std::move(sorted);
    return {};
}

Value clearItems(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (ValueList *items = ownItems(evaluation, arguments[0]))
        items->clear();
    return {};
}

Value copyItems(Evaluation &, const BoundArguments &arguments)
{
    return Value(ValueList(arguments[0].items()));
}

Value countItems(Evaluation &evaluation, const BoundArguments &arguments)
{
    std::int64_t count = 0;
    for (std::size_t i = 0; i < arguments[0].items().size() && evaluation.step(); ++i)
        count += equal(evaluation, arguments[0].items()[i], arguments[1]) ? 1 : 0;
    return count;
}

Value indexItem(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto size = static_cast<std::int64_t>(arguments[0].items().size());
    const auto bound = [&](int parameter, std::int64_t preset) {
        const auto index = arguments[parameter].isNull()
            ? preset
            : indexArgument(evaluation, arguments[parameter]).value_or(0);
        return index < 0 ? std::max<std::int64_t>(index + size, 0) : index;
    };
    const std::int64_t place
        = placeOf(evaluation, arguments[0], arguments[1], bound(2, 0), bound(3, size));
    if (place < 0)
        return evaluation.failValue(reprOf(evaluation, arguments[1]) + " is not in "
                                    + typeNameOf(arguments[0]));
    return place;
}

Value keys(Evaluation &, const BoundArguments &arguments)
{
    return Value(std::make_shared<const MapView>(arguments[0], MapView::Part::Keys));
}

Value values(Evaluation &, const BoundArguments &arguments)
{
    return Value(std::make_shared<const MapView>(arguments[0], MapView::Part::Values));
}

Value items(Evaluation &, const BoundArguments &arguments)
{
    return Value(std::make_shared<const MapView>(arguments[0], MapView::Part::Items));
}

Value get(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isHashable(evaluation, arguments[1]))
        return {};
    const Value *found = arguments[0].entries().find(arguments[1]);
    if (found)
        evaluation.see(*found);
    return found ? *found : arguments[2];
}

Value copyMap(Evaluation &, const BoundArguments &arguments)
{
    return Value(ValueMap(arguments[0].entries()));
}

Value popKey(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isHashable(evaluation, arguments[1]))
        return {};
    const Value *found = arguments[0].entries().find(arguments[1]);
    if (!found)
        return arguments.isGiven(2)
            ? arguments[2]
            : evaluation.fail(PythonError::Key, reprOf(evaluation, arguments[1]));
    Value value = *found;
    if (ValueMap *entries = ownEntries(evaluation, arguments[0]))
        entries->remove(arguments[1]);
    return value;
}

Value popLast(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueMap *entries = ownEntries(evaluation, arguments[0]);
    if (!entries)
        return {};
    if (entries->isEmpty())
        return evaluation.fail(PythonError::Key, "'popitem(): dictionary is empty'");
    const ValueMap::Entry last = entries->at(entries->size() - 1);
    entries->remove(last.key);
    return Value::tuple({last.key, last.value});
}

Value setDefault(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isHashable(evaluation, arguments[1]))
        return {};
    if (const Value *found = arguments[0].entries().find(arguments[1]))
        return *found;
    if (closesCircle(evaluation, arguments[0], arguments[2]))
        return {};
    if (ValueMap *entries = ownEntries(evaluation, arguments[0]))
        entries->set(arguments[1], arguments[2]);
    return arguments[2];
}

Value clearMap(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (ValueMap *entries = ownEntries(evaluation, arguments[0]))
        *entries = ValueMap();
    return {};
}

Value update(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueMap changes;
    if (!arguments[1].isNull() || arguments.isGiven(1))
        changes = mapOf(evaluation, arguments[1]);
    for (const NamedArgument &named : arguments.names())
        changes.set(named.name, named.value);
    ValueMap *entries = evaluation.failed() ? nullptr : ownEntries(evaluation, arguments[0]);
    for (std::size_t i = 0; entries && i < changes.size(); ++i) {
        if (closesCircle(evaluation, arguments[0], changes.at(i).value))
            return {};
        entries->set(changes.at(i).key, changes.at(i).value);
    }
    return {};
}

Value fromKeys(Evaluation &evaluation, const BoundArguments &arguments)
{
    ValueMap map;
    forEach(evaluation, arguments[1], [&](const Value &key) {
        if (!isHashable(evaluation, key))
            return false;
        map.set(key, arguments[2]);
        return true;
    });
    return Value(std::move(map));
}

constexpr std::array listEntries{
    FunctionEntry{"append", "append(self, object)", append},
    FunctionEntry{"extend", "extend(self, iterable)", extend},
    FunctionEntry{"insert", "insert(self, index, object)", insert},
    FunctionEntry{"pop", "pop(self, index=-1)", popItem},
    FunctionEntry{"remove", "remove(self, value)", removeItem},
    FunctionEntry{"reverse", "reverse(self)", reverseItems},
    FunctionEntry{"sort", "sort(self, *, key=None, reverse=False)", sortItems},
    FunctionEntry{"clear", "clear(self)", clearItems},
    FunctionEntry{"copy", "copy(self)", copyItems},
    FunctionEntry{"count", "count(self, value)", countItems},
    FunctionEntry{"index", "index(self, value, start=None, stop=None)", indexItem},
};

constexpr std::array tupleEntries{
    FunctionEntry{"count", "count(self, value)", countItems},
    FunctionEntry{"index", "index(self, value, start=None, stop=None)", indexItem},
};

constexpr std::array mapEntries{
    FunctionEntry{"keys", "keys(self)", keys},
    FunctionEntry{"values", "values(self)", values},
    FunctionEntry{"items", "items(self)", items},
    FunctionEntry{"get", "get(self, key, default=None)", get},
    FunctionEntry{"copy", "copy(self)", copyMap},
    FunctionEntry{"pop", "pop(self, key, default=None)", popKey},
    FunctionEntry{"popitem", "popitem(self)", popLast},
    FunctionEntry{"setdefault", "setdefault(self, key, default=None)", setDefault},
    FunctionEntry{"clear", "clear(self)", clearMap},
    FunctionEntry{"update", "update(self, iterable=None, **kwargs)", update},
    FunctionEntry{"fromkeys", "fromkeys(self, iterable, value=None)", fromKeys},
};

} // namespace

std::span<const FunctionEntry> listMethods()
{
    return listEntries;
}

std::span<const FunctionEntry> tupleMethods()
{
    return tupleEntries;
}

std::span<const FunctionEntry> mapMethods()
{
    return mapEntries;
}

} // namespace stormglass
