#include "engine/base/yaml_time.h"

#include <algorithm>
#include <chrono>

namespace stormglass {

namespace {

struct Fields
{
    int year = 0;
    int month = 0;
    int day = 0;
    // Written with two digits each, as a date alone must be.
    bool isPadded = false;
    bool hasClock = false;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int microsecond = 0;
    bool hasZone = false;
    int offsetSeconds = 0;
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// Walks over a timestamp; each step says whether it found what it looked for.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    std::optional<Fields> scan()
    {
        if (!date())
            return std::nullopt;
        if (isAtEnd())
            return m_fields;
        m_fields.hasClock = true;
        if (!clock() || !fraction() || !zone() || !isAtEnd())
            return std::nullopt;
        return m_fields;
    }

private:
    bool date()
    {
        if (!digits(4, 4, m_fields.year) || !take('-') || !digits(1, 2, m_fields.month))
            return false;
        const bool isMonthPadded = isDigit(m_text[m_at - 2]);
        if (!take('-') || !digits(1, 2, m_fields.day))
            return false;
        m_fields.isPadded = isMonthPadded && isDigit(m_text[m_at - 2]);
        return true;
    }

    bool clock()
    {
        if (!take('T') && !take('t') && !blanks())
            return false;
        return digits(1, 2, m_fields.hour) && take(':') && digits(2, 2, m_fields.minute)
            && take(':') && digits(2, 2, m_fields.second);
    }

    // Python keeps six digits of it.
    bool fraction()
    {
        if (!take('.'))
            return true;
        int seen = 0;
        for (; !isAtEnd() && isDigit(m_text[m_at]); ++m_at, ++seen) {
            if (seen < 6)
                m_fields.microsecond = m_fields.microsecond * 10 + (m_text[m_at] - '0');
        }
        for (; seen < 6; ++seen)
            m_fields.microsecond *= 10;
        return true;
    }

    bool zone()
    {
        const std::size_t before = m_at;
        blanks();
        if (isAtEnd())
            return m_at == before;
        m_fields.hasZone = true;
        if (take('Z'))
            return true;
        const bool isWest = take('-');
        int hours = 0;
        int minutes = 0;
        if ((!isWest && !take('+')) || !digits(1, 2, hours))
            return false;
        if (take(':') && !digits(2, 2, minutes))
            return false;
        m_fields.offsetSeconds = (isWest ? -60 : 60) * (hours * 60 + minutes);
        return true;
    }

    bool digits(int least, int most, int &number)
    {
        int seen = 0;
        for (number = 0; seen < most && !isAtEnd() && isDigit(m_text[m_at]); ++seen, ++m_at)
            number = number * 10 + (m_text[m_at] - '0');
        return seen >= least;
    }

    bool take(char expected)
    {
        if (isAtEnd() || m_text[m_at] != expected)
            return false;
        ++m_at;
        return true;
    }

    bool blanks()
    {
        const std::size_t before = m_at;
        while (!isAtEnd() && isBlank(m_text[m_at]))
            ++m_at;
        return m_at != before;
    }

    bool isAtEnd() const { return m_at == m_text.size(); }

    const std::string_view m_text;
    std::size_t m_at = 0;
    Fields m_fields;
};

} // namespace

bool looksLikeYamlTime(std::string_view text)
{
    const auto fields = Scanner(text).scan();
    return fields && (fields->hasClock || fields->isPadded);
}

std::optional<Value> yamlTime(std::string_view text)
{
    using namespace std::chrono;
    const auto fields = Scanner(text).scan();
    if (!fields || fields->year < 1)
        return std::nullopt;
    const year_month_day date{year(fields->year), month(static_cast<unsigned>(fields->month)),
                              day(static_cast<unsigned>(fields->day))};
    if (!date.ok())
        return std::nullopt;
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    if (!fields->hasClock)
        return Value::date(days);
    if (fields->hour > 23 || fields->minute > 59 || fields->second > 59
        || std::abs(fields->offsetSeconds) >= 86'400)
        return std::nullopt;
    const std::int64_t seconds
        = ((days * 24 + fields->hour) * 60 + fields->minute) * 60 + fields->second;
    return Value::dateTime(
        {seconds * 1'000'000 + fields->microsecond, fields->offsetSeconds, fields->hasZone});
}

} // namespace stormglass
