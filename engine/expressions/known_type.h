#pragma once

#include "engine/base/value.h"

#include <array>
#include <string>
#include <string_view>

namespace stormglass {

// What is known of a value before it is there.
struct KnownType
{
    // Python's; empty: nothing is known.
    std::string name = {};
    // The value that a sample has in its place; borrowed from it, may be null.
    const Value *sample = nullptr;

    bool isOneOf(std::initializer_list<std::string_view> names) const;
    bool isSame(const KnownType &other) const { return !name.empty() && name == other.name; }
};

// Of a sample's value; unknown for a null pointer.
KnownType typeOfSample(const Value *sample);
// Of one out of a map, a list or a text.
KnownType typeOfItem(const KnownType &owner, const Value &key);
// What a value has that may be either.
KnownType typeOfEither(const KnownType &one, const KnownType &other);

KnownType typeOfSum(const KnownType &left, const KnownType &right);
// The same without texts and lists.
KnownType typeOfDifference(const KnownType &left, const KnownType &right);
KnownType typeOfProduct(const KnownType &left, const KnownType &right);

// Functions whose results are of one type whatever they are given.
struct ResultType
{
    std::string_view function;
    std::string_view type;
};
template <std::size_t count>
KnownType typeOfResult(const std::array<ResultType, count> &table, std::string_view function)
{
    for (const ResultType &entry : table) {
        if (entry.function == function)
            return {std::string(entry.type)};
    }
    return {};
}

} // namespace stormglass
