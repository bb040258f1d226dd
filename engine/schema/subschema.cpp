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

const Value *targetOf(const Value &root, std::string_view reference)
{
    if (reference.substr(0, 2) != "#/")
        return nullptr;
    const Value *at = &root;
    while (at && !reference.empty()) {
        reference.remove_prefix(reference.find('/') + 1);
        const std::string_view step = reference.substr(0, reference.find('/'));
        at = at->find(step);
        reference.remove_prefix(step.size());
    }
    return at;
}

// Puts schemas in the place of references to them.
class References
{
public:
    explicit References(const Value &root)
        : m_root(root)
    {
    }

    Result<Value> followed(const Value &value, int depth)
    {
        if (depth > deepest || ++m_taken > most)
            return refused("the references of the schema lead to themselves, or to too much");
        if (const Value *reference = value.find("$ref"); reference && reference->isText()) {
            const Value *target = targetOf(m_root, reference->text());
            if (!target)
                return refused("a reference of the schema leads nowhere: "
                               + std::string(reference->text()));
            return followed(*target, depth + 1);
        }
        if (value.isMap()) {
            Value map = Value::map();
            for (const ValueMap::Entry &entry : value.entries()) {
                SG_LET(Value member, followed(entry.value, depth + 1));
                map.set(entry.key, std::move(member));
            }
            return map;
        }
        if (!value.isList())
            return value;
        ValueList items;
        for (const Value &each : value.items()) {
            SG_LET(Value item, followed(each, depth + 1));
            items.push_back(std::move(item));
        }
        return Value(std::move(items));
    }

private:
    static constexpr int deepest = 60;
    static constexpr int most = 100'000;

    static tl::unexpected<Error> refused(const std::string &message)
    {
        return failure(Error{ErrorCode::Invalid,
                             QString::fromStdString(message),
                             QStringLiteral("ValidationError"),
                             {}});
    }

    const Value &m_root;
    int m_taken = 0;
};

} // namespace

Result<Value> withReferencesFollowed(const Value &properties)
{
    const Value root = Value::map({{"properties", properties}});
    return References(root).followed(properties, 0);
}

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
