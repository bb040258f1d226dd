#include "engine/expressions/json_texts.h"

#include "engine/base/json.h"
#include "engine/expressions/python_errors.h"

#include <algorithm>

namespace stormglass {

namespace {

bool fitsUnsigned(const BigInt &number)
{
    constexpr std::size_t bits = 64;
    return number.sign() > 0 && number.bits() <= bits;
}

bool holdsWideInteger(const Value &value)
{
    if (value.kind() == Value::Kind::BigInt)
        return !fitsUnsigned(value.toBigInt());
    if (value.isList())
        return std::ranges::any_of(value.items(), holdsWideInteger);
    return std::ranges::any_of(value.entriesOrNone(), [](const ValueMap::Entry &entry) {
        return holdsWideInteger(entry.value);
    });
}

Value withoutWideIntegers(const Value &value)
{
    if (value.kind() == Value::Kind::BigInt)
        return fitsUnsigned(value.toBigInt()) ? value : Value(value.toBigInt().toDouble());
    if (value.isList()) {
        ValueList items;
        for (const Value &item : value.items())
            items.push_back(withoutWideIntegers(item));
        return Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    ValueMap map;
    for (const ValueMap::Entry &entry : value.entries())
        map.set(entry.key, withoutWideIntegers(entry.value));
    return Value(std::move(map));
}

} // namespace

Result<Value> strictJson(std::string_view text)
{
    Result<Value> value = readJson(text);
    if (value)
        return holdsWideInteger(*value) ? withoutWideIntegers(*value) : std::move(*value);
    Error error = value.error();
    error.kind = QString::fromLatin1(PythonError::JsonDecode.data());
    return failure(std::move(error));
}

} // namespace stormglass
