#include "engine/aliases/alias_parameters.h"

#include "engine/base/python_text.h"
#include "engine/expressions/parameter_cast.h"
#include "engine/expressions/template_render.h"
#include "engine/expressions/text_cutting.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

Error valueError(const QString &message)
{
    return {ErrorCode::Invalid, message, u"ValueError"_s};
}

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Result<Value> listFrom(const Value &value)
{
    if (value.isList())
        return value;
    if (!value.isText())
        return failure(valueError(
            u"'%1' object has no attribute 'split'"_s.arg(toQString(pythonTypeName(value)))));
    Value list = Value::list();
    std::string_view rest = value.text();
    for (std::size_t comma = 0; comma != std::string_view::npos;) {
        comma = rest.find(',');
        list.append(Value(stripped(rest.substr(0, comma))));
        rest.remove_prefix(std::min(rest.size(), comma == std::string_view::npos ? 0 : comma + 1));
    }
    return list;
}

Result<Value> cast(const Value &value, std::string_view type)
{
    if (type == "array")
        return listFrom(value);
    const bool wantsNumber = type == "integer" || type == "number";
    if (value.isNull() && wantsNumber)
        return failure(valueError(u"%1 must be a string or a real number, not 'NoneType'"_s.arg(
            type == "integer" ? u"int() argument"_s : u"float() argument"_s)));
    return castParameter(value, type);
}

} // namespace

Result<ValueList> withImmutable(ValueList executions, const Value &immutable,
                                const EvaluationContext &context)
{
    if (immutable.entriesOrNone().isEmpty())
        return executions;
    SG_LET(const Value rendered, renderValues(immutable, context));
    for (Value &parameters : executions) {
        QStringList overridden;
        for (const ValueMap::Entry &entry : immutable.entries()) {
            if (parameters.entries().contains(entry.key.text()))
                overridden << toQString(entry.key.text());
        }
        if (!overridden.isEmpty())
            return failure(valueError(
                u"Immutable arguments cannot be overriden: %1"_s.arg(overridden.join(u','))));
        for (const ValueMap::Entry &entry : rendered.entries())
            parameters.set(entry.key, entry.value);
    }
    return executions;
}

Result<Value> castAliasParameters(const Value &parameters, const Value &schemas)
{
    Value result = parameters;
    for (const ValueMap::Entry &entry : parameters.entriesOrNone()) {
        const Value &type = schemas[entry.key.text()]["type"];
        if (!type.isText())
            continue;
        Result<Value> value = cast(entry.value, type.text());
        if (!value)
            return failure(valueError(
                u"Failed to cast value \"%1\" (type: %2) for parameter \"%3\" of type \"%4\": %5. "
                "Perhaps the value is of an invalid type?"_s.arg(
                    toQString(pythonStr(entry.value)), toQString(pythonTypeName(entry.value)),
                    toQString(entry.key.text()), toQString(type.text()), value.error().message)));
        result.set(entry.key, std::move(*value));
    }
    return result;
}

} // namespace stormglass
