#include "engine/base/timestamp.h"

#include <array>
#include <cstdio>

namespace stormglass {

namespace {

// Reads exactly `count` digits at `at`; -1 if there are fewer.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int number = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool isUtcSuffix(std::string_view text)
{
    return text.empty() || text == "Z" || text == "+00" || text == "+0000" || text == "+00:00";
}

// The fraction behind the seconds, in microseconds; leaves `at` behind it. -1 if it is not one to six digits.
int fraction(std::string_view text, std::size_t &at)
{
    if (at >= text.size() || text[at] != '.')
        return 0;
    int micros = 0;
    int seen = 0;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++seen) {
        if (seen < 6)
            micros = micros * 10 + (text[at] - '0');
    }
    if (seen == 0 || seen > 6)
        return -1;
    for (; seen < 6; ++seen)
        micros *= 10;
    return micros;
}

} // namespace

std::string toIsoText(Timestamp time)
{
    using namespace std::chrono;
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    std::array<char, 64> buffer;
    const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                     static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                                     static_cast<int>(clock.minutes().count()),
                                     static_cast<int>(clock.seconds().count()),
                                     static_cast<int>(clock.subseconds().count()));
    return std::string(buffer.data(), static_cast<std::size_t>(length));
}

Result<Timestamp> timestampFromIso(std::string_view text)
{
    using namespace std::chrono;
    const auto refuse = [&] {
        return failure(ErrorCode::Invalid,
                       QStringLiteral("\"%1\" is not a time such as 2024-04-06T01:15:06.602758Z.")
                           .arg(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))));
    };
    const int numbers[] = {digits(text, 0, 4),  digits(text, 5, 2),  digits(text, 8, 2),
                           digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2)};
    for (const int number : numbers) {
        if (number < 0)
            return refuse();
    }
    if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
        return refuse();
    std::size_t at = 19;
    const int micros = fraction(text, at);
    const year_month_day date{year{numbers[0]}, month{static_cast<unsigned>(numbers[1])},
                              day{static_cast<unsigned>(numbers[2])}};
    if (micros < 0 || !isUtcSuffix(text.substr(at)) || !date.ok() || numbers[3] > 23 || numbers[4] > 59
        || numbers[5] > 59)
        return refuse();
    return Timestamp(sys_days(date)) + hours(numbers[3]) + minutes(numbers[4]) + seconds(numbers[5])
        + microseconds(micros);
}

} // namespace stormglass
