#include "engine/schema/schema.h"

#include "engine/base/python_text.h"
#include "engine/schema/schema_walk.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool hasType(const Value &schema, std::string_view type)
{
    const Value &types = schema["type"];
    const ValueList &names = types.itemsOrNone();
    return types == Value(type)
        || std::find(names.begin(), names.end(), Value(type)) != names.end();
}

bool isNull(const Value &branch)
{
    return branch == Value("null") || branch["type"] == Value("null");
}

void appendUnlessNullable(Value &property, const char *keyword, const Value &null)
{
    const ValueList &branches = property[keyword].itemsOrNone();
    if (std::any_of(branches.begin(), branches.end(), isNull))
        return;
    Value widened = property[keyword];
    widened.append(null);
    property.set(keyword, widened);
}

void allowNullIn(Value &property)
{
    for (const char *keyword : {"anyOf", "oneOf"}) {
        if (property.find(keyword)) {
            if (property[keyword].isSequence())
                appendUnlessNullable(property, keyword, Value::map({{"type", "null"}}));
            return;
        }
    }
    if (property["type"].isSequence()) {
        appendUnlessNullable(property, "type", "null");
        return;
    }
    // The reference takes an untyped optional property for a text (content.md 2.3, QUIRK kept).
    const Value *type = property.find("type");
    property.set("type", Value::list({type ? *type : Value("string"), "null"}));
}

Value objectWithDefaults(const Value &instance, const Value &schema);

bool dependenciesAreMet(const Value &property, const Value &instance, const Value &schema)
{
    const Value *names = schema["dependencies"].entriesOrNone().find(property);
    for (const Value &name : names ? names->itemsOrNone() : Value().itemsOrNone()) {
        const bool isThere = instance.entries().find(name) != nullptr;
        const Value *other = schema["properties"].entries().find(name);
        if (!isThere && !(other && other->find("default")))
            return false;
    }
    return true;
}

Value listWithDefaults(const Value &instance, const Value &items)
{
    if (!instance.isList())
        return instance;
    ValueList result = instance.items();
    for (std::size_t i = 0; i < result.size(); ++i) {
        const bool isPositional = items.isSequence();
        if (isPositional && i >= items.items().size())
            break;
        const Value &schema = isPositional ? items.items()[i] : items;
        if (result[i].isNull() && schema.find("default"))
            result[i] = schema["default"];
        if (hasType(schema, "array"))
            result[i] = listWithDefaults(result[i], schema["items"]);
        if (hasType(schema, "object"))
            result[i] = objectWithDefaults(result[i], schema);
    }
    return Value(std::move(result));
}

// What is absent is not made up: only its own default, if it has one, comes in.
Value objectWithDefaults(const Value &instance, const Value &schema)
{
    if (!instance.isMap())
        return instance;
    Value result = instance;
    for (const ValueMap::Entry &entry : schema["properties"].entriesOrNone()) {
        const Value *fallback = entry.value.find("default");
        const Value *given = result.entries().find(entry.key);
        const bool isMissing = !given || given->isNull();
        if (fallback && isMissing && dependenciesAreMet(entry.key, result, schema))
            result.set(entry.key, *fallback);
        given = result.entries().find(entry.key);
        if (!given || given->isNull())
            continue;
        if (hasType(entry.value, "array"))
            result.set(entry.key, listWithDefaults(*given, entry.value["items"]));
        else if (hasType(entry.value, "object"))
            result.set(entry.key, objectWithDefaults(*given, entry.value));
    }
    return result;
}

// The reference's order: the least deep first, then by path, then what tells most.
int relevance(const SchemaError &a, const SchemaError &b)
{
    if (a.path.size() != b.path.size())
        return a.path.size() < b.path.size() ? 1 : -1;
    for (std::size_t i = 0; i < a.path.size(); ++i) {
        const std::string left = pythonStr(a.path[i]);
        const std::string right = pythonStr(b.path[i]);
        if (left != right)
            return left < right ? -1 : 1;
    }
    const auto isWeak = [](const SchemaError &error) {
        return error.keyword == u"anyOf"_s || error.keyword == u"oneOf"_s;
    };
    if (isWeak(a) != isWeak(b))
        return isWeak(a) ? -1 : 1;
    if (a.matchesType != b.matchesType)
        return a.matchesType ? -1 : 1;
    return 0;
}

QString dotted(const ValueList &path)
{
    QStringList steps;
    for (const Value &step : path)
        steps << QString::fromStdString(pythonStr(step));
    return steps.join(u'.');
}

} // namespace

Value withNullAllowed(const Value &schema)
{
    const Value &properties = schema["properties"];
    if (!properties.isMap())
        return schema;
    Value prepared = Value::map();
    for (const ValueMap::Entry &entry : properties.entries()) {
        Value property = entry.value;
        if (property.isMap()) {
            const bool isOptional
                = !property["required"].toBoolOr(false) || property.find("default");
            if (isOptional && property["default"].isNull())
                allowNullIn(property);
            if (hasType(property, "array") && property["items"]["properties"].isMap())
                property.set("items", withNullAllowed(property["items"]));
            if (hasType(property, "object") && property["properties"].isMap())
                property = withNullAllowed(property);
        }
        prepared.set(entry.key, property);
    }
    Value result = schema;
    result.set("properties", prepared);
    return result;
}

std::vector<SchemaError> schemaErrors(const Value &schema, const Value &instance)
{
    return SchemaWalk(schema).errors(schema, instance);
}

SchemaError bestMatch(const std::vector<SchemaError> &errors)
{
    const SchemaError *best = &errors.front();
    for (const SchemaError &error : errors) {
        if (relevance(error, *best) > 0)
            best = &error;
    }
    ValueList path = best->path;
    while (!best->context.empty()) {
        std::vector<const SchemaError *> branches;
        for (const SchemaError &error : best->context)
            branches.push_back(&error);
        std::stable_sort(
            branches.begin(), branches.end(),
            [](const SchemaError *a, const SchemaError *b) { return relevance(*a, *b) < 0; });
        // Two branches that tell as much: neither is better than the whole.
        if (branches.size() > 1 && relevance(*branches[0], *branches[1]) == 0)
            break;
        best = branches[0];
        path.insert(path.end(), best->path.begin(), best->path.end());
    }
    SchemaError found = *best;
    found.path = std::move(path);
    return found;
}

Result<Value> validate(const Value &schema, const Value &instance, const SchemaOptions &options)
{
    const Value prepared = options.allowNull ? withNullAllowed(schema) : schema;
    const bool isObject = schema["type"] == Value("object");
    const Value cleaned
        = options.useDefaults && isObject ? objectWithDefaults(instance, prepared) : instance;
    const std::vector<SchemaError> errors = schemaErrors(prepared, cleaned);
    if (errors.empty())
        return cleaned;
    const SchemaError best = bestMatch(errors);
    return failure(
        Error{ErrorCode::Invalid, best.message, u"ValidationError"_s, dotted(best.path)});
}

Value parametersSchema(const Value &parameters, Additional additional)
{
    if (parameters.entriesOrNone().isEmpty())
        return Value::map();
    Value properties = Value::map();
    for (const ValueMap::Entry &entry : parameters.entries()) {
        const bool isEmpty = entry.value.entriesOrNone().isEmpty();
        // An untyped parameter takes everything but null.
        properties.set(entry.key,
                       isEmpty ? Value::map({{"type",
                                              Value::list({"array", "boolean", "integer", "number",
                                                           "object", "string"})}})
                               : entry.value);
    }
    return Value::map({{"type", "object"},
                       {"properties", properties},
                       {"additionalProperties", additional == Additional::Allowed}});
}

Value mergedParameters(const Value &runnerParameters, const Value &actionParameters)
{
    Value merged = runnerParameters.isMap() ? runnerParameters : Value::map();
    for (const ValueMap::Entry &entry : actionParameters.entriesOrNone()) {
        const Value *runner = merged.entries().find(entry.key);
        if (!runner || !runner->isMap() || !entry.value.isMap()) {
            merged.set(entry.key, entry.value);
            continue;
        }
        Value schema = *runner;
        for (const ValueMap::Entry &attribute : entry.value.entries())
            schema.set(attribute.key, attribute.value);
        merged.set(entry.key, schema);
    }
    return merged;
}

} // namespace stormglass
