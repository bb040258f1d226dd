#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"
#include "engine/expressions/yaql_printing.h"

#include <array>

namespace stormglass {

namespace {

bool isUsable(const YaqlCall &call, const Value &key)
{
    return !call.evaluation.failed() && isYaqlHashable(call.evaluation, key);
}

// The value at a key; null pointer where there is none or, failed, there cannot be.
const Value *valueAt(const YaqlCall &call, const Value &map, const Value &key)
{
    if (!isUsable(call, key))
        return nullptr;
    const Value *const found = map.entries().find(key);
    if (found)
        call.evaluation.see(*found);
    return found;
}

Value mapOfRules(const YaqlCall &call, ValueMap map)
{
    for (std::size_t i = 0; i < call.restCount(); ++i) {
        const auto *const rule = objectAs<YaqlRule>(call.rest(i));
        if (!isUsable(call, rule->key()))
            return {};
        map.set(rule->key(), rule->value());
    }
    return Value(std::move(map));
}

Value dictOfRules(const YaqlCall &call)
{
    return mapOfRules(call, {});
}

Value dictOfPairs(const YaqlCall &call)
{
    ValueMap map;
    forEach(call.evaluation, call[0], [&](const Value &pair) {
        const auto walk = iterate(call.evaluation, pair);
        Value key;
        Value value;
        if (!walk || !walk->next(call.evaluation, key) || !walk->next(call.evaluation, value)) {
            call.evaluation.fail(PythonError::StopIteration, "");
            return false;
        }
        if (!isUsable(call, key))
            return false;
        map.set(key, value);
        return true;
    });
    return Value(std::move(map));
}

Value dictAt(const YaqlCall &call)
{
    const Value *const found = valueAt(call, call[0], call[1]);
    if (found || call.evaluation.failed())
        return found ? *found : Value();
    const std::string hint
        = call[1].isText() ? didYouMean(call[0].entriesOrNone(), call[1].text()) : std::string();
    return call.evaluation.fail(PythonError::Key, yaqlRepr(call.evaluation, call[1]) + hint);
}

Value dictGet(const YaqlCall &call)
{
    const Value *const found = valueAt(call, call[0], call[1]);
    return found ? *found : call[2];
}

Value dictSet(const YaqlCall &call)
{
    if (!isUsable(call, call[1]))
        return {};
    ValueMap map = call[0].entries();
    map.set(call[1], call[2]);
    return Value(std::move(map));
}

Value joined(const Value &left, const Value &right)
{
    ValueMap map = left.entries();
    for (const ValueMap::Entry &entry : right.entries())
        map.set(entry.key, entry.value);
    return Value(std::move(map));
}

Value dictJoined(const YaqlCall &call)
{
    return joined(call[0], call[1]);
}

Value dictSetRules(const YaqlCall &call)
{
    return mapOfRules(call, call[0].entries());
}

template <YaqlMapView::Part part>
Value view(const YaqlCall &call)
{
    return Value(std::make_shared<const YaqlMapView>(call[0], part));
}

Value containsKey(const YaqlCall &call)
{
    return valueAt(call, call[0], call[1]) != nullptr;
}

Value containsValue(const YaqlCall &call)
{
    for (const ValueMap::Entry &entry : call[0].entries()) {
        if (!call.evaluation.step() || equal(call.evaluation, entry.value, call[1]))
            return true;
    }
    return false;
}

Value withoutKeys(const YaqlCall &call, const Value &keys)
{
    ValueMap map = call[0].entries();
    forEach(call.evaluation, keys, [&](const Value &key) {
        if (!isUsable(call, key))
            return false;
        map.remove(key);
        return true;
    });
    return Value(std::move(map));
}

Value deleteKeys(const YaqlCall &call)
{
    return withoutKeys(call, Value(call.restValues()));
}

Value deleteAll(const YaqlCall &call)
{
    return withoutKeys(call, call[1]);
}

Value dictLength(const YaqlCall &call)
{
    return Value(static_cast<std::int64_t>(call[0].entries().size()));
}

Value toDict(const YaqlCall &call)
{
    const YaqlLambda keyOf = call.lambda(1);
    const YaqlLambda valueOf = call.lambda(2);
    ValueMap map;
    forEach(call.evaluation, call[0], [&](const Value &item) {
        const Value key = keyOf(call.evaluation, item);
        if (!isUsable(call, key))
            return false;
        map.set(key, valueOf ? valueOf(call.evaluation, item) : item);
        return call.evaluation.allowsItems(static_cast<std::int64_t>(map.size()));
    });
    return Value(std::move(map));
}

Value isDict(const YaqlCall &call)
{
    return call[0].isMap();
}

constexpr std::array entries{
    YaqlFunctionEntry{"f! dict(*args:rule)", dictOfRules},
    YaqlFunctionEntry{"f! #map(*args:rule)", dictOfRules},
    YaqlFunctionEntry{"f! dict(items:iter)", dictOfPairs},
    YaqlFunctionEntry{"f #indexer(dict:dict, key:any)", dictAt},
    YaqlFunctionEntry{"f #indexer(dict:dict, key:any, default:any)", dictGet},
    YaqlFunctionEntry{"m get(dict:dict, key:any, default:any=null)", dictGet},
    YaqlFunctionEntry{"m! set(dict:dict, key:any, value:any)", dictSet},
    YaqlFunctionEntry{"m! set(dict:dict, replacements:dict)", dictJoined},
    YaqlFunctionEntry{"m! set(dict:dict, *args:rule)", dictSetRules},
    YaqlFunctionEntry{"m keys(dict:dict)", view<YaqlMapView::Part::Keys>},
    YaqlFunctionEntry{"m values(dict:dict)", view<YaqlMapView::Part::Values>},
    YaqlFunctionEntry{"m items(dict:dict)", view<YaqlMapView::Part::Items>},
    YaqlFunctionEntry{"m containsKey(dict:dict, key:any)", containsKey},
    YaqlFunctionEntry{"m containsValue(dict:dict, value:any)", containsValue},
    YaqlFunctionEntry{"m delete(dict:dict, *keys:any)", deleteKeys},
    YaqlFunctionEntry{"m deleteAll(dict:dict, keys:iter)", deleteAll},
    YaqlFunctionEntry{"f #operator_+(left:dict, right:dict)", dictJoined},
    YaqlFunctionEntry{"fm len(dict:dict)", dictLength},
    YaqlFunctionEntry{"m toDict(collection:iter, keySelector:lambda, valueSelector:lambda=null)",
                      toDict},
    YaqlFunctionEntry{"f isDict(arg:any)", isDict},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlMapFunctions()
{
    return entries;
}

} // namespace stormglass
