#include "engine/schema/masking.h"

#include "engine/schema/subschema.h"

#include <algorithm>

namespace stormglass {

namespace {

constexpr int deepest = 32;

Value masked(const Value &schema, const Value &value, int depth)
{
    if (depth > deepest || !schema.isMap() || value.isNull())
        return value;
    if (schema["secret"].toBoolOr(false))
        return maskedText;
    if (value.isMap()) {
        Value result = Value::map();
        for (const ValueMap::Entry &entry : value.entries())
            result.set(entry.key, masked(memberSchema(schema, entry.key), entry.value, depth + 1));
        return result;
    }
    if (value.isList()) {
        ValueList items;
        for (std::size_t i = 0; i < value.items().size(); ++i)
            items.push_back(masked(itemSchema(schema, i), value.items()[i], depth + 1));
        return Value(std::move(items));
    }
    return value;
}

bool isSecret(const Value &schema, int depth)
{
    if (depth > deepest || !schema.isMap())
        return false;
    if (schema["secret"].toBoolOr(false))
        return true;
    for (const char *keyword : {"items", "additionalItems", "additionalProperties"}) {
        if (isSecret(schema[keyword], depth + 1))
            return true;
    }
    const auto isSecretItem = [depth](const Value &item) { return isSecret(item, depth + 1); };
    const ValueList &places = schema["items"].itemsOrNone();
    if (std::any_of(places.begin(), places.end(), isSecretItem))
        return true;
    for (const char *keyword : {"properties", "patternProperties"}) {
        for (const ValueMap::Entry &entry : schema[keyword].entriesOrNone()) {
            if (isSecret(entry.value, depth + 1))
                return true;
        }
    }
    return false;
}

} // namespace

Value withSecretsMasked(const Value &parameters, const Value &values)
{
    return masked(Value::map({{"properties", parameters}}), values, 0);
}

bool hasSecrets(const Value &parameters)
{
    return isSecret(Value::map({{"properties", parameters}}), 0);
}

} // namespace stormglass
