#include "engine/base/date_parts.h"

#include <algorithm>

namespace stormglass {

namespace {

bool canOnlyBeYear(const DatePart &part)
{
    return part.isYear || part.number > 31;
}

DateParts resolveOne(const DatePart &only)
{
    if (only.isMonth)
        return {{}, only.number, {}};
    if (canOnlyBeYear(only))
        return {only.number, {}, {}};
    return {{}, {}, only.number};
}

DateParts resolveTwo(const DatePart &first, const DatePart &second)
{
    if (first.isMonth || second.isMonth) {
        const int month = first.isMonth ? first.number : second.number;
        const DatePart &other = first.isMonth ? second : first;
        return canOnlyBeYear(other) ? DateParts{other.number, month, {}}
                                    : DateParts{{}, month, other.number};
    }
    if (canOnlyBeYear(first))
        return {first.number, second.number, {}};
    if (canOnlyBeYear(second))
        return {second.number, first.number, {}};
    return {{}, first.number, second.number};
}

// The other two around the name of a month; by default day before year, as with two-digit years.
DateParts resolveAround(int month, const DatePart &first, const DatePart &second)
{
    const bool yearFirst = first.isYear || (first.number > 31 && !second.isYear);
    return yearFirst ? DateParts{first.number, month, second.number}
                     : DateParts{second.number, month, first.number};
}

std::optional<DateParts> resolveThree(const DatePart &first, const DatePart &second,
                                      const DatePart &third)
{
    if (first.isMonth)
        return resolveAround(first.number, second, third);
    if (second.isMonth)
        return resolveAround(second.number, first, third);
    if (third.isMonth)
        return resolveAround(third.number, first, second);
    if (canOnlyBeYear(first))
        return DateParts{first.number, second.number, third.number};
    if (second.isYear)
        return std::nullopt;
    if (first.number > 12)
        return DateParts{third.number, second.number, first.number};
    return DateParts{third.number, first.number, second.number};
}

} // namespace

std::optional<DateParts> resolveDate(const std::vector<DatePart> &parts)
{
    const auto count = [&](bool DatePart::*mark) {
        return std::count_if(parts.begin(), parts.end(),
                             [&](const DatePart &part) { return part.*mark; });
    };
    if (parts.size() > 3 || count(&DatePart::isMonth) > 1 || count(&DatePart::isYear) > 1)
        return std::nullopt;
    switch (parts.size()) {
    case 0:
        return DateParts{};
    case 1:
        return resolveOne(parts[0]);
    case 2:
        return resolveTwo(parts[0], parts[1]);
    default:
        return resolveThree(parts[0], parts[1], parts[2]);
    }
}

} // namespace stormglass
