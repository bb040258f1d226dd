#include "engine/schema/masking.h"

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
        for (const ValueMap::Entry &entry : value.entries()) {
            const Value *own = schema["properties"].entriesOrNone().find(entry.key);
            result.set(entry.key,
                       masked(own ? *own : schema["additionalProperties"], entry.value, depth + 1));
        }
        return result;
    }
    if (value.isList() && schema["items"].isMap()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(masked(schema["items"], item, depth + 1));
        return Value(std::move(items));
    }
    return value;
}

bool isSecret(const Value &schema, int depth)
{
    if (depth > deepest || !schema.isMap())
        return false;
    if (schema["secret"].toBoolOr(false) || isSecret(schema["items"], depth + 1)
        || isSecret(schema["additionalProperties"], depth + 1))
        return true;
    for (const ValueMap::Entry &entry : schema["properties"].entriesOrNone()) {
        if (isSecret(entry.value, depth + 1))
            return true;
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
