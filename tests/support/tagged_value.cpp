#include "tests/support/tagged_value.h"
#include "engine/base/number_text.h"
#include "engine/base/yaml_time.h"

#include <QByteArray>

#include <cmath>

namespace stormglass {

namespace {

Value untaggedItems(const Value &value)
{
    ValueList items;
    for (const Value &item : value.items())
        items.push_back(untagged(item));
    return Value(std::move(items));
}

Value untaggedEntries(const Value &value)
{
    ValueMap entries;
    for (const ValueMap::Entry &entry : value.entries())
        entries.set(entry.key, untagged(entry.value));
    return Value(std::move(entries));
}

Value setOf(const Value &members)
{
    ValueSet set;
    for (const Value &member : members.items())
        set.add(member);
    return Value(std::move(set));
}

Value mapOf(const Value &pairs)
{
    ValueMap entries;
    for (const Value &pair : pairs.items())
        entries.set(pair.items()[0], pair.items()[1]);
    return Value(std::move(entries));
}

Value timeOf(std::string_view text)
{
    const auto time = yamlTime("1970-01-01T" + std::string(text));
    SG_ASSERT(time);
    const DateTimeValue value = time->toDateTime();
    return Value::time({value.wallMicroseconds, value.offsetSeconds, value.hasOffset});
}

Value bytesOf(const Value &base64)
{
    return Value::bytes(QByteArray::fromBase64(base64.toQString().toUtf8()).toStdString());
}

Value durationOf(const Value &seconds)
{
    const double number
        = seconds.isInt() ? static_cast<double>(seconds.toInt()) : seconds.toDouble();
    return Value::duration(std::llround(number * 1e6));
}

} // namespace

Value untagged(const Value &value)
{
    if (value.isList())
        return untaggedItems(value);
    const Value *const type = value.find("$type");
    if (!type || !type->isText() || value.entries().size() != 2 || !value.find("value"))
        return value.isMap() ? untaggedEntries(value) : value;
    const Value inner = untagged(value["value"]);
    const std::string_view name = type->text();
    if (name == "int")
        return *pythonIntFrom(inner.text());
    if (name == "float")
        return *pythonFloatFrom(inner.text());
    if (name == "bytes")
        return bytesOf(inner);
    if (name == "tuple")
        return Value::tuple(inner.items());
    if (name == "set")
        return setOf(inner);
    if (name == "dict")
        return mapOf(inner);
    if (name == "time")
        return timeOf(inner.text());
    if (name == "timedelta")
        return durationOf(inner);
    SG_ASSERT(name == "date" || name == "datetime");
    return *yamlTime(inner.text());
}

} // namespace stormglass
