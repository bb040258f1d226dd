#include "engine/base/clock.h"
#include "engine/base/date_text.h"
#include "engine/expressions/calendar.h"
#include "engine/expressions/calendar_text.h"
#include "engine/expressions/moment_text.h"
#include "engine/expressions/python_operators.h"
#include "engine/expressions/yaql_library.h"

#include <QTimeZone>

#include <array>
#include <cmath>

namespace stormglass {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t dayLength = 86'400 * second;

std::int64_t floored(std::int64_t number, std::int64_t divisor)
{
    return number / divisor - (number % divisor < 0 ? 1 : 0);
}

// What a date without an offset is taken for.
DateTimeValue aware(DateTimeValue moment)
{
    moment.hasOffset = true;
    return moment;
}

std::optional<std::int32_t> offsetIn(const YaqlCall &call, const Value &timespan)
{
    const std::int64_t microseconds = timespan.toDuration();
    if (microseconds <= -dayLength || microseconds >= dayLength) {
        call.evaluation.failValue("offset must be a timedelta strictly between "
                                  "-timedelta(hours=24) and timedelta(hours=24).");
        return std::nullopt;
    }
    return static_cast<std::int32_t>(microseconds / second);
}

Value built(const YaqlCall &call, const std::array<std::int64_t, 7> &fields, std::int32_t offset)
{
    const auto wall = wallMicroseconds(fields);
    if (!wall)
        return call.evaluation.fail(wall.error());
    return Value::dateTime({*wall, offset, true});
}

Value buildDateTime(const YaqlCall &call)
{
    std::array<std::int64_t, 7> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i)
        fields[i] = call.integer(i);
    const auto offset = offsetIn(call, call[7]);
    return offset && !call.evaluation.failed() ? built(call, fields, *offset) : Value();
}

// The moment `microseconds` after 1970 at an offset.
Value momentAt(const YaqlCall &call, std::int64_t microseconds, std::int32_t offset)
{
    return arithmetic(call.evaluation, Arithmetic::Add, Value::dateTime({0, offset, true}),
                      Value::duration(microseconds + offset * second));
}

Value fromTimestamp(const YaqlCall &call)
{
    const auto offset = offsetIn(call, call[1]);
    const double seconds = call[0].isDouble()
        ? call[0].toDouble()
        : static_cast<double>(indexIn(call[0]).value_or(std::int64_t{1} << 62));
    if (!offset)
        return {};
    if (!std::isfinite(seconds) || std::fabs(seconds) > 3e11)
        return call.evaluation.failValue("year is out of range");
    return momentAt(call, static_cast<std::int64_t>(std::nearbyint(seconds * second)), *offset);
}

Value fromText(const YaqlCall &call)
{
    if (!call[1].isNull() && !call[1].text().empty()) {
        const Result<DateTimeValue> read = readFormattedMoment(call[0].text(), call[1].text());
        return read ? Value::dateTime(aware(*read)) : call.evaluation.fail(read.error());
    }
    const auto *const clock = call.evaluation.context().clock;
    const auto now = clock ? clock->now() : SystemClock().now();
    const auto today = std::chrono::floor<std::chrono::days>(now);
    const auto read = readDateText(
        call[0].text(),
        std::chrono::local_days(std::chrono::days(today.time_since_epoch().count())));
    return read ? Value::dateTime(aware(*read)) : call.evaluation.fail(read.error());
}

Value buildTimespan(const YaqlCall &call)
{
    constexpr std::array<std::int64_t, 6> units{dayLength, 3'600 * second, 60 * second,
                                                second,    1'000,          1};
    std::int64_t total = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        std::int64_t part = 0;
        if (__builtin_mul_overflow(call.integer(i), units[i], &part)
            || __builtin_add_overflow(total, part, &total))
            return call.evaluation.fail(PythonError::Overflow, "date value out of range");
    }
    return Value::duration(total);
}

Value now(const YaqlCall &call)
{
    const auto *const clock = call.evaluation.context().clock;
    const auto moment = clock ? clock->now() : SystemClock().now();
    const auto offset = call[0].isNull() ? std::optional<std::int32_t>(0) : offsetIn(call, call[0]);
    return offset ? momentAt(call, moment.time_since_epoch().count(), *offset) : Value();
}

Value localZone(const YaqlCall &call)
{
    const auto *const clock = call.evaluation.context().clock;
    const auto moment = clock ? clock->now() : SystemClock().now();
    const auto local = QDateTime::fromMSecsSinceEpoch(moment.time_since_epoch().count() / 1000);
    return Value::duration(local.offsetFromUtc() * second);
}

Value utcZone(const YaqlCall &)
{
    return Value::duration(0);
}

// A part of the wall clock: so many microseconds make one, and so many of them come round.
template <std::int64_t unit, std::int64_t round>
Value clockPart(const YaqlCall &call)
{
    const std::int64_t wall = call[0].toDateTime().wallMicroseconds;
    return (wall - floored(wall, unit * round) * unit * round) / unit;
}

std::int64_t dayNumber(const Value &moment)
{
    return floored(moment.toDateTime().wallMicroseconds, dayLength);
}

Value year(const YaqlCall &call)
{
    return dayOf(dayNumber(call[0])).year;
}

Value month(const YaqlCall &call)
{
    return dayOf(dayNumber(call[0])).month;
}

Value day(const YaqlCall &call)
{
    return dayOf(dayNumber(call[0])).day;
}

Value date(const YaqlCall &call)
{
    DateTimeValue moment = aware(call[0].toDateTime());
    moment.wallMicroseconds = dayNumber(call[0]) * dayLength;
    return Value::dateTime(moment);
}

Value timeOfDay(const YaqlCall &call)
{
    return Value::duration(call[0].toDateTime().wallMicroseconds - dayNumber(call[0]) * dayLength);
}

// Monday is 0; 1970 began on a Thursday.
Value weekday(const YaqlCall &call)
{
    const std::int64_t days = dayNumber(call[0]) + 3;
    return days - floored(days, 7) * 7;
}

// The reference takes the offset off and leaves the zone as it is.
Value utc(const YaqlCall &call)
{
    DateTimeValue moment = aware(call[0].toDateTime());
    moment.wallMicroseconds -= moment.offsetSeconds * second;
    return Value::dateTime(moment);
}

Value offset(const YaqlCall &call)
{
    return Value::duration(call[0].toDateTime().offsetSeconds * second);
}

// So it is taken off twice here.
Value timestamp(const YaqlCall &call)
{
    const DateTimeValue moment = call[0].toDateTime();
    const std::int64_t microseconds = moment.wallMicroseconds - 2 * (moment.offsetSeconds * second);
    return static_cast<double>(microseconds) / static_cast<double>(second);
}

template <std::int64_t unit>
Value total(const YaqlCall &call)
{
    return static_cast<double>(call[0].toDuration()) / static_cast<double>(unit);
}

Value microseconds(const YaqlCall &call)
{
    return call[0].toDuration();
}

Value replace(const YaqlCall &call)
{
    const DateTimeValue moment = aware(call[0].toDateTime());
    const CalendarDay day = dayOf(dayNumber(call[0]));
    const std::int64_t time = moment.wallMicroseconds - dayNumber(call[0]) * dayLength;
    std::array<std::int64_t, 7> fields{day.year,
                                       day.month,
                                       day.day,
                                       time / (3'600 * second),
                                       time / (60 * second) % 60,
                                       time / second % 60,
                                       time % second};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!call[i + 1].isNull())
            fields[i] = call.integer(i + 1);
    }
    const auto offset
        = call[8].isNull() ? std::optional(moment.offsetSeconds) : offsetIn(call, call[8]);
    return offset && !call.evaluation.failed() ? built(call, fields, *offset) : Value();
}

Value format(const YaqlCall &call)
{
    return Value(formattedMoment(Value::dateTime(aware(call[0].toDateTime())), call[1].text()));
}

Value isDateTime(const YaqlCall &call)
{
    return call[0].kind() == Value::Kind::DateTime;
}

Value isTimespan(const YaqlCall &call)
{
    return call[0].kind() == Value::Kind::Duration;
}

constexpr std::array entries{
    YaqlFunctionEntry{"f datetime(year:int, month:int, day:int, hour:int=0, minute:int=0, "
                      "second:int=0, microsecond:int=0, offset:timespan=zero)",
                      buildDateTime},
    YaqlFunctionEntry{"f datetime(timestamp:num, offset:timespan=zero)", fromTimestamp},
    YaqlFunctionEntry{"f datetime(string:str, format:str?=null)", fromText},
    YaqlFunctionEntry{"f timespan(days:int=0, hours:int=0, minutes:int=0, seconds:integer=0, "
                      "milliseconds:integer=0, microseconds:integer=0)",
                      buildTimespan},
    YaqlFunctionEntry{"f now(offset:timespan?=zero)", now},
    YaqlFunctionEntry{"f localtz()", localZone},
    YaqlFunctionEntry{"f utctz()", utcZone},
    YaqlFunctionEntry{"f #property#year(dt:datetime)", year},
    YaqlFunctionEntry{"f #property#month(dt:datetime)", month},
    YaqlFunctionEntry{"f #property#day(dt:datetime)", day},
    YaqlFunctionEntry{"f #property#hour(dt:datetime)", clockPart<3'600 * second, 24>},
    YaqlFunctionEntry{"f #property#minute(dt:datetime)", clockPart<60 * second, 60>},
    YaqlFunctionEntry{"f #property#second(dt:datetime)", clockPart<second, 60>},
    YaqlFunctionEntry{"f #property#microsecond(dt:datetime)", clockPart<1, second>},
    YaqlFunctionEntry{"f #property#weekday(dt:datetime)", weekday},
    YaqlFunctionEntry{"f #property#date(dt:datetime)", date},
    YaqlFunctionEntry{"f #property#time(dt:datetime)", timeOfDay},
    YaqlFunctionEntry{"f #property#utc(dt:datetime)", utc},
    YaqlFunctionEntry{"f #property#offset(dt:datetime)", offset},
    YaqlFunctionEntry{"f #property#timestamp(dt:datetime)", timestamp},
    YaqlFunctionEntry{"f #property#days(timespan:timespan)", total<dayLength>},
    YaqlFunctionEntry{"f #property#hours(timespan:timespan)", total<3'600 * second>},
    YaqlFunctionEntry{"f #property#minutes(timespan:timespan)", total<60 * second>},
    YaqlFunctionEntry{"f #property#seconds(timespan:timespan)", total<second>},
    YaqlFunctionEntry{"f #property#milliseconds(timespan:timespan)", total<1'000>},
    YaqlFunctionEntry{"f #property#microseconds(timespan:timespan)", microseconds},
    YaqlFunctionEntry{"m replace(dt:datetime, year:int?=null, month:int?=null, day:int?=null, "
                      "hour:int?=null, minute:int?=null, second:int?=null, "
                      "microsecond:int?=null, offset:timespan?=null)",
                      replace},
    YaqlFunctionEntry{"m format(dt:datetime, format:str)", format},
    YaqlFunctionEntry{"f isDatetime(value:any)", isDateTime},
    YaqlFunctionEntry{"f isTimespan(value:any)", isTimespan},
};

} // namespace

std::span<const YaqlFunctionEntry> yaqlCalendarFunctions()
{
    return entries;
}

} // namespace stormglass
