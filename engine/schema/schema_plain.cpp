#include "engine/base/python_text.h"
#include "engine/expressions/regex.h"
#include "engine/schema/schema_walk.h"

#include <QStringList>

#include <cmath>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

QString repr(const Value &value)
{
    return QString::fromStdString(pythonRepr(value));
}

void add(std::vector<SchemaError> &found, std::string_view keyword, QString message)
{
    found.push_back({std::move(message),
                     {},
                     QString::fromUtf8(keyword.data(), qsizetype(keyword.size())),
                     {},
                     false});
}

double asDouble(const Value &number)
{
    if (number.isDouble())
        return number.toDouble();
    return number.isInt() ? static_cast<double>(number.toInt()) : number.toBigInt().toDouble();
}

bool isLess(const Value &a, const Value &b)
{
    if (a.isInt() && b.isInt())
        return a.toInt() < b.toInt();
    return asDouble(a) < asDouble(b);
}

void checkType(const Value &argument, const Value &instance, std::vector<SchemaError> &found)
{
    const ValueList types = argument.isText() ? ValueList{argument} : argument.itemsOrNone();
    QStringList names;
    for (const Value &type : types) {
        if (type.isText() && hasSchemaType(instance, type.text()))
            return;
        // A type may be a schema of its own in Draft 3; only names exist here.
        names << repr(type);
    }
    add(found, "type", u"%1 is not of type %2"_s.arg(repr(instance), names.join(u", "_s)));
}

void checkEnum(const Value &argument, const Value &instance, std::vector<SchemaError> &found)
{
    // 0 and False, 1 and True are told apart, 1 and 1.0 are not.
    for (const Value &each : argument.itemsOrNone()) {
        if (each.isBool() == instance.isBool() && Value::pythonEqual(each, instance))
            return;
    }
    add(found, "enum", u"%1 is not one of %2"_s.arg(repr(instance), repr(argument)));
}

void checkBound(std::string_view keyword, const Value &bound, const Value &schema,
                const Value &instance, std::vector<SchemaError> &found)
{
    if (!instance.isNumber() || !bound.isNumber())
        return;
    const bool isMinimum = keyword == "minimum";
    const bool isExclusive
        = schema[isMinimum ? "exclusiveMinimum" : "exclusiveMaximum"].toBoolOr(false);
    const bool beyond = isMinimum ? isLess(instance, bound) : isLess(bound, instance);
    const bool touches = isExclusive && !isLess(instance, bound) && !isLess(bound, instance);
    if (!beyond && !touches)
        return;
    const QString relation = isMinimum
        ? (isExclusive ? u"less than or equal to the minimum of"_s : u"less than the minimum of"_s)
        : (isExclusive ? u"greater than or equal to the maximum of"_s
                       : u"greater than the maximum of"_s);
    add(found, keyword, u"%1 is %2 %3"_s.arg(repr(instance), relation, repr(bound)));
}

void checkMultiple(const Value &divisor, const Value &instance, std::vector<SchemaError> &found)
{
    if (!instance.isNumber() || !divisor.isNumber())
        return;
    bool fails = false;
    if (divisor.isDouble() || instance.isDouble()) {
        const double quotient = asDouble(instance) / asDouble(divisor);
        fails = !std::isfinite(quotient) || std::trunc(quotient) != quotient;
    } else if (divisor.isInt() && instance.isInt() && divisor.toInt() != 0) {
        fails = instance.toInt() % divisor.toInt() != 0;
    }
    if (fails)
        add(found, "multipleOf",
            u"%1 is not a multiple of %2"_s.arg(repr(instance), repr(divisor)));
}

std::int64_t sizeOf(const Value &instance)
{
    if (instance.isText())
        return instance.codePoints();
    return static_cast<std::int64_t>(instance.isMap() ? instance.entries().size()
                                                      : instance.items().size());
}

struct SizeKeyword
{
    std::string_view name;
    bool (*applies)(const Value &);
    bool isMinimum;
    const char *words;
};

bool appliesToText(const Value &value)
{
    return value.isText();
}
bool appliesToList(const Value &value)
{
    return value.isSequence();
}
bool appliesToMap(const Value &value)
{
    return value.isMap();
}

constexpr SizeKeyword sizeKeywords[] = {
    {"minLength", appliesToText, true, "is too short"},
    {"maxLength", appliesToText, false, "is too long"},
    {"minItems", appliesToList, true, "is too short"},
    {"maxItems", appliesToList, false, "is too long"},
    {"minProperties", appliesToMap, true, "does not have enough properties"},
    {"maxProperties", appliesToMap, false, "has too many properties"},
};

bool checkSize(std::string_view keyword, const Value &argument, const Value &instance,
               std::vector<SchemaError> &found)
{
    for (const SizeKeyword &each : sizeKeywords) {
        if (each.name != keyword)
            continue;
        if (!each.applies(instance) || !argument.isNumber())
            return true;
        const double size = static_cast<double>(sizeOf(instance));
        const double limit = asDouble(argument);
        if (each.isMinimum ? size >= limit : size <= limit)
            return true;
        QString words = QLatin1String(each.words);
        if (each.isMinimum && limit == 1)
            words = u"should be non-empty"_s;
        else if (!each.isMinimum && limit == 0)
            words = u"is expected to be empty"_s;
        add(found, keyword, repr(instance) + u' ' + words);
        return true;
    }
    return false;
}

void checkUnique(const Value &argument, const Value &instance, std::vector<SchemaError> &found)
{
    if (!argument.toBoolOr(false) || !instance.isSequence())
        return;
    const ValueList &items = instance.items();
    ValueSet seen;
    for (const Value &item : items) {
        // Python's 1 == True does not count as twice the same here.
        const Value key = Value::list({item.isBool(), item});
        if (seen.contains(key)) {
            add(found, "uniqueItems", repr(instance) + u" has non-unique elements"_s);
            return;
        }
        seen.add(key);
    }
}

void checkPattern(const Value &argument, const Value &instance, std::vector<SchemaError> &found)
{
    if (!instance.isText() || !argument.isText())
        return;
    const auto regex = Regex::cached(argument.text());
    if (!regex) {
        add(found, "pattern",
            u"%1 is not a regular expression: %2"_s.arg(repr(argument), regex.error().message));
        return;
    }
    const auto match = regex->search(instance.text());
    if (!match || !*match)
        add(found, "pattern", u"%1 does not match %2"_s.arg(repr(instance), repr(argument)));
}

} // namespace

bool hasSchemaType(const Value &instance, std::string_view type)
{
    if (type == "any")
        return true;
    if (type == "array")
        return instance.isSequence();
    if (type == "boolean")
        return instance.isBool();
    if (type == "integer")
        return instance.isInteger();
    if (type == "null")
        return instance.isNull();
    if (type == "number")
        return instance.isNumber();
    if (type == "object")
        return instance.isMap();
    return type == "string" && instance.isText();
}

bool checkPlainKeyword(std::string_view keyword, const Value &argument, const Value &schema,
                       const Value &instance, std::vector<SchemaError> &found)
{
    if (keyword == "type")
        checkType(argument, instance, found);
    else if (keyword == "enum")
        checkEnum(argument, instance, found);
    else if (keyword == "minimum" || keyword == "maximum")
        checkBound(keyword, argument, schema, instance, found);
    else if (keyword == "multipleOf")
        checkMultiple(argument, instance, found);
    else if (keyword == "uniqueItems")
        checkUnique(argument, instance, found);
    else if (keyword == "pattern")
        checkPattern(argument, instance, found);
    else
        return checkSize(keyword, argument, instance, found);
    return true;
}

} // namespace stormglass
