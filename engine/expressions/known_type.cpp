#include "engine/expressions/known_type.h"

#include "engine/expressions/python_operators.h"

#include <algorithm>

namespace stormglass {

bool KnownType::isOneOf(std::initializer_list<std::string_view> names) const
{
    return std::ranges::find(names, name) != names.end();
}

KnownType typeOfSample(const Value *sample)
{
    return sample ? KnownType{typeNameOf(*sample), sample} : KnownType();
}

KnownType typeOfItem(const KnownType &owner, const Value &key)
{
    if (owner.name == "str" && key.isInt())
        return {"str"};
    if (!owner.sample)
        return {};
    const ValueList &items = owner.sample->itemsOrNone();
    const std::int64_t at = key.toIntOr(-1);
    if (at >= 0 && at < static_cast<std::int64_t>(items.size()))
        return typeOfSample(&items[static_cast<std::size_t>(at)]);
    return typeOfSample(owner.sample->entriesOrNone().find(key));
}

KnownType typeOfEither(const KnownType &one, const KnownType &other)
{
    return one.isSame(other) ? KnownType{one.name} : KnownType();
}

KnownType typeOfDifference(const KnownType &left, const KnownType &right)
{
    if (left.isOneOf({"int", "bool"}) && right.isOneOf({"int", "bool"}))
        return {"int"};
    const auto isNumber = [](const KnownType &type) {
        return type.isOneOf({"int", "bool", "float"});
    };
    return isNumber(left) && isNumber(right) ? KnownType{"float"} : KnownType();
}

KnownType typeOfSum(const KnownType &left, const KnownType &right)
{
    if (left.isSame(right) && left.isOneOf({"str", "list", "tuple"}))
        return {left.name};
    return typeOfDifference(left, right);
}

KnownType typeOfProduct(const KnownType &left, const KnownType &right)
{
    const auto isRepeated = [](const KnownType &what, const KnownType &times) {
        return what.isOneOf({"str", "list", "tuple"}) && times.isOneOf({"int", "bool"});
    };
    if (isRepeated(left, right))
        return {left.name};
    return isRepeated(right, left) ? KnownType{right.name} : typeOfDifference(left, right);
}

} // namespace stormglass
