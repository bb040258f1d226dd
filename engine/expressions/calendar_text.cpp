#include "engine/expressions/calendar_text.h"

#include "engine/expressions/calendar.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace stormglass {

namespace {

struct Moment
{
    std::tm parts{};
    std::int64_t year = 1900;
    std::int64_t microsecond = 0;
    std::int64_t epochSeconds = 0;
    bool hasOffset = false;
    std::int32_t offsetSeconds = 0;
};

constexpr std::int64_t dayMicroseconds = 86'400'000'000;

void setClock(Moment &moment, std::int64_t microseconds)
{
    moment.parts.tm_hour = static_cast<int>(microseconds / 3'600'000'000);
    moment.parts.tm_min = static_cast<int>(microseconds / 60'000'000 % 60);
    moment.parts.tm_sec = static_cast<int>(microseconds / 1'000'000 % 60);
    moment.microsecond = microseconds % 1'000'000;
}

void setDay(Moment &moment, std::int64_t days)
{
    const CalendarDay day = dayOf(days);
    moment.year = day.year;
    moment.parts.tm_year = static_cast<int>(day.year - 1900);
    moment.parts.tm_mon = day.month - 1;
    moment.parts.tm_mday = day.day;
    moment.parts.tm_wday = static_cast<int>(((days % 7) + 7 + 4) % 7);
    moment.parts.tm_yday = static_cast<int>(days - daysOf({day.year, 1, 1}));
}

Moment momentOf(const Value &value)
{
    Moment moment;
    if (value.kind() == Value::Kind::Date) {
        setDay(moment, value.toDays());
        moment.epochSeconds = value.toDays() * 86'400;
    } else if (value.kind() == Value::Kind::Time) {
        setDay(moment, daysOf({1900, 1, 1}));
        setClock(moment, value.toTime().microseconds);
    } else {
        const DateTimeValue time = value.toDateTime();
        const std::int64_t wall = time.wallMicroseconds;
        const std::int64_t days = (wall >= 0 ? wall : wall - dayMicroseconds + 1) / dayMicroseconds;
        setDay(moment, days);
        setClock(moment, wall - days * dayMicroseconds);
        moment.hasOffset = time.hasOffset;
        moment.offsetSeconds = time.offsetSeconds;
        moment.epochSeconds = (wall - moment.microsecond) / 1'000'000 - time.offsetSeconds;
    }
    return moment;
}

std::string offsetText(const Moment &moment)
{
    if (!moment.hasOffset)
        return {};
    const std::int32_t size = std::abs(moment.offsetSeconds);
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%c%02d%02d", moment.offsetSeconds < 0 ? '-' : '+',
                  size / 3600, size / 60 % 60);
    return text.data();
}

std::string zoneName(const Moment &moment)
{
    if (!moment.hasOffset)
        return {};
    if (moment.offsetSeconds == 0)
        return "UTC";
    const std::string offset = offsetText(moment);
    return "UTC" + offset.substr(0, 3) + ':' + offset.substr(3);
}

std::string fieldText(const Moment &moment, char letter)
{
    switch (letter) {
    case 'f': {
        std::array<char, 8> text{};
        std::snprintf(text.data(), text.size(), "%06d", static_cast<int>(moment.microsecond));
        return text.data();
    }
    case 'z':
        return offsetText(moment);
    case 'Z':
        return zoneName(moment);
    case 's':
        return std::to_string(moment.epochSeconds);
    case 'Y':
        return std::to_string(moment.year);
    default:
        break;
    }
    constexpr std::string_view known = "aAbBcdDeFgGhHIjklmMnprRStTuUVwWxXyCP%";
    if (known.find(letter) == std::string_view::npos)
        return std::string("%") + letter;
    const std::array<char, 3> format{'%', letter, '\0'};
    std::array<char, 64> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), format.data(), &moment.parts);
    return {text.data(), size};
}

} // namespace

std::string formattedMoment(const Value &value, std::string_view format)
{
    const bool isMoment = value.kind() == Value::Kind::DateTime || value.kind() == Value::Kind::Date
        || value.kind() == Value::Kind::Time;
    if (!isMoment)
        return {};
    const Moment moment = momentOf(value);
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] == '%' && i + 1 < format.size())
            text += fieldText(moment, format[++i]);
        else
            text += format[i];
    }
    return text;
}

} // namespace stormglass
