#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"
#include "engine/expressions/yaql_library.h"
#include "engine/expressions/yaql_objects.h"

#include <array>

namespace stormglass {

namespace {

bool addTo(const YaqlCall &call, ValueSet &set, const Value &member)
{
    if (call.evaluation.failed() || !isYaqlHashable(call.evaluation, member))
        return false;
    set.add(member);
    return call.evaluation.allowsItems(static_cast<std::int64_t>(set.size()));
}

// The members of a set or of a map's keys or items.
ValueSet setOf(const YaqlCall &call, const Value &members)
{
    if (members.isSet())
        return members.members();
    ValueSet set;
    forEach(call.evaluation, members,
            [&](const Value &member) { return addTo(call, set, member); });
    return set;
}

ValueSet setOf(const YaqlCall &call, std::size_t parameter)
{
    return setOf(call, call[parameter]);
}

ValueSet without(const ValueSet &left, const ValueSet &right)
{
    ValueSet result;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!right.contains(left.at(i)))
            result.add(left.at(i));
    }
    return result;
}

bool isWithin(const ValueSet &inner, const ValueSet &outer)
{
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (!outer.contains(inner.at(i)))
            return false;
    }
    return true;
}

ValueSet joined(ValueSet left, const ValueSet &right)
{
    for (std::size_t i = 0; i < right.size(); ++i)
        left.add(right.at(i));
    return left;
}

// Lazy sequences among the arguments are expanded, at any depth.
bool expandInto(const YaqlCall &call, ValueSet &set, const Value &value)
{
    const DepthGuard depth(call.evaluation);
    if (!depth)
        return false;
    if (!objectAs<YaqlLazy>(value))
        return addTo(call, set, value);
    forEach(call.evaluation, value, [&](const Value &item) { return expandInto(call, set, item); });
    return !call.evaluation.failed();
}

Value setOfArguments(const YaqlCall &call)
{
    ValueSet set;
    for (std::size_t i = 0; i < call.restCount(); ++i)
        expandInto(call, set, call.rest(i));
    return Value(std::move(set));
}

Value toSet(const YaqlCall &call)
{
    return Value(setOf(call, 0));
}

Value setLength(const YaqlCall &call)
{
    return lengthOf(call.evaluation, call[0]);
}

Value isSubset(const YaqlCall &call)
{
    return isWithin(setOf(call, 0), setOf(call, 1));
}

Value isSuperset(const YaqlCall &call)
{
    return isWithin(setOf(call, 1), setOf(call, 0));
}

Value isProperSubset(const YaqlCall &call)
{
    const ValueSet left = setOf(call, 0);
    const ValueSet right = setOf(call, 1);
    return left.size() < right.size() && isWithin(left, right);
}

Value isProperSuperset(const YaqlCall &call)
{
    const ValueSet left = setOf(call, 0);
    const ValueSet right = setOf(call, 1);
    return right.size() < left.size() && isWithin(right, left);
}

// A view of a map's keys is a set to look at, but has no methods of one.
bool hasSetMethods(const YaqlCall &call, std::string_view method)
{
    if (call[0].isSet())
        return true;
    call.evaluation.fail(PythonError::Attribute,
                         "'" + typeNameOf(call[0]) + "' object has no attribute '"
                             + std::string(method) + "'");
    return false;
}

Value unionOf(const YaqlCall &call)
{
    return hasSetMethods(call, "union") ? Value(joined(setOf(call, 0), setOf(call, 1))) : Value();
}

Value intersection(const YaqlCall &call)
{
    if (!hasSetMethods(call, "intersection"))
        return {};
    const ValueSet left = setOf(call, 0);
    return Value(without(left, without(left, setOf(call, 1))));
}

Value difference(const YaqlCall &call)
{
    return hasSetMethods(call, "difference") ? Value(without(setOf(call, 0), setOf(call, 1)))
                                             : Value();
}

Value symmetricDifference(const YaqlCall &call)
{
    if (!hasSetMethods(call, "symmetric_difference"))
        return {};
    const ValueSet left = setOf(call, 0);
    const ValueSet right = setOf(call, 1);
    return Value(joined(without(left, right), without(right, left)));
}

Value setAdd(const YaqlCall &call)
{
    return hasSetMethods(call, "union")
        ? Value(joined(setOf(call, 0), setOf(call, Value(call.restValues()))))
        : Value();
}

Value setRemove(const YaqlCall &call)
{
    return hasSetMethods(call, "difference")
        ? Value(without(setOf(call, 0), setOf(call, Value(call.restValues()))))
        : Value();
}

Value isSet(const YaqlCall &call)
{
    return isOfYaqlType(YaqlType::Set, call[0]);
}

constexpr std::array entries{
    YaqlFunctionEntry{"f set(*args:any)", setOfArguments},
    YaqlFunctionEntry{"m toSet(collection:iter)", toSet},
    YaqlFunctionEntry{"fm len(set:set)", setLength},
    YaqlFunctionEntry{"f #operator_<(left:set, right:set)", isProperSubset},
    YaqlFunctionEntry{"f #operator_<=(left:set, right:set)", isSubset},
    YaqlFunctionEntry{"f #operator_>(left:set, right:set)", isProperSuperset},
    YaqlFunctionEntry{"f #operator_>=(left:set, right:set)", isSuperset},
    YaqlFunctionEntry{"m add(set:set, *values:any)", setAdd},
    YaqlFunctionEntry{"m remove(set:set, *values:any)", setRemove},
    YaqlFunctionEntry{"m union(left:set, right:set)", unionOf},
    YaqlFunctionEntry{"m intersect(left:set, right:set)", intersection},
    YaqlFunctionEntry{"m difference(left:set, right:set)", difference},
    YaqlFunctionEntry{"f #operator_-(left:set, right:set)", difference},
    YaqlFunctionEntry{"m symmetricDifference(left:set, right:set)", symmetricDifference},
    YaqlFunctionEntry{"f isSet(arg:any)", isSet},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlSetFunctions()
{
    return entries;
}

} // namespace stormglass
