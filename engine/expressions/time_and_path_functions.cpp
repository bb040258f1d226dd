#include "engine/expressions/helper_functions.h"

#include "engine/expressions/calendar.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_numbers.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/python_printing.h"

#include <array>
#include <cmath>

namespace stormglass {

namespace {

struct Unit
{
    std::int64_t count;
    std::string_view letter;
};

// From the first unit that is not zero down to the seconds.
std::string unitsText(std::span<const Unit> units)
{
    std::string text;
    for (const Unit &unit : units) {
        if (!text.empty() || unit.count != 0)
            text += std::to_string(unit.count) + std::string(unit.letter);
    }
    return text;
}

// The reference counts from the first day of year 1 and takes year and day of the month of where it
// arrives, so full months are lost.
Value humanTime(Evaluation &evaluation, const BoundArguments &arguments)
{
    const Value &given = arguments[0];
    if (!given.isNumber() && !given.isBool())
        return evaluation.fail(PythonError::Assertion, {});
    const bool isZero = !isTrue(evaluation, given);
    if (isZero)
        return "0s";
    if (less(evaluation, given, Value(1)))
        return strOf(evaluation, given) + "\xCE\xBCs";
    const Value whole = rounded(evaluation, given, Value());
    if (evaluation.failed())
        return {};
    constexpr std::int64_t daySeconds = 86'400;
    constexpr std::int64_t lastDay = 3'652'058;
    if (!whole.isInt() || whole.toInt() / daySeconds > lastDay)
        return evaluation.fail(PythonError::Overflow, "date value out of range");
    const std::int64_t seconds = whole.toInt() % daySeconds;
    const CalendarDay day = dayOf(daysOf({1, 1, 1}) + whole.toInt() / daySeconds);
    const std::array units{Unit{day.year - 1, "y"}, Unit{day.day - 1, "d"},
                           Unit{seconds / 3600, "h"}, Unit{seconds / 60 % 60, "m"},
                           Unit{seconds % 60, "s"}};
    return unitsText(units);
}

std::optional<std::string_view> pathIn(Evaluation &evaluation, const Value &value)
{
    auto path = textIn(value);
    if (!path)
        evaluation.failType("expected str, bytes or os.PathLike object, not " + typeNameOf(value));
    return path;
}

Value basename(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto path = pathIn(evaluation, arguments[0]);
    if (!path)
        return {};
    const std::size_t slash = path->rfind('/');
    return slash == std::string_view::npos ? *path : path->substr(slash + 1);
}

Value dirname(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto path = pathIn(evaluation, arguments[0]);
    if (!path)
        return {};
    const std::size_t slash = path->rfind('/');
    const std::string_view head = slash == std::string_view::npos ? "" : path->substr(0, slash + 1);
    const std::size_t last = head.find_last_not_of('/');
    return last == std::string_view::npos ? head : head.substr(0, last + 1);
}

constexpr std::array entries{
    FunctionEntry{"to_human_time_from_seconds", "to_human_time_from_seconds(seconds)", humanTime},
    FunctionEntry{"basename", "basename(path)", basename},
    FunctionEntry{"dirname", "dirname(path)", dirname},
};

} // namespace

std::span<const FunctionEntry> timeAndPathFunctions()
{
    return entries;
}

} // namespace stormglass
