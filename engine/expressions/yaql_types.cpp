#include "engine/expressions/yaql_types.h"

#include "engine/expressions/yaql_objects.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stormglass {

namespace {

bool isIterable(const Value &value)
{
    return value.isSequence() || value.isSet() || objectAs<YaqlIterable>(value);
}

bool isSetLike(const Value &value)
{
    const auto *const view = objectAs<YaqlMapView>(value);
    return value.isSet() || (view && view->isSetLike());
}

// The classes that Python has behind the types, each with those it derives from.
using TypePair = std::pair<YaqlType, YaqlType>;
constexpr std::array specializations{
    TypePair{YaqlType::Bool, YaqlType::Integer},
    TypePair{YaqlType::Bool, YaqlType::StrictInteger},
    TypePair{YaqlType::Bool, YaqlType::Number},
    TypePair{YaqlType::Integer, YaqlType::Number},
    TypePair{YaqlType::StrictInteger, YaqlType::Number},
    TypePair{YaqlType::Text, YaqlType::Iterable},
    TypePair{YaqlType::Text, YaqlType::UnorderedIterable},
    TypePair{YaqlType::Text, YaqlType::List},
    TypePair{YaqlType::List, YaqlType::Iterable},
    TypePair{YaqlType::List, YaqlType::UnorderedIterable},
    TypePair{YaqlType::Iterator, YaqlType::Iterable},
    TypePair{YaqlType::Iterator, YaqlType::UnorderedIterable},
    TypePair{YaqlType::Map, YaqlType::Iterable},
    TypePair{YaqlType::Map, YaqlType::UnorderedIterable},
    TypePair{YaqlType::Set, YaqlType::Iterable},
    TypePair{YaqlType::Set, YaqlType::UnorderedIterable},
    TypePair{YaqlType::Ordered, YaqlType::Iterable},
    TypePair{YaqlType::Ordered, YaqlType::UnorderedIterable},
};

// Lazy ones and constants have no class.
bool hasClass(YaqlType type)
{
    return !isLazyType(type) && type != YaqlType::TextConstant;
}

using TypeName = std::pair<std::string_view, YaqlType>;
constexpr std::array typeNames{
    TypeName{"any", YaqlType::Any},
    TypeName{"null", YaqlType::Null},
    TypeName{"bool", YaqlType::Bool},
    TypeName{"int", YaqlType::Integer},
    TypeName{"integer", YaqlType::StrictInteger},
    TypeName{"num", YaqlType::Number},
    TypeName{"str", YaqlType::Text},
    TypeName{"iter", YaqlType::Iterable},
    TypeName{"nonset", YaqlType::UnorderedIterable},
    TypeName{"iterator", YaqlType::Iterator},
    TypeName{"list", YaqlType::List},
    TypeName{"dict", YaqlType::Map},
    TypeName{"set", YaqlType::Set},
    TypeName{"ordered", YaqlType::Ordered},
    TypeName{"datetime", YaqlType::DateTime},
    TypeName{"timespan", YaqlType::Duration},
    TypeName{"regex", YaqlType::Regex},
    TypeName{"context", YaqlType::Context},
    TypeName{"rule", YaqlType::Rule},
    TypeName{"lambda", YaqlType::Lambda},
    TypeName{"lazyrule", YaqlType::LazyRule},
    TypeName{"strconst", YaqlType::TextConstant},
};

} // namespace

bool isOfYaqlType(YaqlType type, const Value &value)
{
    switch (type) {
    case YaqlType::Any:
    case YaqlType::Lambda:
        return true;
    case YaqlType::Null:
        return false;
    case YaqlType::Bool:
        return value.isBool();
    case YaqlType::Integer:
        return value.isInteger() || value.isBool();
    case YaqlType::StrictInteger:
        return value.isInteger();
    case YaqlType::Number:
        return value.isNumber();
    case YaqlType::Text:
    case YaqlType::TextConstant:
        return value.isText();
    case YaqlType::Iterable:
        return isIterable(value);
    case YaqlType::UnorderedIterable:
        return isIterable(value) && !isSetLike(value);
    case YaqlType::Iterator:
        return objectAs<YaqlLazy>(value) != nullptr;
    case YaqlType::List:
        return value.isSequence();
    case YaqlType::Map:
        return value.isMap();
    case YaqlType::Set:
        return isSetLike(value);
    case YaqlType::Ordered:
        return objectAs<YaqlOrdered>(value) != nullptr;
    case YaqlType::DateTime:
        return value.kind() == Value::Kind::DateTime;
    case YaqlType::Duration:
        return value.kind() == Value::Kind::Duration;
    case YaqlType::Regex:
        return objectAs<YaqlRegex>(value) != nullptr;
    case YaqlType::Context:
        return objectAs<YaqlScope>(value) != nullptr;
    case YaqlType::Rule:
    case YaqlType::LazyRule:
        return objectAs<YaqlRule>(value) != nullptr;
    }
    return false;
}

bool isSpecialization(YaqlType special, YaqlType general)
{
    if (general == YaqlType::Any)
        return special != YaqlType::Any && hasClass(special);
    return std::ranges::find(specializations, TypePair{special, general}) != specializations.end();
}

YaqlType yaqlTypeNamed(std::string_view name)
{
    const auto found = std::ranges::find(typeNames, name, &TypeName::first);
    SG_ASSERT(found != typeNames.end());
    return found->second;
}

} // namespace stormglass
