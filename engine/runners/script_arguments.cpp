#include "engine/runners/script_arguments.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"
#include "engine/runners/shell_quote.h"

#include <algorithm>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

QString textOf(const Value &value)
{
    return QString::fromStdString(pythonStr(value));
}

// As Python's bool() has it.
bool isTruthy(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return false;
    case Value::Kind::Bool:
        return value.toBool();
    case Value::Kind::Int:
        return value.toInt() != 0;
    case Value::Kind::Double:
        return value.toDouble() != 0;
    case Value::Kind::Text:
        return !value.text().empty();
    case Value::Kind::List:
    case Value::Kind::Tuple:
        return !value.items().empty();
    case Value::Kind::Map:
        return !value.entries().isEmpty();
    default:
        return true;
    }
}

tl::unexpected<Error> notA(std::string_view type, const Value &value)
{
    return failure(ErrorCode::Invalid,
                   u"a positional parameter of type %1 cannot be %2"_s.arg(
                       QString::fromUtf8(type.data(), qsizetype(type.size())),
                       QString::fromStdString(pythonRepr(value))));
}

Result<QString> joined(std::string_view type, const Value &value)
{
    QStringList parts;
    if (value.isSequence()) {
        for (const Value &item : value.items())
            parts += textOf(item);
    } else if (value.isMap()) {
        for (const ValueMap::Entry &entry : value.entries())
            parts += textOf(entry.key);
    } else if (value.isText()) {
        for (const char32_t letter : value.toQString().toUcs4())
            parts += QString::fromUcs4(&letter, 1);
    } else {
        return notA(type, value);
    }
    return parts.join(u',');
}

Result<QString> positionalText(std::string_view type, const Value &value)
{
    if (type == "string" || type == "number" || type == "float") {
        if (value.isSequence() || value.isMap())
            return notA(type, value);
        return value.isNull() ? QString() : textOf(value);
    }
    if (type == "boolean")
        return value.isNull() ? QString() : isTruthy(value) ? u"1"_s : u"0"_s;
    if (type == "null" || !isTruthy(value))
        return QString();
    if (type == "array" || type == "list")
        return joined(type, value);
    if (type == "object")
        return QString::fromStdString(writeJson(value));
    return textOf(value);
}

struct Positioned
{
    double position = 0;
    QString name;
};

// Positions are numbers; packs also write them as text.
std::optional<double> positionOf(const Value &schema)
{
    const Value &position = schema["position"];
    if (position.isInt())
        return double(position.toInt());
    if (position.isDouble())
        return position.toDouble();
    bool isNumber = false;
    const double number = position.toQStringOr({}).toDouble(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::vector<Positioned> positions(const Value &schema)
{
    std::vector<Positioned> found;
    for (const ValueMap::Entry &entry : schema.entriesOrNone()) {
        if (const auto position = positionOf(entry.value))
            found.push_back({*position, entry.key.toQStringOr({})});
    }
    std::stable_sort(found.begin(), found.end(), [](const Positioned &a, const Positioned &b) {
        return a.position < b.position;
    });
    return found;
}

} // namespace

Result<ScriptArguments> scriptArguments(const Value &parameters, const Value &schema,
                                        const QString &keywordOperator)
{
    ScriptArguments arguments;
    QStringList taken;
    for (const Positioned &positioned : positions(schema)) {
        const QByteArray name = positioned.name.toUtf8();
        const Value type = schema[name.toStdString()]["type"];
        SG_LET(const QString text,
               positionalText(type.isText() ? type.text() : std::string_view(),
                              parameters[name.toStdString()]));
        arguments.positional += text;
        taken += positioned.name;
    }
    for (const ValueMap::Entry &entry : parameters.entriesOrNone()) {
        const QString name = entry.key.toQStringOr({});
        if (!taken.contains(name))
            arguments.named.emplace_back(keywordOperator + name, entry.value);
    }
    return arguments;
}

QString ScriptArguments::commandLine() const
{
    QStringList words;
    for (const auto &[name, value] : named) {
        if (value.isNull() || (value.isText() && value.text().empty()))
            continue;
        if (!value.isBool())
            words += shellQuote(name) + u'=' + shellQuote(textOf(value));
        else if (value.toBool())
            words += name;
    }
    for (const QString &text : positional)
        words += shellQuote(text);
    return words.join(u' ');
}

} // namespace stormglass
