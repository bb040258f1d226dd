#include "engine/expressions/methods.h"

#include "engine/base/python_time_text.h"
#include "engine/expressions/calendar.h"
#include "engine/expressions/calendar_objects.h"
#include "engine/expressions/calendar_text.h"
#include "engine/expressions/evaluation.h"
#include "engine/expressions/moment_text.h"
#include "engine/expressions/python_operators.h"

#include <array>
#include <cstdio>

namespace stormglass {

namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t dayLength = 86'400 * second;
// Day 1 of Python's ordinals, 0001-01-01, in days since 1970.
constexpr std::int64_t beforeFirstDay = -719'163;

std::int64_t daysIn(const Value &moment)
{
    if (moment.kind() == Value::Kind::Date)
        return moment.toDays();
    const std::int64_t wall = moment.toDateTime().wallMicroseconds;
    return (wall >= 0 ? wall : wall - dayLength + 1) / dayLength;
}

// The time of day; midnight for a date.
TimeValue clockIn(const Value &moment)
{
    if (moment.kind() == Value::Kind::Time)
        return moment.toTime();
    if (moment.kind() == Value::Kind::Date)
        return {};
    const DateTimeValue time = moment.toDateTime();
    return {time.wallMicroseconds - daysIn(moment) * dayLength, time.offsetSeconds, time.hasOffset};
}

// 0 is Monday.
std::int64_t weekdayOf(std::int64_t days)
{
    return ((days + 3) % 7 + 7) % 7;
}

Value weekday(Evaluation &, const BoundArguments &arguments)
{
    return weekdayOf(daysIn(arguments[0]));
}

Value isoweekday(Evaluation &, const BoundArguments &arguments)
{
    return weekdayOf(daysIn(arguments[0])) + 1;
}

Value isocalendar(Evaluation &, const BoundArguments &arguments)
{
    // The week belongs to the year of its Thursday.
    const std::int64_t days = daysIn(arguments[0]);
    const std::int64_t weekday = weekdayOf(days);
    const std::int64_t thursday = days - weekday + 3;
    const std::int64_t year = dayOf(thursday).year;
    const std::int64_t week = (thursday - daysOf({year, 1, 1})) / 7 + 1;
    return Value(std::make_shared<const NamedTuple>(
        "datetime.IsoCalendarDate", std::vector<std::string_view>{"year", "week", "weekday"},
        ValueList{year, week, weekday + 1}));
}

Value toordinal(Evaluation &, const BoundArguments &arguments)
{
    return daysIn(arguments[0]) - beforeFirstDay;
}

Value ctime(Evaluation &, const BoundArguments &arguments)
{
    return formattedMoment(arguments[0], "%a %b %e %H:%M:%S %Y");
}

Value structTime(std::int64_t days, std::int64_t microseconds, int daylight)
{
    const CalendarDay day = dayOf(days);
    return Value(std::make_shared<const NamedTuple>(
        "time.struct_time",
        std::vector<std::string_view>{"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
                                      "tm_wday", "tm_yday", "tm_isdst"},
        ValueList{day.year, day.month, day.day, microseconds / (3600 * second),
                  microseconds / (60 * second) % 60, microseconds / second % 60, weekdayOf(days),
                  days - daysOf({day.year, 1, 1}) + 1, daylight}));
}

Value timetuple(Evaluation &, const BoundArguments &arguments)
{
    return structTime(daysIn(arguments[0]), clockIn(arguments[0]).microseconds, -1);
}

Value utctimetuple(Evaluation &, const BoundArguments &arguments)
{
    DateTimeValue time = arguments[0].toDateTime();
    time.wallMicroseconds -= time.offsetSeconds * second;
    const Value moment = Value::dateTime({time.wallMicroseconds, 0, false});
    return structTime(daysIn(moment), clockIn(moment).microseconds, 0);
}

Value strftime(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto format = textIn(arguments[1]);
    if (!format)
        return evaluation.failType("strftime() argument 1 must be str, not "
                                   + typeNameOf(arguments[1]));
    return formattedMoment(arguments[0], *format);
}

Value totalSeconds(Evaluation &, const BoundArguments &arguments)
{
    return static_cast<double>(arguments[0].toDuration()) / 1e6;
}

Value timestamp(Evaluation &, const BoundArguments &arguments)
{
    const DateTimeValue time = arguments[0].toDateTime();
    return static_cast<double>(time.wallMicroseconds - time.offsetSeconds * second) / 1e6;
}

Value date(Evaluation &, const BoundArguments &arguments)
{
    return Value::date(daysIn(arguments[0]));
}

Value time(Evaluation &, const BoundArguments &arguments)
{
    return Value::time({clockIn(arguments[0]).microseconds, 0, false});
}

Value timetz(Evaluation &, const BoundArguments &arguments)
{
    return Value::time(clockIn(arguments[0]));
}

Value utcoffset(Evaluation &, const BoundArguments &arguments)
{
    const TimeValue clock = clockIn(arguments[0]);
    return clock.hasOffset ? Value::duration(clock.offsetSeconds * second) : Value();
}

Value dst(Evaluation &, const BoundArguments &)
{
    return {};
}

Value tzname(Evaluation &, const BoundArguments &arguments)
{
    const TimeValue clock = clockIn(arguments[0]);
    return clock.hasOffset ? Value(Zone::nameOf(clock.offsetSeconds)) : Value();
}

// A time as `timespec` wants it.
std::optional<std::string> clockText(Evaluation &evaluation, const TimeValue &clock,
                                     const Value &timespec)
{
    constexpr std::array<std::string_view, 5> names{"hours", "minutes", "seconds", "milliseconds",
                                                    "microseconds"};
    constexpr std::array<std::size_t, 5> sizes{2, 5, 8, 12, 15};
    const auto wanted = textIn(timespec);
    if (!wanted) {
        evaluation.failType("isoformat() argument must be str, not " + typeNameOf(timespec));
        return std::nullopt;
    }
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%02d:%02d:%02d.%06d",
                  static_cast<int>(clock.microseconds / (3600 * second)),
                  static_cast<int>(clock.microseconds / (60 * second) % 60),
                  static_cast<int>(clock.microseconds / second % 60),
                  static_cast<int>(clock.microseconds % second));
    std::size_t size = clock.microseconds % second == 0 ? 8 : 15;
    if (*wanted != "auto") {
        const auto *const name = std::ranges::find(names, *wanted);
        if (name == names.end()) {
            evaluation.failValue("Unknown timespec value");
            return std::nullopt;
        }
        size = sizes[static_cast<std::size_t>(name - names.begin())];
    }
    return std::string(text.data(), size)
        + (clock.hasOffset ? Zone::offsetText(clock.offsetSeconds) : std::string());
}

Value dateIso(Evaluation &, const BoundArguments &arguments)
{
    return dateText(arguments[0].toDays());
}

Value timeIso(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto text = clockText(evaluation, clockIn(arguments[0]), arguments[1]);
    return text ? Value(*text) : Value();
}

Value dateTimeIso(Evaluation &evaluation, const BoundArguments &arguments)
{
    const auto between = textIn(arguments[1]);
    if (!between || Value(*between).codePoints() != 1)
        return evaluation.failType("isoformat() argument 1 must be a unicode character, not "
                                   + typeNameOf(arguments[1]));
    const auto clock = clockText(evaluation, clockIn(arguments[0]), arguments[2]);
    return clock ? Value(dateText(daysIn(arguments[0])) + std::string(*between) + *clock) : Value();
}

// replace(): the fields that are given, from the first parameter on; the others as they were.
template <std::size_t size>
std::optional<std::array<std::int64_t, size>> replacedFields(Evaluation &evaluation,
                                                             const BoundArguments &arguments,
                                                             std::array<std::int64_t, size> fields)
{
    for (std::size_t i = 0; i < size; ++i) {
        const int parameter = static_cast<int>(i) + 1;
        if (!arguments.isGiven(parameter))
            continue;
        const auto given = indexIn(arguments[parameter]);
        if (!given) {
            evaluation.failType("'" + typeNameOf(arguments[parameter])
                                + "' object cannot be interpreted as an integer");
            return std::nullopt;
        }
        fields[i] = *given;
    }
    return fields;
}

// The offset that a `tzinfo` argument gives; false if it is no time zone.
bool takeZone(Evaluation &evaluation, const BoundArguments &arguments, int parameter,
              TimeValue &clock)
{
    if (!arguments.isGiven(parameter))
        return true;
    const auto *zone = objectAs<Zone>(arguments[parameter]);
    if (!zone && !arguments[parameter].isNull()) {
        evaluation.failType("tzinfo argument must be None or of a tzinfo subclass, not type '"
                            + typeNameOf(arguments[parameter]) + "'");
        return false;
    }
    clock.hasOffset = zone != nullptr;
    clock.offsetSeconds = zone ? zone->offsetSeconds() : 0;
    return true;
}

std::array<std::int64_t, 7> fieldsOf(std::int64_t days, std::int64_t microseconds)
{
    const CalendarDay day = dayOf(days);
    return {day.year,
            day.month,
            day.day,
            microseconds / (3600 * second),
            microseconds / (60 * second) % 60,
            microseconds / second % 60,
            microseconds % second};
}

Value replaceDate(Evaluation &evaluation, const BoundArguments &arguments)
{
    const CalendarDay day = dayOf(arguments[0].toDays());
    const auto fields = replacedFields<3>(evaluation, arguments, {day.year, day.month, day.day});
    if (!fields)
        return {};
    const auto wall = wallMicroseconds({(*fields)[0], (*fields)[1], (*fields)[2], 0, 0, 0, 0});
    if (!wall)
        return evaluation.fail(wall.error());
    return Value::date(daysIn(Value::dateTime({*wall, 0, false})));
}

Value replaceDateTime(Evaluation &evaluation, const BoundArguments &arguments)
{
    TimeValue clock = clockIn(arguments[0]);
    const auto fields
        = replacedFields(evaluation, arguments, fieldsOf(daysIn(arguments[0]), clock.microseconds));
    if (!fields || !takeZone(evaluation, arguments, 8, clock))
        return {};
    const auto wall = wallMicroseconds(*fields);
    if (!wall)
        return evaluation.fail(wall.error());
    return Value::dateTime({*wall, clock.offsetSeconds, clock.hasOffset});
}

Value replaceTime(Evaluation &evaluation, const BoundArguments &arguments)
{
    TimeValue clock = arguments[0].toTime();
    const auto all = fieldsOf(0, clock.microseconds);
    const auto fields = replacedFields<4>(evaluation, arguments, {all[3], all[4], all[5], all[6]});
    if (!fields || !takeZone(evaluation, arguments, 5, clock))
        return {};
    const auto wall
        = wallMicroseconds({1970, 1, 1, (*fields)[0], (*fields)[1], (*fields)[2], (*fields)[3]});
    if (!wall)
        return evaluation.fail(wall.error());
    return Value::time({*wall, clock.offsetSeconds, clock.hasOffset});
}

// A moment without a zone is taken for UTC, as everywhere here.
Value astimezone(Evaluation &evaluation, const BoundArguments &arguments)
{
    const DateTimeValue moment = arguments[0].toDateTime();
    TimeValue clock{0, 0, true};
    if (!arguments[1].isNull() && !takeZone(evaluation, arguments, 1, clock))
        return {};
    const std::int64_t moves = std::int64_t{clock.offsetSeconds} - moment.offsetSeconds;
    return Value::dateTime({moment.wallMicroseconds + moves * second, clock.offsetSeconds, true});
}

constexpr std::array dateEntries{
    FunctionEntry{"ctime", "ctime(self)", ctime},
    FunctionEntry{"isocalendar", "isocalendar(self)", isocalendar},
    FunctionEntry{"isoformat", "isoformat(self)", dateIso},
    FunctionEntry{"isoweekday", "isoweekday(self)", isoweekday},
    FunctionEntry{"replace", "replace(self, year=None, month=None, day=None)", replaceDate},
    FunctionEntry{"strftime", "strftime(self, format)", strftime},
    FunctionEntry{"timetuple", "timetuple(self)", timetuple},
    FunctionEntry{"toordinal", "toordinal(self)", toordinal},
    FunctionEntry{"weekday", "weekday(self)", weekday},
};

constexpr std::array dateTimeEntries{
    FunctionEntry{"astimezone", "astimezone(self, tz=None)", astimezone},
    FunctionEntry{"date", "date(self)", date},
    FunctionEntry{"dst", "dst(self)", dst},
    FunctionEntry{"isoformat", "isoformat(self, sep='T', timespec='auto')", dateTimeIso},
    FunctionEntry{"replace",
                  "replace(self, year=None, month=None, day=None, hour=None, minute=None, "
                  "second=None, microsecond=None, tzinfo=None, *, fold=0)",
                  replaceDateTime},
    FunctionEntry{"time", "time(self)", time},
    FunctionEntry{"timestamp", "timestamp(self)", timestamp},
    FunctionEntry{"timetz", "timetz(self)", timetz},
    FunctionEntry{"tzname", "tzname(self)", tzname},
    FunctionEntry{"utcoffset", "utcoffset(self)", utcoffset},
    FunctionEntry{"utctimetuple", "utctimetuple(self)", utctimetuple},
};

constexpr std::array timeEntries{
    FunctionEntry{"dst", "dst(self)", dst},
    FunctionEntry{"isoformat", "isoformat(self, timespec='auto')", timeIso},
    FunctionEntry{"replace",
                  "replace(self, hour=None, minute=None, second=None, microsecond=None, "
                  "tzinfo=None, *, fold=0)",
                  replaceTime},
    FunctionEntry{"strftime", "strftime(self, format)", strftime},
    FunctionEntry{"tzname", "tzname(self)", tzname},
    FunctionEntry{"utcoffset", "utcoffset(self)", utcoffset},
};

constexpr std::array durationEntries{
    FunctionEntry{"total_seconds", "total_seconds(self)", totalSeconds},
};

} // namespace

std::span<const FunctionEntry> dateMethods()
{
    return dateEntries;
}

std::span<const FunctionEntry> dateTimeMethods()
{
    return dateTimeEntries;
}

std::span<const FunctionEntry> timeMethods()
{
    return timeEntries;
}

std::span<const FunctionEntry> durationMethods()
{
    return durationEntries;
}

} // namespace stormglass
