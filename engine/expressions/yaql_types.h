#pragma once

#include "engine/base/value.h"

#include <string_view>

namespace stormglass {

// What a parameter of a YAQL function accepts.
enum class YaqlType {
    Any,
    Null,
    Bool,
    // Int and Bool; StrictInteger refuses Bool, Number too.
    Integer,
    StrictInteger,
    Number,
    Text,
    // Lists, sets, lazy sequences, views; not text, not maps.
    Iterable,
    // The same without sets.
    UnorderedIterable,
    Iterator,
    List,
    Map,
    Set,
    Ordered,
    DateTime,
    Duration,
    Regex,
    Context,
    // `key => value`, evaluated.
    Rule,
    // The rest take the argument unevaluated: an expression to call, a rule of two, a bare word.
    Lambda,
    LazyRule,
    // Of `call(…)`'s arguments: a constant text.
    TextConstant
};

// Unevaluated until the function asks.
inline bool isLazyType(YaqlType type)
{
    return type == YaqlType::Lambda || type == YaqlType::LazyRule;
}

// Whether a value that is not null is of the type.
bool isOfYaqlType(YaqlType type, const Value &value);

// Whether every value of `special` is one of `general`, and not the reverse: overloads are chosen
// by it.
bool isSpecialization(YaqlType special, YaqlType general);

// `int`, `str`, …, as signatures write a type.
YaqlType yaqlTypeNamed(std::string_view name);

} // namespace stormglass
