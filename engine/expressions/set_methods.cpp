#include "engine/expressions/methods.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/own_copies.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"
#include "engine/expressions/sequences.h"

#include <algorithm>
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

// Puts the outcome into the set itself, for all names of it.
Value replaceMembers(Evaluation &evaluation, const Value &set, ValueSet members)
{
    if (!evaluation.failed() && evaluation.mayChangeValues()
        && evaluation.affordsItems(static_cast<std::int64_t>(members.size())))
        editSharedMembers(set) = std::move(members);
    return {};
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

Value update(Evaluation &evaluation, const BoundArguments &arguments)
{
    return replaceMembers(evaluation, arguments[0], combined(evaluation, arguments, unitedCopies));
}

Value updateIntersection(Evaluation &evaluation, const BoundArguments &arguments)
{
    return replaceMembers(evaluation, arguments[0], combined(evaluation, arguments, shared));
}

Value updateDifference(Evaluation &evaluation, const BoundArguments &arguments)
{
    return replaceMembers(evaluation, arguments[0], combined(evaluation, arguments, without));
}

Value updateBothWays(Evaluation &evaluation, const BoundArguments &arguments)
{
    return replaceMembers(
        evaluation, arguments[0],
        exclusive(arguments[0].members(), setOf(evaluation, arguments[1])));
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

// Sets look up sets as well: what cannot be hashed is no member.
Value add(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (!isHashable(evaluation, arguments[1]))
        return {};
    ValueSet members = arguments[0].members();
    if (!members.contains(arguments[1]))
        members.add(arguments[1]);
    return replaceMembers(evaluation, arguments[0], std::move(members));
}

Value clear(Evaluation &evaluation, const BoundArguments &arguments)
{
    return replaceMembers(evaluation, arguments[0], {});
}

bool isMemberAfterAll(Evaluation &evaluation, const BoundArguments &arguments)
{
    const bool isSet = arguments[1].isSet();
    return !isSet && isHashable(evaluation, arguments[1])
        && arguments[0].members().contains(arguments[1]);
}

Value discard(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (isMemberAfterAll(evaluation, arguments) && evaluation.mayChangeValues())
        editSharedMembers(arguments[0]).remove(arguments[1]);
    return {};
}

Value remove(Evaluation &evaluation, const BoundArguments &arguments)
{
    const bool isMember = isMemberAfterAll(evaluation, arguments);
    if (evaluation.failed())
        return {};
    if (!isMember)
        return evaluation.fail(PythonError::Key, reprOf(evaluation, arguments[1]));
    return discard(evaluation, arguments);
}

Value pop(Evaluation &evaluation, const BoundArguments &arguments)
{
    if (arguments[0].members().isEmpty())
        return evaluation.fail(PythonError::Key, "'pop from an empty set'");
    Value first = arguments[0].members().at(0);
    if (evaluation.mayChangeValues())
        editSharedMembers(arguments[0]).remove(first);
    return first;
}

constexpr std::array entries{
    FunctionEntry{"add", "add(self, item)", add},
    FunctionEntry{"clear", "clear(self)", clear},
    FunctionEntry{"copy", "copy(self)", copySet},
    FunctionEntry{"difference", "difference(self, *others)", differ},
    FunctionEntry{"difference_update", "difference_update(self, *others)", updateDifference},
    FunctionEntry{"discard", "discard(self, item)", discard},
    FunctionEntry{"intersection", "intersection(self, *others)", intersect},
    FunctionEntry{"intersection_update", "intersection_update(self, *others)", updateIntersection},
    FunctionEntry{"isdisjoint", "isdisjoint(self, other)", isDisjoint},
    FunctionEntry{"issubset", "issubset(self, other)", isSubsetOf},
    FunctionEntry{"issuperset", "issuperset(self, other)", isSupersetOf},
    FunctionEntry{"pop", "pop(self)", pop},
    FunctionEntry{"remove", "remove(self, item)", remove},
    FunctionEntry{"symmetric_difference", "symmetric_difference(self, other)", differBothWays},
    FunctionEntry{"symmetric_difference_update", "symmetric_difference_update(self, other)",
                  updateBothWays},
    FunctionEntry{"union", "union(self, *others)", unite},
    FunctionEntry{"update", "update(self, *others)", update},
};

} // namespace

std::span<const FunctionEntry> setMethods()
{
    return entries;
}

} // namespace stormglass
