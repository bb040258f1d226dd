#include "engine/packs/sealed_values.h"

#include "engine/base/json.h"
#include "engine/schema/masking.h"
#include "engine/schema/subschema.h"

#include <algorithm>

namespace stormglass {

namespace {

// No pack writes such a member; a value of it is cipher text.
constexpr std::string_view sealMember = "$stormglass-sealed";

bool isTemplate(const Value &value)
{
    return value.isText() && value.text().find("{{") != std::string_view::npos;
}

// Depth is bounded by the reader that made the value.
Result<Value> sealed(const Value &schema, const Value &value, const Encrypt &encrypt)
{
    const bool isSecret = schema["secret"].toBoolOr(false);
    if (isSecret && !value.isNull() && !isTemplate(value)) {
        SG_LET(const std::string cipher, encrypt(writeJson(value)));
        return Value::map({{sealMember, cipher}});
    }
    if (value.isMap()) {
        Value result = Value::map();
        for (const ValueMap::Entry &entry : value.entries()) {
            SG_LET(Value member, sealed(memberSchema(schema, entry.key), entry.value, encrypt));
            result.set(entry.key, std::move(member));
        }
        return result;
    }
    if (!value.isList())
        return value;
    ValueList items;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
        SG_LET(Value item, sealed(itemSchema(schema, i), value.items()[i], encrypt));
        items.push_back(std::move(item));
    }
    return Value(std::move(items));
}

} // namespace

Result<Value> withSecretsSealed(const Value &attributes, const Value &values,
                                const Encrypt &encrypt)
{
    if (!attributes.isMap() || !hasSecrets(attributes))
        return values;
    return sealed(Value::map({{"properties", attributes}}), values, encrypt);
}

bool hasSealed(const Value &values)
{
    const ValueList &items = values.itemsOrNone();
    const ValueMap &entries = values.entriesOrNone();
    return values.find(sealMember) || std::any_of(items.begin(), items.end(), hasSealed)
        || std::any_of(entries.begin(), entries.end(),
                       [](const ValueMap::Entry &entry) { return hasSealed(entry.value); });
}

Result<Value> withSecretsOpened(const Value &values, const Decrypt &decrypt)
{
    if (const Value *cipher = values.find(sealMember)) {
        SG_LET(const Value text, decrypt(cipher->isText() ? cipher->text() : ""));
        SG_LET(Value value, readJson(text.text()));
        return value;
    }
    if (values.isMap()) {
        Value result = Value::map();
        for (const ValueMap::Entry &entry : values.entries()) {
            SG_LET(Value member, withSecretsOpened(entry.value, decrypt));
            result.set(entry.key, std::move(member));
        }
        return result;
    }
    if (!values.isList())
        return values;
    ValueList items;
    for (const Value &each : values.items()) {
        SG_LET(Value item, withSecretsOpened(each, decrypt));
        items.push_back(std::move(item));
    }
    return Value(std::move(items));
}

} // namespace stormglass
