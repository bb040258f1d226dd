#include "ui/models/parameters.h"

#include "engine/base/json.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace stormglass::ui {

namespace {

using Kind = ParameterField::Kind;

QString tr(const char *text)
{
    return QCoreApplication::translate("Parameters", text);
}

Kind kindOf(const Value &type)
{
    static const QHash<QString, Kind> kinds{
        {QStringLiteral("string"), Kind::Text},   {QStringLiteral("integer"), Kind::Integer},
        {QStringLiteral("number"), Kind::Number}, {QStringLiteral("boolean"), Kind::Boolean},
        {QStringLiteral("array"), Kind::Array},   {QStringLiteral("object"), Kind::Object}};
    // `type: [string, "null"]`: the first that is not null.
    for (const Value &one : type.itemsOrNone()) {
        if (kinds.contains(one.toQStringOr({})))
            return kinds.value(one.toQStringOr({}));
    }
    return kinds.value(type.toQStringOr({}), type.isText() ? Kind::Any : Kind::Text);
}

ParameterField fieldOf(const QString &name, const Value &schema)
{
    ParameterField field;
    field.name = name;
    field.kind = kindOf(schema["type"]);
    field.description = schema["description"].toQStringOr({}).simplified();
    if (const Value *given = schema.find("default"); given && !given->isNull()) {
        field.defaultValue = *given;
        field.hasDefault = true;
    }
    field.isRequired = schema["required"].toBoolOr(false);
    field.isSecret = schema["secret"].toBoolOr(false);
    field.isImmutable = schema["immutable"].toBoolOr(false);
    field.choices = schema["enum"].itemsOrNone();
    field.position = static_cast<int>(schema["position"].toIntOr(-1));
    return field;
}

int group(const ParameterField &field)
{
    return field.isImmutable ? 2 : field.isRequired ? 0 : 1;
}

ParsedInput readJsonInput(const QString &text, bool fits(const Value &), const QString &wanted)
{
    const Result<Value> value = readJson(text.toStdString());
    if (!value)
        return {std::nullopt, tr("%1 Write it as JSON. %2").arg(wanted, value.error().message)};
    if (!fits(*value))
        return {std::nullopt, wanted};
    return {*value, {}};
}

// `a, b, c` will do where an array is wanted.
ParsedInput readArray(const QString &text)
{
    if (text.startsWith(QLatin1Char('[')))
        return readJsonInput(
            text, [](const Value &value) { return value.isList(); }, tr("A list is wanted."));
    Value list = Value::list();
    for (const QString &item : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
        list.append(item.trimmed());
    return {list, {}};
}

ParsedInput readWord(const QString &text)
{
    const QString word = text.toLower();
    if (word == QLatin1String("true") || word == QLatin1String("yes"))
        return {Value(true), {}};
    if (word == QLatin1String("false") || word == QLatin1String("no"))
        return {Value(false), {}};
    return {std::nullopt, tr("True or false is wanted.")};
}

} // namespace

std::vector<ParameterField> parameterFields(const Value &schema)
{
    const Value *properties = schema.find("properties");
    const bool isWrapped = properties && properties->isMap()
        && schema["type"].toQStringOr({}) == QLatin1String("object");
    const Value &members = isWrapped ? *properties : schema;
    std::vector<ParameterField> fields;
    for (const ValueMap::Entry &entry : members.entriesOrNone()) {
        if (entry.key.isText() && entry.value.isMap())
            fields.push_back(fieldOf(entry.key.toQString(), entry.value));
    }
    // `required: [a, b]` beside the properties, as later drafts have it.
    for (const Value &name : isWrapped ? schema["required"].itemsOrNone() : ValueList()) {
        for (ParameterField &field : fields)
            field.isRequired = field.isRequired || field.name == name.toQStringOr({});
    }
    std::stable_sort(fields.begin(), fields.end(),
                     [](const ParameterField &a, const ParameterField &b) {
                         if (group(a) != group(b))
                             return group(a) < group(b);
                         const auto place = [](const ParameterField &field) {
                             return field.position < 0 ? 1'000 : field.position;
                         };
                         return place(a) < place(b);
                     });
    return fields;
}

QString faultyParameter(const Error &fault)
{
    // `'cmd' is a required property`: the validator names what is missing in its sentence alone.
    static const QRegularExpression missing(QStringLiteral("^'([^']+)' is a required property"));
    const QRegularExpressionMatch found = missing.match(fault.message);
    if (found.hasMatch())
        return found.captured(1);
    return fault.place.section(QLatin1Char('.'), 0, 0);
}

QString inputText(const ParameterField &field, const Value &value)
{
    if (value.isNull())
        return {};
    if (value.isText())
        return value.toQString();
    const bool isCompact = field.kind != Kind::Object && field.kind != Kind::Array;
    return QString::fromStdString(writeJson(value, {.indent = isCompact ? -1 : 2}));
}

QString kindWord(Kind kind)
{
    switch (kind) {
    case Kind::Text:
        return tr("text");
    case Kind::Integer:
        return tr("whole number");
    case Kind::Number:
        return tr("number");
    case Kind::Boolean:
        return tr("true or false");
    case Kind::Array:
        return tr("list");
    case Kind::Object:
        return tr("object");
    case Kind::Any:
        return tr("any value");
    }
    return {};
}

ParsedInput readInput(const ParameterField &field, const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() && (field.kind != Kind::Text || text.isEmpty())) {
        const bool isMissing = field.isRequired && !field.hasDefault;
        return {std::nullopt, isMissing ? tr("This is required.") : QString()};
    }
    if (trimmed.contains(QLatin1String("{{")) && trimmed.contains(QLatin1String("}}")))
        return {Value(text), {}};
    bool isNumber = false;
    switch (field.kind) {
    case Kind::Text:
        return {Value(text), {}};
    case Kind::Integer: {
        const qlonglong number = trimmed.toLongLong(&isNumber);
        return isNumber ? ParsedInput{Value(number), {}}
                        : ParsedInput{{}, tr("A whole number is wanted.")};
    }
    case Kind::Number: {
        const double number = trimmed.toDouble(&isNumber);
        return isNumber ? ParsedInput{Value(number), {}}
                        : ParsedInput{{}, tr("A number is wanted.")};
    }
    case Kind::Boolean:
        return readWord(trimmed);
    case Kind::Array:
        return readArray(trimmed);
    case Kind::Object:
        return readJsonInput(
            trimmed, [](const Value &value) { return value.isMap(); }, tr("An object is wanted."));
    case Kind::Any: {
        const Result<Value> value = readJson(trimmed.toStdString());
        return {value ? *value : Value(text), {}};
    }
    }
    return {};
}

} // namespace stormglass::ui
