#include "engine/sources/zone_rule.h"

#include <charconv>

using namespace std::chrono;

namespace stormglass {

namespace {

// Takes pieces off the front of a rule's text; a piece that is not there is none and takes nothing.
class RuleText
{
public:
    explicit RuleText(std::string_view text)
        : m_rest(text)
    {
    }

    bool isAtEnd() const { return m_rest.empty(); }

    bool take(char character)
    {
        if (m_rest.empty() || m_rest.front() != character)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    std::optional<int> number()
    {
        int value = 0;
        const auto [end, error]
            = std::from_chars(m_rest.data(), m_rest.data() + m_rest.size(), value);
        if (error != std::errc() || m_rest.front() == '-')
            return std::nullopt;
        m_rest.remove_prefix(static_cast<std::size_t>(end - m_rest.data()));
        return value;
    }

    // `CET` or `<+03>`.
    bool name()
    {
        const bool quoted = take('<');
        std::size_t length = 0;
        while (length < m_rest.size()
               && (quoted ? m_rest[length] != '>' : isLetter(m_rest[length])))
            ++length;
        m_rest.remove_prefix(length);
        return quoted ? take('>') : length >= 3;
    }

    // `[+-]h[h][:mm[:ss]]`
    std::optional<seconds> time()
    {
        const bool negative = take('-');
        if (!negative)
            take('+');
        seconds total{0};
        seconds unit = hours(1);
        do {
            const std::optional<int> part = number();
            if (!part || *part > 167)
                return std::nullopt;
            total += unit * *part;
            unit /= 60;
        } while (unit.count() > 0 && take(':'));
        return negative ? -total : total;
    }

private:
    static bool isLetter(char character)
    {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    std::string_view m_rest;
};

bool isWithin(std::optional<int> number, int least, int greatest)
{
    return number && *number >= least && *number <= greatest;
}

// `m.w.d` after the M.
std::optional<ZoneChange> weekdayOfMonth(RuleText &text)
{
    const std::optional<int> month = text.number();
    if (!isWithin(month, 1, 12) || !text.take('.'))
        return std::nullopt;
    const std::optional<int> nth = text.number();
    if (!isWithin(nth, 1, 5) || !text.take('.'))
        return std::nullopt;
    const std::optional<int> day = text.number();
    if (!isWithin(day, 0, 6))
        return std::nullopt;
    ZoneChange change;
    change.month = *month;
    change.nth = *nth;
    change.day = *day;
    return change;
}

std::optional<ZoneChange> dayOfYear(RuleText &text)
{
    ZoneChange change;
    change.form = text.take('J') ? ZoneChange::Form::JulianDay : ZoneChange::Form::DayOfYear;
    const std::optional<int> day = text.number();
    if (!isWithin(day, change.form == ZoneChange::Form::JulianDay ? 1 : 0, 365))
        return std::nullopt;
    change.day = *day;
    return change;
}

std::optional<ZoneChange> zoneChange(RuleText &text)
{
    if (!text.take(','))
        return std::nullopt;
    std::optional<ZoneChange> change = text.take('M') ? weekdayOfMonth(text) : dayOfYear(text);
    if (!change || !text.take('/'))
        return change;
    const std::optional<seconds> time = text.time();
    if (!time)
        return std::nullopt;
    change->time = *time;
    return change;
}

} // namespace

local_seconds ZoneChange::in(year year) const
{
    switch (form) {
    case Form::JulianDay: {
        const bool afterLeapDay = year.is_leap() && day >= 60;
        return local_days(year / 1 / 1) + days(day - 1 + (afterLeapDay ? 1 : 0)) + time;
    }
    case Form::DayOfYear:
        return local_days(year / 1 / 1) + days(day) + time;
    case Form::WeekdayOfMonth:
        break;
    }
    const weekday weekday{static_cast<unsigned>(day)};
    if (nth == 5)
        return local_days(year / month / weekday[last]) + time;
    return local_days(year / month / weekday[static_cast<unsigned>(nth)]) + time;
}

std::optional<ZoneRule> ZoneRule::fromText(std::string_view text)
{
    RuleText rest(text);
    ZoneRule rule;
    if (!rest.name())
        return std::nullopt;
    const std::optional<seconds> west = rest.time();
    if (!west)
        return std::nullopt;
    rule.standard = -*west;
    if (rest.isAtEnd())
        return rule;

    if (!rest.name())
        return std::nullopt;
    const std::optional<seconds> summerWest = rest.time();
    rule.summer = summerWest ? -*summerWest : rule.standard + hours(1);
    const std::optional<ZoneChange> begins = zoneChange(rest);
    const std::optional<ZoneChange> ends = zoneChange(rest);
    if (!begins || !ends || !rest.isAtEnd())
        return std::nullopt;
    rule.hasSummer = true;
    rule.summerBegins = *begins;
    rule.summerEnds = *ends;
    return rule;
}

} // namespace stormglass
