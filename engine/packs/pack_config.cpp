#include "engine/packs/pack_config.h"

#include "engine/base/python_text.h"
#include "engine/model/json_members.h"
#include "engine/schema/schema.h"
#include "engine/schema/subschema.h"

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

bool hasTemplate(const Value &value)
{
    return value.isText()
        && (value.text().find("{{") != std::string_view::npos
            || value.text().find("{%") != std::string_view::npos);
}

// A secret is decrypted on its own; doing it twice would hand rubbish to the pack.
Result<> refuseOwnDecryption(const Value &attributes, const Value &values)
{
    for (const ValueMap::Entry &entry : values.entries()) {
        const bool isSecret
            = attributes[entry.key.isText() ? entry.key.text() : ""]["secret"].toBoolOr(false);
        if (!isSecret || !hasTemplate(entry.value)
            || entry.value.text().find("decrypt_kv") == std::string_view::npos)
            continue;
        return failure(Error{
            ErrorCode::Invalid,
            u"Values specified as \"secret: True\" in config schema are automatically decrypted by default. Use of \"decrypt_kv\" jinja filter is not allowed for such values. Please check the specified values in the config or the default values in the schema."_s,
            u"ValueValidationException"_s, entry.key.toQStringOr({})});
    }
    return {};
}

QString below(const QString &path, const Value &step)
{
    const QString name = QString::fromStdString(pythonStr(step));
    return path.isEmpty() ? name : path + u'.' + name;
}

// Puts in the place of templates what they give.
class Rendering
{
public:
    Rendering(QString pack, const ConfigScope &scope)
        : m_pack(std::move(pack))
    {
        m_context.resolver = scope.resolver;
        m_context.user = scope.user;
    }

    Result<Value> rendered(const Value &value, const Value &schema, const QString &path) const
    {
        if (value.isMap())
            return renderedMap(value, schema, path);
        if (value.isList())
            return renderedList(value, schema, path);
        return hasTemplate(value) ? renderedText(value, schema, path) : Result<Value>(value);
    }

private:
    Result<Value> renderedMap(const Value &map, const Value &schema, const QString &path) const
    {
        Value result = Value::map();
        for (const ValueMap::Entry &entry : map.entries()) {
            SG_LET(Value value,
                   rendered(entry.value, memberSchema(schema, entry.key), below(path, entry.key)));
            result.set(entry.key, std::move(value));
        }
        return result;
    }

    Result<Value> renderedList(const Value &list, const Value &schema, const QString &path) const
    {
        ValueList result;
        for (std::size_t i = 0; i < list.items().size(); ++i) {
            SG_LET(Value value,
                   rendered(list.items()[i], itemSchema(schema, i),
                            below(path, static_cast<std::int64_t>(i))));
            result.push_back(std::move(value));
        }
        return Value(std::move(result));
    }

    Result<Value> renderedText(const Value &text, const Value &schema, const QString &path) const
    {
        Result<Expression> expression = Expression::compile(text.text(), Language::Jinja);
        Result<Value> value = expression ? expression->evaluate(m_context)
                                         : Result<Value>(failure(expression.error()));
        if (!value)
            return refused(value.error(), text, path);
        if (isFalsy(*value))
            return Value();
        const bool isSecret = schema["secret"].toBoolOr(false);
        return isSecret && m_context.resolver ? m_context.resolver->decrypt(value->text()) : value;
    }

    tl::unexpected<Error> refused(const Error &cause, const Value &text, const QString &path) const
    {
        return failure(Error{
            cause.isRefusal() ? ErrorCode::Invalid : cause.code,
            u"Failed to render dynamic configuration value for key \"%1\" with value \"%2\" for pack \"%3\" config: %4 %5"_s
                .arg(path, text.toQString(), m_pack, cause.kind, cause.message),
            u"RuntimeError"_s, path});
    }

    QString m_pack;
    EvaluationContext m_context;
};

tl::unexpected<Error> wrongKind(const QString &path, const char *wanted)
{
    return failure(
        Error{ErrorCode::Invalid,
              u"The configuration value \"%1\" must be %2."_s.arg(path, QLatin1String(wanted)),
              u"RuntimeError"_s, path});
}

Result<Value> withItemDefaults(const Value &list, const Value &schema, const QString &path);

bool saysWhatIsInside(const Value &schema, std::initializer_list<const char *> keywords)
{
    return std::any_of(keywords.begin(), keywords.end(),
                       [&](const char *keyword) { return !isFalsy(schema[keyword]); });
}

Result<Value> withMemberDefaults(const Value &map, const Value &schema, const QString &path);

// What a part of a configuration is when its schema has had its say; none if there is nothing.
Result<std::optional<Value>> withDefaults(const Value *given, const Value &schema,
                                          const QString &path)
{
    std::optional<Value> value = given ? std::optional(*given) : std::nullopt;
    if (const Value *fallback = schema.find("default"); fallback && !value)
        value = *fallback;
    if (schema["type"] == Value("object")
        && saysWhatIsInside(schema, {"properties", "patternProperties", "additionalProperties"})) {
        // A nested object is there even if nothing of it was given.
        const bool isNothing = !value || isFalsy(*value);
        SG_LET(value, withMemberDefaults(isNothing ? Value::map() : *value, schema, path));
    } else if (schema["type"] == Value("array")
               && saysWhatIsInside(schema, {"items", "additionalItems"})) {
        const bool isNothing = !value || isFalsy(*value);
        SG_LET(value, withItemDefaults(isNothing ? Value::list() : *value, schema, path));
    }
    return value;
}

Result<Value> withMemberDefaults(const Value &map, const Value &schema, const QString &path)
{
    if (!map.isMap())
        return wrongKind(path, "an object");
    Value result = map;
    for (const ValueMap::Entry &entry : map.entries()) {
        SG_LET(const std::optional<Value> value,
               withDefaults(&entry.value, memberSchema(schema, entry.key), below(path, entry.key)));
        result.set(entry.key, *value);
    }
    for (const ValueMap::Entry &entry : schema["properties"].entriesOrNone()) {
        if (map.entries().find(entry.key))
            continue;
        SG_LET(const std::optional<Value> value,
               withDefaults(nullptr, entry.value, below(path, entry.key)));
        if (value)
            result.set(entry.key, *value);
    }
    return result;
}

Result<Value> withItemDefaults(const Value &list, const Value &schema, const QString &path)
{
    // A text is left to whoever reads it, unless something had to be filled in inside.
    if (list.isText() && itemSchema(schema, 0)["type"] != Value("object"))
        return list;
    if (!list.isList())
        return wrongKind(path, "an array");
    ValueList result;
    for (std::size_t i = 0; i < list.items().size(); ++i) {
        SG_LET(const std::optional<Value> value,
               withDefaults(&list.items()[i], itemSchema(schema, i),
                            below(path, static_cast<std::int64_t>(i))));
        result.push_back(*value);
    }
    return Value(std::move(result));
}

} // namespace

Result<Value> checkedConfig(const QString &pack, const Value &attributes, const Value &values,
                            const QString &file)
{
    const Value given = values.isNull() ? Value::map() : values;
    if (!given.isMap())
        return failure(
            Error{ErrorCode::Invalid,
                  u"%1 is not of type 'object'"_s.arg(QString::fromStdString(pythonRepr(given))),
                  u"ValidationError"_s, u"values"_s});
    if (attributes.isNull())
        return given;
    Result<Value> cleaned = validate(parametersSchema(attributes, Additional::Allowed), given);
    if (!cleaned) {
        Error error = std::move(cleaned).error();
        error.message
            = u"Failed validating attribute \"%1\" in config for pack \"%2\" (%3): %4"_s.arg(
                error.place, pack, file, error.message);
        return failure(std::move(error));
    }
    SG_TRY(refuseOwnDecryption(attributes, *cleaned));
    return cleaned;
}

Result<Value> resolvedConfig(const QString &pack, const Value &attributes, const Value &values,
                             const ConfigScope &scope)
{
    const Value schema
        = Value::map({{"properties", attributes.isMap() ? attributes : Value::map()}});
    const Rendering rendering(pack, scope);
    SG_LET(const Value rendered,
           rendering.rendered(values.isNull() ? Value::map() : values, schema, {}));
    return withMemberDefaults(rendered, schema, {});
}

} // namespace stormglass
