#include "engine/expressions/members.h"

#include "engine/expressions/calendar.h"
#include "engine/expressions/calendar_objects.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/methods.h"
#include "engine/expressions/near_names.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/undefined.h"

#include <algorithm>
#include <array>

namespace stormglass {

namespace {

const FunctionTable *methodTable(const Value &value)
{
    static const FunctionTable text({textMethods(), textSearchMethods(), textTests()});
    static const FunctionTable list({listMethods()});
    static const FunctionTable tuple({tupleMethods()});
    static const FunctionTable map({mapMethods()});
    static const FunctionTable set({setMethods()});
    static const FunctionTable integer({integerMethods()});
    static const FunctionTable real({realMethods()});
    static const FunctionTable bytes({bytesMethods()});
    static const FunctionTable range({rangeMethods()});
    static const FunctionTable dateTime({dateMethods(), dateTimeMethods()});
    static const FunctionTable date({dateMethods()});
    static const FunctionTable time({timeMethods()});
    static const FunctionTable duration({durationMethods()});
    switch (value.kind()) {
    case Value::Kind::Text:
        return &text;
    case Value::Kind::List:
        return &list;
    case Value::Kind::Tuple:
        return &tuple;
    case Value::Kind::Map:
        return &map;
    case Value::Kind::Set:
        return &set;
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        return &integer;
    case Value::Kind::Double:
        return &real;
    case Value::Kind::Bytes:
        return &bytes;
    case Value::Kind::DateTime:
        return &dateTime;
    case Value::Kind::Date:
        return &date;
    case Value::Kind::Time:
        return &time;
    case Value::Kind::Duration:
        return &duration;
    case Value::Kind::Null:
    case Value::Kind::Object:
        break;
    }
    return textIn(value) ? &text : objectAs<Range>(value) ? &range : nullptr;
}

// What every Python object has under an underscore, and what the types here have beside it.
constexpr std::array<std::string_view, 25> everyObjectHas{
    "__class__",   "__delattr__", "__dir__",           "__doc__",          "__eq__",
    "__format__",  "__ge__",      "__getattribute__",  "__getstate__",     "__gt__",
    "__hash__",    "__init__",    "__init_subclass__", "__le__",           "__lt__",
    "__ne__",      "__new__",     "__reduce__",        "__reduce_ex__",    "__repr__",
    "__setattr__", "__sizeof__",  "__str__",           "__subclasshook__", "__bool__"};
constexpr std::array<std::string_view, 8> containersHave{"__contains__", "__getitem__", "__iter__",
                                                         "__len__",      "__add__",     "__mul__",
                                                         "__rmul__",     "__reversed__"};
constexpr std::array<std::string_view, 16> callablesHave{
    "__call__",       "__code__",        "__defaults__", "__dict__",     "__func__", "__globals__",
    "__kwdefaults__", "__module__",      "__name__",     "__qualname__", "__self__", "__wrapped__",
    "__closure__",    "__annotations__", "__builtins__", "__mro__"};

bool hasPrivate(const Value &owner, std::string_view name)
{
    const auto isAmong
        = [&](const auto &names) { return std::ranges::find(names, name) != names.end(); };
    if (isAmong(everyObjectHas))
        return name != "__bool__" || owner.isNumber() || owner.isBool() || owner.isNull();
    const Object *object = asObject(owner);
    if (object && object->isCallable())
        return isAmong(callablesHave);
    const bool isContainer = textIn(owner) || owner.isSequence() || owner.isMap() || owner.isSet();
    return isContainer && isAmong(containersHave);
}

Value unsafeMember(const Evaluation &evaluation, const Value &owner, std::string_view name)
{
    return Undefined::ofMessage(evaluation,
                                "access to attribute '" + std::string(name) + "' of '"
                                    + typeNameOf(owner) + "' object is unsafe.",
                                PythonError::Security);
}

std::optional<Value> durationField(std::int64_t microseconds, std::string_view name)
{
    constexpr std::int64_t day = 86'400'000'000;
    const std::int64_t days = (microseconds >= 0 ? microseconds : microseconds - day + 1) / day;
    const std::int64_t rest = microseconds - days * day;
    if (name == "days")
        return Value(days);
    if (name == "seconds")
        return Value(rest / 1'000'000);
    if (name == "microseconds")
        return Value(rest % 1'000'000);
    return std::nullopt;
}

std::optional<Value> dayField(std::int64_t days, std::string_view name)
{
    const CalendarDay day = dayOf(days);
    if (name == "year")
        return Value(day.year);
    if (name == "month")
        return Value(day.month);
    if (name == "day")
        return Value(day.day);
    return std::nullopt;
}

std::optional<Value> clockField(std::int64_t microseconds, std::string_view name)
{
    if (name == "hour")
        return Value(microseconds / 3'600'000'000);
    if (name == "minute")
        return Value(microseconds / 60'000'000 % 60);
    if (name == "second")
        return Value(microseconds / 1'000'000 % 60);
    if (name == "microsecond")
        return Value(microseconds % 1'000'000);
    return std::nullopt;
}

std::optional<Value> dateTimeField(std::int64_t wall, std::string_view name)
{
    constexpr std::int64_t day = 86'400'000'000;
    const std::int64_t days = (wall >= 0 ? wall : wall - day + 1) / day;
    if (auto field = dayField(days, name))
        return field;
    return clockField(wall - days * day, name);
}

// Of a date-time or a time.
template <typename Moment>
std::optional<Value> zoneField(const Moment &moment, std::string_view name)
{
    if (name == "fold")
        return Value(0);
    if (name != "tzinfo")
        return std::nullopt;
    return moment.hasOffset ? Value(std::make_shared<const Zone>(moment.offsetSeconds)) : Value();
}

// Data attributes; methods are elsewhere.
std::optional<Value> field(const Value &owner, std::string_view name)
{
    switch (owner.kind()) {
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        if (name == "real" || name == "numerator")
            return owner.isBool() ? Value(owner.toBool() ? 1 : 0) : owner;
        if (name == "imag")
            return Value(0);
        return name == "denominator" ? std::optional<Value>(Value(1)) : std::nullopt;
    case Value::Kind::Double:
        if (name == "real")
            return owner;
        return name == "imag" ? std::optional<Value>(Value(0.0)) : std::nullopt;
    case Value::Kind::DateTime:
        if (const auto zone = zoneField(owner.toDateTime(), name))
            return zone;
        return dateTimeField(owner.toDateTime().wallMicroseconds, name);
    case Value::Kind::Date:
        return dayField(owner.toDays(), name);
    case Value::Kind::Time:
        if (const auto zone = zoneField(owner.toTime(), name))
            return zone;
        return clockField(owner.toTime().microseconds, name);
    case Value::Kind::Duration:
        return durationField(owner.toDuration(), name);
    default:
        return std::nullopt;
    }
}

// getattr(); none if there is no such attribute.
std::optional<Value> attributeOf(Evaluation &evaluation, const Value &owner, const Value &name)
{
    const std::string_view text = name.text();
    if (text.starts_with('_') && hasPrivate(owner, text))
        return unsafeMember(evaluation, owner, text);
    if (const Object *object = owner.isObject() ? asObject(owner) : nullptr) {
        if (auto attribute = object->attribute(evaluation, text))
            return attribute;
    }
    if (const Function *method = methodNamed(owner, text))
        return Value(std::make_shared<const BoundMethod>(owner, *method));
    return field(owner, text);
}

// owner[key] where a missing one is no failure.
std::optional<Value> itemOf(Evaluation &evaluation, const Value &owner, const Value &key)
{
    if (owner.isMap() && key.isText()) {
        const Value *found = owner.entries().find(key);
        if (!found)
            return std::nullopt;
        evaluation.see(*found);
        return *found;
    }
    Value item = subscript(evaluation, owner, key);
    if (evaluation.recover(PythonError::Type) || evaluation.recover(PythonError::Lookup))
        return std::nullopt;
    return item;
}

// Even what is undefined has what every Python object has.
Value memberOfUndefined(Evaluation &evaluation, const Value &owner, const Value &name)
{
    if (name.text().starts_with('_') && hasPrivate(owner, name.text()))
        return unsafeMember(evaluation, owner, name.text());
    objectAs<Undefined>(owner)->refuse(evaluation);
    return {};
}

} // namespace

const Function *methodNamed(const Value &owner, std::string_view name)
{
    const FunctionTable *table = methodTable(owner);
    return table ? table->find(name) : nullptr;
}

std::vector<std::string_view> methodNames(const Value &owner)
{
    const FunctionTable *table = methodTable(owner);
    return table ? table->names() : std::vector<std::string_view>();
}

std::vector<std::string_view> memberNames(const Value &owner)
{
    std::vector<std::string_view> names;
    if (const Object *const object = asObject(owner))
        names = object->attributeNames();
    for (const auto &more : {namesIn(owner.entriesOrNone()), methodNames(owner)})
        names.insert(names.end(), more.begin(), more.end());
    return names;
}

Value memberNamed(Evaluation &evaluation, const Value &owner, const Value &name)
{
    if (isUndefined(owner))
        return memberOfUndefined(evaluation, owner, name);
    if (auto attribute = attributeOf(evaluation, owner, name))
        return std::move(*attribute);
    if (auto item = evaluation.failed() ? Value() : itemOf(evaluation, owner, name))
        return std::move(*item);
    return Undefined::ofMember(evaluation, owner, name);
}

Value memberAt(Evaluation &evaluation, const Value &owner, const Value &key)
{
    if (isUndefined(owner)) {
        objectAs<Undefined>(owner)->refuse(evaluation);
        return {};
    }
    if (auto item = itemOf(evaluation, owner, key))
        return std::move(*item);
    const auto text = textIn(key);
    if (!text)
        return Undefined::ofMember(evaluation, owner, key);
    const Value name = key.isText() ? key : Value(*text);
    if (auto attribute = attributeOf(evaluation, owner, name))
        return std::move(*attribute);
    return Undefined::ofMember(evaluation, owner, name);
}

Value attributeNamed(Evaluation &evaluation, const Value &owner, const Value &name)
{
    if (isUndefined(owner))
        return memberOfUndefined(evaluation, owner, name);
    if (auto attribute = attributeOf(evaluation, owner, name))
        return std::move(*attribute);
    return Undefined::ofMember(evaluation, owner, name);
}

} // namespace stormglass
