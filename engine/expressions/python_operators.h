#pragma once

#include "engine/expressions/object.h"

#include <string>

namespace stormglass {

// Python's operators on values, for every language here. Each fails the evaluation with the class
// and text that Python raises; what it returns then means nothing.

enum class Comparison { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

// bool(value).
bool isTrue(Evaluation &evaluation, const Value &value);

// Integers never overflow: they become BigInts, up to the limit of their digits.
Value arithmetic(Evaluation &evaluation, Arithmetic operation, const Value &left,
                 const Value &right);
Value negative(Evaluation &evaluation, const Value &value);
Value positive(Evaluation &evaluation, const Value &value);
Value absolute(Evaluation &evaluation, const Value &value);

bool compare(Evaluation &evaluation, Comparison comparison, const Value &left, const Value &right);
bool equal(Evaluation &evaluation, const Value &left, const Value &right);
// left < right, as sorting asks it.
bool less(Evaluation &evaluation, const Value &left, const Value &right);

// container[key]: KeyError, IndexError or TypeError where there is none.
Value subscript(Evaluation &evaluation, const Value &container, const Value &key);

struct SliceOperands
{
    // Null where left out.
    Value start;
    Value stop;
    Value step;
};
// value[start:stop:step] of text, bytes, lists, tuples and ranges.
Value slice(Evaluation &evaluation, const Value &value, const SliceOperands &bounds);

// Python's name of a value's type, as its messages have it.
std::string typeNameOf(const Value &value);

// hash(value) would work; fails with `unhashable type` otherwise.
bool isHashable(Evaluation &evaluation, const Value &value);

// The integer of an Int or Bool, as Python takes one for an index or a count.
std::optional<std::int64_t> indexIn(const Value &value);

} // namespace stormglass
