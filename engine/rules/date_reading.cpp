#include "engine/rules/date_reading.h"

#include "engine/base/date_text.h"
#include "engine/base/python_text.h"
#include "engine/base/timestamp.h"

#include <optional>

namespace stormglass {

namespace {

using namespace std::chrono;

constexpr std::int64_t microsecondsPerDay = 86'400'000'000;

// A walk over text that takes digits and signs off its front.
class IsoCursor
{
public:
    explicit IsoCursor(std::string_view text)
        : m_rest(text)
    {
    }

    bool atEnd() const { return m_rest.empty(); }
    bool sees(std::string_view anyOf) const
    {
        return !atEnd() && anyOf.find(m_rest.front()) != std::string_view::npos;
    }
    bool takes(std::string_view anyOf)
    {
        const bool found = sees(anyOf);
        if (found)
            m_rest.remove_prefix(1);
        return found;
    }
    std::size_t digitsAhead() const
    {
        return std::min(m_rest.find_first_not_of("0123456789"), m_rest.size());
    }
    std::optional<int> digits(std::size_t count)
    {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i == m_rest.size() || m_rest[i] < '0' || m_rest[i] > '9')
                return std::nullopt;
            number = number * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(count);
        return number;
    }
    // What follows a decimal point, in microseconds; further digits are dropped.
    std::optional<int> fraction()
    {
        int number = 0;
        int taken = 0;
        for (; sees("0123456789"); m_rest.remove_prefix(1), ++taken) {
            if (taken < 6)
                number = number * 10 + (m_rest.front() - '0');
        }
        for (int i = taken; i < 6; ++i)
            number *= 10;
        return taken > 0 ? std::optional(number) : std::nullopt;
    }

private:
    std::string_view m_rest;
};

struct IsoDate
{
    sys_days day;
    // With hyphens; the time then has colons.
    bool isExtended = false;
};

std::optional<sys_days> dayFrom(int yearNumber, std::optional<int> monthNumber,
                                std::optional<int> dayNumber)
{
    if (!monthNumber || !dayNumber)
        return std::nullopt;
    const year_month_day date(year(yearNumber), month(static_cast<unsigned>(*monthNumber)),
                              day(static_cast<unsigned>(*dayNumber)));
    return date.ok() ? std::optional(sys_days(date)) : std::nullopt;
}

// The week that holds the year's first Thursday is the first; Monday is day 1.
std::optional<sys_days> dayOfWeek(int yearNumber, std::optional<int> week,
                                  std::optional<int> weekday)
{
    if (!week || !weekday || *week < 1 || *week > 53 || *weekday < 1 || *weekday > 7)
        return std::nullopt;
    const auto mondayOfFirst = [](int of) {
        const sys_days fourth(year(of) / January / 4);
        return fourth - (std::chrono::weekday(fourth) - Monday);
    };
    const sys_days found = mondayOfFirst(yearNumber) + days((*week - 1) * 7 + *weekday - 1);
    const bool isInYear
        = mondayOfFirst(yearNumber) + days((*week - 1) * 7) < mondayOfFirst(yearNumber + 1);
    return isInYear ? std::optional(found) : std::nullopt;
}

std::optional<sys_days> dayOfYear(int yearNumber, std::optional<int> ordinal)
{
    const int last = year(yearNumber).is_leap() ? 366 : 365;
    if (!ordinal || *ordinal < 1 || *ordinal > last)
        return std::nullopt;
    return sys_days(year(yearNumber) / January / 1) + days(*ordinal - 1);
}

// What follows the year and its hyphen, if it has one.
std::optional<sys_days> dayAt(IsoCursor &cursor, int yearNumber, bool isExtended)
{
    if (cursor.takes("W")) {
        const auto week = cursor.digits(2);
        const bool hasDay = isExtended ? cursor.takes("-") : cursor.sees("1234567");
        return dayOfWeek(yearNumber, week, hasDay ? cursor.digits(1) : 1);
    }
    if (cursor.digitsAhead() == 3)
        return dayOfYear(yearNumber, cursor.digits(3));
    const auto monthNumber = cursor.digits(2);
    const bool hasDay = isExtended ? cursor.takes("-") : true;
    if (isExtended && !hasDay && !cursor.atEnd() && !cursor.sees("Tt "))
        return std::nullopt;
    return dayFrom(yearNumber, monthNumber, hasDay ? cursor.digits(2) : 1);
}

// `YYYY-MM`, `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-DDD`, `YYYY-Www-D` and their like.
std::optional<IsoDate> dateAt(IsoCursor &cursor)
{
    const auto yearNumber = cursor.digits(4);
    if (!yearNumber || *yearNumber == 0)
        return std::nullopt;
    const bool isExtended = cursor.takes("-");
    const auto found = dayAt(cursor, *yearNumber, isExtended);
    return found ? std::optional(IsoDate{*found, isExtended}) : std::nullopt;
}

// `HH`, `HH:MM`, `HHMM`, with seconds and their fraction, in microseconds since midnight; 24:00
// ends the day.
std::optional<std::int64_t> timeAt(IsoCursor &cursor, bool isExtended)
{
    const auto isOver = [&] { return cursor.atEnd() || cursor.sees("Zz+-"); };
    const auto separates = [&] { return !isExtended || cursor.takes(":"); };
    const auto hour = cursor.digits(2);
    std::optional<int> minute = 0;
    std::optional<int> second = 0;
    std::optional<int> fraction = 0;
    if (!isOver())
        minute = separates() ? cursor.digits(2) : std::nullopt;
    if (!isOver())
        second = separates() ? cursor.digits(2) : std::nullopt;
    if (cursor.takes(".,"))
        fraction = cursor.fraction();
    if (!hour || !minute || !second || !fraction || *minute > 59 || *second > 59)
        return std::nullopt;
    const std::int64_t time
        = ((std::int64_t{*hour} * 60 + *minute) * 60 + *second) * 1'000'000 + *fraction;
    return time <= microsecondsPerDay ? std::optional(time) : std::nullopt;
}

// `Z`, `+HH`, `+HHMM`, `+HH:MM`, or nothing, in minutes.
std::optional<int> offsetAt(IsoCursor &cursor)
{
    if (cursor.atEnd() || cursor.takes("Zz"))
        return 0;
    const bool isWest = cursor.sees("-");
    if (!cursor.takes("+-"))
        return std::nullopt;
    const auto hours = cursor.digits(2);
    std::optional<int> minutes = 0;
    if (cursor.takes(":") || !cursor.atEnd())
        minutes = cursor.digits(2);
    if (!hours || !minutes || *minutes > 59 || *hours > 23)
        return std::nullopt;
    return (isWest ? -1 : 1) * (*hours * 60 + *minutes);
}

// ISO 8601 as ciso8601 reads it.
std::optional<Timestamp> momentFromIso(std::string_view text)
{
    IsoCursor cursor(text);
    const auto date = dateAt(cursor);
    if (!date)
        return std::nullopt;
    if (cursor.atEnd())
        return Timestamp(date->day);
    if (!cursor.takes("Tt "))
        return std::nullopt;
    const auto time = timeAt(cursor, date->isExtended);
    const auto offset = time ? offsetAt(cursor) : std::nullopt;
    if (!offset || !cursor.atEnd())
        return std::nullopt;
    return Timestamp(date->day) + microseconds(*time) - minutes(*offset);
}

} // namespace

Result<Timestamp> dateFromValue(const Value &value, Timestamp now)
{
    const std::string text = value.isText() ? std::string(value.text()) : pythonStr(value);
    if (const auto moment = momentFromIso(text))
        return *moment;
    const auto today = local_days(floor<days>(now).time_since_epoch());
    SG_LET(const DateTimeValue read, readDateText(text, today));
    return fromMicroseconds(read.wallMicroseconds - std::int64_t{read.offsetSeconds} * 1'000'000);
}

} // namespace stormglass
