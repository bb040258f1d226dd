#include "engine/expressions/methods.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/sequences.h"

#include <array>

namespace stormglass {

namespace {

// Set operations take anything that can be iterated, if what it holds can be hashed.
ValueSet setOf(Evaluation &evaluation, const Value &value)
{
    ValueSet set;
    forEach(evaluation, value, [&](const Value &item) {
        if (!isHashable(evaluation, item))
            return false;
        set.add(item);
        return true;
    });
    return set;
}

template <typename Keeps>
ValueSet filtered(const ValueSet &members, Keeps keeps)
{
    ValueSet kept;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (keeps(members.at(i)))
            kept.add(members.at(i));
    }
    return kept;
}

ValueSet united(ValueSet all, const ValueSet &more)
{
    for (std::size_t i = 0; i < more.size(); ++i) {
        if (!all.contains(more.at(i)))
            all.add(more.at(i));
    }
    return all;
}

ValueSet shared(const ValueSet &members, const ValueSet &other)
{
    return filtered(members, [&](const Value &item) { return other.contains(item); });
}

ValueSet without(const ValueSet &members, const ValueSet &other)
{
    return filtered(members, [&](const Value &item) { return !other.contains(item); });
}

using Combine = ValueSet (*)(const ValueSet &, const ValueSet &);

// The set combined with each argument in turn.
ValueSet combined(Evaluation &evaluation, const BoundArguments &arguments, Combine combine)
{
    ValueSet members = arguments[0].members();
    for (const Value &other : arguments.rest()) {
        const ValueSet more = setOf(evaluation, other);
        if (evaluation.failed())
            break;
        members = combine(members, more);
    }
    return members;
}

ValueSet exclusive(const ValueSet &members, const ValueSet &other)
{
    return united(without(members, other), without(other, members));
}

ValueSet unitedCopies(const ValueSet &members, const ValueSet &other)
{
    return united(members, other);
}

Value copySet(Evaluation &, const BoundArguments &arguments)
{
    return Value(ValueSet(arguments[0].members()));
}

Value unite(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value(combined(evaluation, arguments, unitedCopies));
}

Value intersect(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value(combined(evaluation, arguments, shared));
}

Value differ(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value(combined(evaluation, arguments, without));
}

Value differBothWays(Evaluation &evaluation, const BoundArguments &arguments)
{
    return Value(exclusive(arguments[0].members(), setOf(evaluation, arguments[1])));
}

Value isSubsetOf(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compare(evaluation, Comparison::LessEqual, arguments[0],
                   Value(setOf(evaluation, arguments[1])));
}

Value isSupersetOf(Evaluation &evaluation, const BoundArguments &arguments)
{
    return compare(evaluation, Comparison::GreaterEqual, arguments[0],
                   Value(setOf(evaluation, arguments[1])));
}

Value isDisjoint(Evaluation &evaluation, const BoundArguments &arguments)
{
    return shared(arguments[0].members(), setOf(evaluation, arguments[1])).isEmpty();
}

// Sets are values here: nothing that a template does changes one.
Value change(Evaluation &evaluation, const BoundArguments &arguments)
{
    return evaluation.fail(PythonError::Security,
                           "a set cannot be changed by " + arguments.signature().name()
                               + "(); make another one with union() or difference()");
}

constexpr std::array entries{
    FunctionEntry{"add", "add(self, item)", change},
    FunctionEntry{"clear", "clear(self)", change},
    FunctionEntry{"copy", "copy(self)", copySet},
    FunctionEntry{"difference", "difference(self, *others)", differ},
    FunctionEntry{"difference_update", "difference_update(self, *others)", change},
    FunctionEntry{"discard", "discard(self, item)", change},
    FunctionEntry{"intersection", "intersection(self, *others)", intersect},
    FunctionEntry{"intersection_update", "intersection_update(self, *others)", change},
    FunctionEntry{"isdisjoint", "isdisjoint(self, other)", isDisjoint},
    FunctionEntry{"issubset", "issubset(self, other)", isSubsetOf},
    FunctionEntry{"issuperset", "issuperset(self, other)", isSupersetOf},
    FunctionEntry{"pop", "pop(self)", change},
    FunctionEntry{"remove", "remove(self, item)", change},
    FunctionEntry{"symmetric_difference", "symmetric_difference(self, other)", differBothWays},
    FunctionEntry{"symmetric_difference_update", "symmetric_difference_update(self, other)",
                  change},
    FunctionEntry{"union", "union(self, *others)", unite},
    FunctionEntry{"update", "update(self, *others)", change},
};

} // namespace

std::span<const FunctionEntry> setMethods()
{
    return entries;
}

} // namespace stormglass
