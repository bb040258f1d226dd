#pragma once

#include "engine/expressions/object.h"

namespace stormglass {

// Dates, times and durations under arithmetic as Python's datetime has it. None where the pair is
// no such thing.
std::optional<Value> calendarArithmetic(Evaluation &evaluation, Arithmetic operation,
                                        const Value &left, const Value &right);

struct CalendarDay
{
    std::int64_t year = 1970;
    int month = 1;
    int day = 1;
};
CalendarDay dayOf(std::int64_t daysSinceEpoch);
std::int64_t daysOf(const CalendarDay &day);

} // namespace stormglass
