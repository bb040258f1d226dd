#include "engine/base/python_time_text.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace stormglass {

namespace {

constexpr std::int64_t microsecondsASecond = 1'000'000;
constexpr std::int64_t secondsADay = 86'400;
constexpr std::int64_t microsecondsADay = microsecondsASecond * secondsADay;

template <typename... Numbers>
std::string printed(const char *format, Numbers... numbers)
{
    std::array<char, 96> buffer;
    const int length = std::snprintf(buffer.data(), buffer.size(), format, numbers...);
    return std::string(buffer.data(), static_cast<std::size_t>(length));
}

struct Split
{
    std::int64_t whole = 0;
    std::int64_t rest = 0;
};

// Towards minus infinity.
Split split(std::int64_t number, std::int64_t by)
{
    Split parts{number / by, number % by};
    if (parts.rest < 0) {
        parts.rest += by;
        --parts.whole;
    }
    return parts;
}

struct ClockFields
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int microsecond = 0;
};

ClockFields clockFields(std::int64_t sinceMidnight)
{
    const std::int64_t seconds = sinceMidnight / microsecondsASecond;
    return {static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
            static_cast<int>(seconds % 60), static_cast<int>(sinceMidnight % microsecondsASecond)};
}

std::string clockText(std::int64_t sinceMidnight)
{
    const ClockFields fields = clockFields(sinceMidnight);
    const std::string text = printed("%02d:%02d:%02d", fields.hour, fields.minute, fields.second);
    return fields.microsecond == 0 ? text : text + printed(".%06d", fields.microsecond);
}

std::string offsetText(std::int32_t seconds)
{
    const int size = std::abs(seconds);
    const std::string text
        = printed("%c%02d:%02d", seconds < 0 ? '-' : '+', size / 3600, size / 60 % 60);
    return size % 60 == 0 ? text : text + printed(":%02d", size % 60);
}

std::string offsetRepr(std::int32_t seconds)
{
    if (seconds == 0)
        return ", tzinfo=datetime.timezone.utc";
    return ", tzinfo=datetime.timezone(" + durationRepr(seconds * microsecondsASecond) + ')';
}

std::string dateFields(std::int64_t days)
{
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    return printed("%d, %u, %u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                   static_cast<unsigned>(date.day()));
}

std::string clockRepr(std::int64_t sinceMidnight)
{
    const ClockFields fields = clockFields(sinceMidnight);
    std::string text = printed("%d, %d", fields.hour, fields.minute);
    if (fields.second != 0 || fields.microsecond != 0)
        text += printed(", %d", fields.second);
    if (fields.microsecond != 0)
        text += printed(", %d", fields.microsecond);
    return text;
}

} // namespace

std::string dateText(std::int64_t days)
{
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    return printed("%04d-%02u-%02u", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string dateTimeText(const DateTimeValue &time, char between)
{
    const Split day = split(time.wallMicroseconds, microsecondsADay);
    const std::string text = dateText(day.whole) + between + clockText(day.rest);
    return time.hasOffset ? text + offsetText(time.offsetSeconds) : text;
}

std::string timeText(const TimeValue &time)
{
    const std::string text = clockText(time.microseconds);
    return time.hasOffset ? text + offsetText(time.offsetSeconds) : text;
}

std::string durationText(std::int64_t microseconds)
{
    const Split day = split(microseconds, microsecondsADay);
    const ClockFields fields = clockFields(day.rest);
    std::string text;
    if (day.whole != 0)
        text = std::to_string(day.whole) + (std::abs(day.whole) == 1 ? " day, " : " days, ");
    text += printed("%d:%02d:%02d", fields.hour, fields.minute, fields.second);
    return fields.microsecond == 0 ? text : text + printed(".%06d", fields.microsecond);
}

std::string durationRepr(std::int64_t microseconds)
{
    const Split day = split(microseconds, microsecondsADay);
    const std::pair<const char *, std::int64_t> parts[]
        = {{"days", day.whole},
           {"seconds", day.rest / microsecondsASecond},
           {"microseconds", day.rest % microsecondsASecond}};
    std::string text;
    for (const auto &[name, number] : parts) {
        if (number != 0)
            text += (text.empty() ? "" : ", ") + std::string(name) + '=' + std::to_string(number);
    }
    return "datetime.timedelta(" + (text.empty() ? "0" : text) + ')';
}

std::string dateTimeRepr(const DateTimeValue &time)
{
    const Split day = split(time.wallMicroseconds, microsecondsADay);
    return "datetime.datetime(" + dateFields(day.whole) + ", " + clockRepr(day.rest)
        + (time.hasOffset ? offsetRepr(time.offsetSeconds) : "") + ')';
}

std::string timeRepr(const TimeValue &time)
{
    return "datetime.time(" + clockRepr(time.microseconds)
        + (time.hasOffset ? offsetRepr(time.offsetSeconds) : "") + ')';
}

std::string dateRepr(std::int64_t daysSinceEpoch)
{
    return "datetime.date(" + dateFields(daysSinceEpoch) + ')';
}

} // namespace stormglass
