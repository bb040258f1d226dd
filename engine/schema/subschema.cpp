#include "engine/schema/subschema.h"

#include "engine/expressions/regex.h"

namespace stormglass {

namespace {

bool finds(const Value &pattern, const Value &name)
{
    if (!pattern.isText() || !name.isText())
        return false;
    const auto regex = Regex::cached(pattern.text());
    if (!regex)
        return false;
    const auto match = regex->search(name.text());
    return match && *match;
}

Value mapOrEmpty(const Value &value)
{
    return value.isMap() ? value : Value::map();
}

} // namespace

Value memberSchema(const Value &schema, const Value &name)
{
    if (const Value *own = schema["properties"].entriesOrNone().find(name))
        return mapOrEmpty(*own);
    Value composed = Value::map();
    bool isFound = false;
    for (const ValueMap::Entry &entry : schema["patternProperties"].entriesOrNone()) {
        if (!finds(entry.key, name))
            continue;
        isFound = true;
        for (const ValueMap::Entry &keyword : entry.value.entriesOrNone())
            composed.set(keyword.key, keyword.value);
    }
    return isFound ? composed : mapOrEmpty(schema["additionalProperties"]);
}

Value itemSchema(const Value &schema, std::size_t index)
{
    const Value &items = schema["items"];
    if (items.isMap())
        return items;
    const ValueList &places = items.itemsOrNone();
    return mapOrEmpty(index < places.size() ? places[index] : schema["additionalItems"]);
}

} // namespace stormglass
