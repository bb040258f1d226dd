#pragma once

#include <optional>
#include <vector>

namespace stormglass {

// A number of a date that stands for its year, its month or its day, and what is known of which.
struct DatePart
{
    int number = 0;
    // Written as a name.
    bool isMonth = false;
    // Too long or too large for anything else.
    bool isYear = false;
};

struct DateParts
{
    std::optional<int> year;
    std::optional<int> month;
    std::optional<int> day;
};

// Which of up to three numbers is which: by what is known of them, then by size, then in the
// American order. None if they contradict one another.
std::optional<DateParts> resolveDate(const std::vector<DatePart> &parts);

} // namespace stormglass
