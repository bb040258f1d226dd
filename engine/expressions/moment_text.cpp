#include "engine/expressions/moment_text.h"

#include "engine/expressions/calendar.h"
#include "engine/expressions/python_errors.h"

#include <algorithm>
#include <optional>
#include <string>

namespace stormglass {

namespace {

enum Field { Year, Month, Day, Hour, Minute, Second, Microsecond };

constexpr std::int64_t second = 1'000'000;

tl::unexpected<Error> refuse(const QString &message)
{
    return pythonError("ValueError", message);
}

int daysIn(std::int64_t year, std::int64_t month)
{
    constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeap ? 1 : 0);
}

constexpr std::array<std::string_view, 12> monthNames{
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> dayNames{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};

class Reader
{
public:
    Reader(std::string_view text, std::string_view format)
        : m_text(text)
        , m_format(format)
    {
    }

    Result<DateTimeValue> read()
    {
        std::string_view format = m_format;
        bool fits = true;
        while (fits && !format.empty()) {
            const char c = format.front();
            format.remove_prefix(1);
            if (c == ' ' || c == '\t' || c == '\n') {
                fits = takeBlanks();
            } else if (c != '%') {
                fits = take(c);
            } else {
                if (format.empty() || !knows(format.front()))
                    return refuse(QStringLiteral("bad directive in the format of a date"));
                fits = directive(format.front());
                format.remove_prefix(1);
            }
        }
        if (!fits || m_at != m_text.size())
            return refuse(QStringLiteral("time data '%1' does not match format '%2'")
                              .arg(Value(m_text).toQString(), Value(m_format).toQString()));
        return moment();
    }

private:
    static bool knows(char letter)
    {
        return std::string_view("YymdHIMSfjpbBhaAzZ%").find(letter) != std::string_view::npos;
    }

    bool directive(char letter)
    {
        switch (letter) {
        case 'Y':
            return number(Year, 4, 4);
        case 'y':
            return shortYear();
        case 'm':
            return number(Month, 1, 2);
        case 'd':
            return number(Day, 1, 2);
        case 'H':
            return number(Hour, 1, 2);
        case 'I':
            m_isTwelveHours = true;
            return number(Hour, 1, 2) && m_fields[Hour] >= 1 && m_fields[Hour] <= 12;
        case 'M':
            return number(Minute, 1, 2);
        case 'S':
            return number(Second, 1, 2);
        case 'f':
            return fraction();
        case 'j':
            m_dayOfYear = digits(1, 3);
            return m_dayOfYear.has_value();
        case 'p':
            return half();
        case 'a':
        case 'A':
            return name(dayNames, letter == 'A').has_value();
        case 'z':
            return offset();
        case 'Z':
            return zone();
        case '%':
            return take('%');
        default:
            return monthName(letter == 'B');
        }
    }

    bool takeBlanks()
    {
        const std::size_t before = m_at;
        while (m_at < m_text.size()
               && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'))
            ++m_at;
        return m_at > before;
    }

    static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

    bool take(char c)
    {
        if (m_at >= m_text.size() || lower(m_text[m_at]) != lower(c))
            return false;
        ++m_at;
        return true;
    }

    std::optional<std::int64_t> digits(int least, int most)
    {
        std::int64_t value = 0;
        int count = 0;
        for (; count < most && m_at < m_text.size() && m_text[m_at] >= '0' && m_text[m_at] <= '9';
             ++count)
            value = value * 10 + (m_text[m_at++] - '0');
        return count < least ? std::nullopt : std::optional(value);
    }

    bool number(Field field, int least, int most)
    {
        const auto value = digits(least, most);
        m_fields[field] = value.value_or(0);
        return value.has_value();
    }

    bool shortYear()
    {
        const auto year = digits(2, 2);
        m_fields[Year] = year.value_or(0) + (year.value_or(0) <= 68 ? 2'000 : 1'900);
        return year.has_value();
    }

    bool fraction()
    {
        const std::size_t before = m_at;
        const auto value = digits(1, 6);
        m_fields[Microsecond] = value.value_or(0);
        for (std::size_t i = m_at - before; i < 6; ++i)
            m_fields[Microsecond] *= 10;
        return value.has_value();
    }

    template <std::size_t count>
    std::optional<std::size_t> name(const std::array<std::string_view, count> &names, bool isWhole)
    {
        for (std::size_t i = 0; i < count; ++i) {
            const std::string_view wanted = isWhole ? names[i] : names[i].substr(0, 3);
            const std::string_view here = m_text.substr(m_at, wanted.size());
            if (!std::ranges::equal(here, wanted, {}, lower))
                continue;
            m_at += wanted.size();
            return i;
        }
        return std::nullopt;
    }

    bool monthName(bool isWhole)
    {
        const auto month = name(monthNames, isWhole);
        m_fields[Month] = static_cast<std::int64_t>(month.value_or(0)) + 1;
        return month.has_value();
    }

    bool half()
    {
        const bool isAfternoon = take('p');
        m_isAfternoon = isAfternoon;
        return (isAfternoon || take('a')) && take('m');
    }

    bool offset()
    {
        m_hasOffset = true;
        m_offset = 0;
        if (take('Z'))
            return true;
        const bool isBehind = m_at < m_text.size() && m_text[m_at] == '-';
        if (!isBehind && (m_at >= m_text.size() || m_text[m_at] != '+'))
            return false;
        ++m_at;
        const auto hours = digits(2, 2);
        take(':');
        const auto minutes = digits(2, 2);
        if (!hours || !minutes || *hours > 23 || *minutes > 59)
            return false;
        const std::int64_t seconds = *hours * 3'600 + *minutes * 60;
        m_offset = static_cast<std::int32_t>(isBehind ? -seconds : seconds);
        return true;
    }

    bool zone()
    {
        for (const std::string_view known : {"utc", "gmt"}) {
            if (std::ranges::equal(m_text.substr(m_at, 3), known, {}, lower)) {
                m_at += 3;
                return true;
            }
        }
        return false;
    }

    Result<DateTimeValue> moment()
    {
        if (m_isTwelveHours)
            m_fields[Hour] = m_fields[Hour] % 12 + (m_isAfternoon ? 12 : 0);
        SG_LET(std::int64_t wall, wallMicroseconds(m_fields));
        if (m_dayOfYear) {
            if (*m_dayOfYear < 1 || *m_dayOfYear > 366)
                return refuse(QStringLiteral("day of year out of range"));
            m_fields[Month] = 1;
            m_fields[Day] = 1;
            SG_LET(wall, wallMicroseconds(m_fields));
            wall += (*m_dayOfYear - 1) * 86'400 * second;
        }
        return DateTimeValue{wall, m_offset, m_hasOffset};
    }

    const std::string_view m_text;
    const std::string_view m_format;
    std::size_t m_at = 0;
    std::array<std::int64_t, 7> m_fields{1900, 1, 1, 0, 0, 0, 0};
    std::optional<std::int64_t> m_dayOfYear;
    std::int32_t m_offset = 0;
    bool m_hasOffset = false;
    bool m_isTwelveHours = false;
    bool m_isAfternoon = false;
};

} // namespace

Result<std::int64_t> wallMicroseconds(const std::array<std::int64_t, 7> &fields)
{
    if (fields[Year] < 1 || fields[Year] > 9999)
        return refuse(QStringLiteral("year %1 is out of range").arg(fields[Year]));
    if (fields[Month] < 1 || fields[Month] > 12)
        return refuse(QStringLiteral("month must be in 1..12"));
    if (fields[Day] < 1 || fields[Day] > daysIn(fields[Year], fields[Month]))
        return refuse(QStringLiteral("day is out of range for month"));
    constexpr std::array<std::int64_t, 4> ends{24, 60, 60, second};
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (fields[Hour + i] < 0 || fields[Hour + i] >= ends[i])
            return refuse(QStringLiteral("a part of the time is out of range"));
    }
    const std::int64_t days
        = daysOf({fields[Year], static_cast<int>(fields[Month]), static_cast<int>(fields[Day])});
    const std::int64_t seconds
        = days * 86'400 + fields[Hour] * 3'600 + fields[Minute] * 60 + fields[Second];
    return seconds * second + fields[Microsecond];
}

Result<DateTimeValue> readFormattedMoment(std::string_view text, std::string_view format)
{
    return Reader(text, format).read();
}

} // namespace stormglass
