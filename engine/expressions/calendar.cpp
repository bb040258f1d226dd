#include "engine/expressions/calendar.h"

#include "engine/expressions/evaluation.h"
#include "engine/expressions/python_operators.h"

#include <chrono>
#include <cmath>

namespace stormglass {

namespace {

constexpr std::int64_t dayMicroseconds = 86'400'000'000;
// 0001-01-01 and 9999-12-31 in days since 1970.
constexpr std::int64_t firstDay = -719'162;
constexpr std::int64_t lastDay = 2'932'896;

Value failRange(Evaluation &evaluation)
{
    return evaluation.fail(PythonError::Overflow, "date value out of range");
}

std::int64_t floorDays(std::int64_t microseconds)
{
    return (microseconds >= 0 ? microseconds : microseconds - dayMicroseconds + 1)
        / dayMicroseconds;
}

Value movedDateTime(Evaluation &evaluation, DateTimeValue time, std::int64_t by)
{
    if (__builtin_add_overflow(time.wallMicroseconds, by, &time.wallMicroseconds))
        return failRange(evaluation);
    const std::int64_t day = floorDays(time.wallMicroseconds);
    if (day < firstDay || day > lastDay)
        return failRange(evaluation);
    return Value::dateTime(time);
}

Value moved(Evaluation &evaluation, const Value &moment, std::int64_t by)
{
    if (moment.kind() == Value::Kind::DateTime)
        return movedDateTime(evaluation, moment.toDateTime(), by);
    const std::int64_t day = moment.toDays() + floorDays(by);
    return day < firstDay || day > lastDay ? failRange(evaluation) : Value::date(day);
}

std::optional<Value> distance(Evaluation &evaluation, const Value &left, const Value &right)
{
    if (left.kind() != right.kind())
        return std::nullopt;
    if (left.kind() == Value::Kind::Date)
        return Value::duration((left.toDays() - right.toDays()) * dayMicroseconds);
    const DateTimeValue a = left.toDateTime();
    const DateTimeValue b = right.toDateTime();
    if (a.hasOffset != b.hasOffset)
        return evaluation.failType("can't subtract offset-naive and offset-aware datetimes");
    const std::int64_t offsets = std::int64_t{a.offsetSeconds - b.offsetSeconds} * 1'000'000;
    return Value::duration(a.wallMicroseconds - b.wallMicroseconds - offsets);
}

bool isMoment(const Value &value)
{
    return value.kind() == Value::Kind::DateTime || value.kind() == Value::Kind::Date;
}

bool isDuration(const Value &value)
{
    return value.kind() == Value::Kind::Duration;
}

Value rounded(Evaluation &evaluation, double microseconds)
{
    if (!(std::fabs(microseconds) < 8.64e19 / 10))
        return failRange(evaluation);
    return Value::duration(static_cast<std::int64_t>(std::nearbyint(microseconds)));
}

std::optional<Value> scaled(Evaluation &evaluation, Arithmetic operation, std::int64_t duration,
                            const Value &by)
{
    const auto whole = indexIn(by);
    const double factor = by.isDouble() ? by.toDouble() : static_cast<double>(whole.value_or(0));
    if (!by.isDouble() && !whole)
        return std::nullopt;
    const auto real = static_cast<double>(duration);
    if (operation == Arithmetic::Multiply)
        return rounded(evaluation, real * factor);
    if (factor == 0)
        return evaluation.fail(PythonError::ZeroDivision, "integer division or modulo by zero");
    if (operation == Arithmetic::Divide)
        return rounded(evaluation, real / factor);
    if (operation == Arithmetic::FloorDivide && whole)
        return rounded(evaluation, std::floor(real / factor));
    return std::nullopt;
}

std::optional<Value> durations(Evaluation &evaluation, Arithmetic operation, std::int64_t a,
                               std::int64_t b)
{
    if (operation == Arithmetic::Add)
        return rounded(evaluation, static_cast<double>(a) + static_cast<double>(b)).isNull()
            ? Value()
            : Value::duration(a + b);
    if (operation == Arithmetic::Subtract)
        return rounded(evaluation, static_cast<double>(a) - static_cast<double>(b)).isNull()
            ? Value()
            : Value::duration(a - b);
    if (operation == Arithmetic::Multiply || operation == Arithmetic::Power)
        return std::nullopt;
    if (b == 0)
        return evaluation.fail(PythonError::ZeroDivision, "integer division or modulo by zero");
    if (operation == Arithmetic::Divide)
        return Value(static_cast<double>(a) / static_cast<double>(b));
    const Value quotient = arithmetic(evaluation, Arithmetic::FloorDivide, Value(a), Value(b));
    if (operation == Arithmetic::FloorDivide)
        return quotient;
    return Value::duration(a - quotient.toInt() * b);
}

} // namespace

std::optional<Value> calendarArithmetic(Evaluation &evaluation, Arithmetic operation,
                                        const Value &left, const Value &right)
{
    if (isDuration(left) && isDuration(right))
        return durations(evaluation, operation, left.toDuration(), right.toDuration());
    if (isMoment(left) && isMoment(right) && operation == Arithmetic::Subtract)
        return distance(evaluation, left, right);
    if (isMoment(left) && isDuration(right)) {
        if (operation == Arithmetic::Add)
            return moved(evaluation, left, right.toDuration());
        if (operation == Arithmetic::Subtract)
            return moved(evaluation, left, -right.toDuration());
    }
    if (isDuration(left) && isMoment(right) && operation == Arithmetic::Add)
        return moved(evaluation, right, left.toDuration());
    if (isDuration(left))
        return scaled(evaluation, operation, left.toDuration(), right);
    if (isDuration(right) && operation == Arithmetic::Multiply)
        return scaled(evaluation, operation, right.toDuration(), left);
    return std::nullopt;
}

CalendarDay dayOf(std::int64_t daysSinceEpoch)
{
    const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(daysSinceEpoch))};
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::int64_t daysOf(const CalendarDay &day)
{
    return std::chrono::sys_days(std::chrono::year(static_cast<int>(day.year))
                                 / std::chrono::month(static_cast<unsigned>(day.month))
                                 / std::chrono::day(static_cast<unsigned>(day.day)))
        .time_since_epoch()
        .count();
}

} // namespace stormglass
