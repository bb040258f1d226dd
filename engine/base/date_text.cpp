#include "engine/base/date_text.h"

#include "engine/base/date_parts.h"
#include "engine/base/date_tokens.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono;

namespace stormglass {

namespace {

constexpr std::size_t longestText = 200;

int numberOf(std::string_view digits)
{
    int number = 0;
    for (const char digit : digits)
        number = std::min(number * 10 + (digit - '0'), 100'000'000);
    return number;
}

// The first digits after a point as a whole number of millionths.
int millionths(std::string_view fraction)
{
    std::string digits(fraction.substr(0, 6));
    digits.resize(6, '0');
    return numberOf(digits);
}

// Goes through the pieces of a date once and keeps what each says.
class DateReader
{
public:
    explicit DateReader(std::string_view text)
        : m_tokens(text)
    {
    }

    // False: a form that is unknown.
    bool read()
    {
        while (!m_tokens.isAtEnd(m_next)) {
            if (!step())
                return false;
        }
        return true;
    }

    std::vector<DatePart> parts;
    std::optional<int> weekday;
    // Hour, minute, second.
    std::array<std::optional<int>, 3> clock;
    int microseconds = 0;
    // Seconds.
    std::optional<int> offset;
    bool hasZoneName = false;

private:
    const DateToken &peek(std::size_t ahead = 0) const { return m_tokens.at(m_next + ahead); }
    bool hasHour() const { return clock[0].has_value(); }

    bool step()
    {
        const DateToken &token = peek();
        if (token.isNumber())
            return takeNumber();
        if (token.weekday()) {
            weekday = token.weekday();
            ++m_next;
            return true;
        }
        if (token.month())
            return takeMonth();
        if (token.halfDay() && hasHour())
            return takeHalfDay(*clock[0], 0);
        if (hasHour() && !hasZoneName && !offset && isZoneName(token))
            return takeZoneName();
        if (hasHour() && token.isSign())
            return takeOffset(token.is('+') ? 1 : -1);
        ++m_next;
        return token.isPassedOver();
    }

    static bool isZoneName(const DateToken &token)
    {
        return token.isUtc() || (token.isWord() && token.isUpper && token.text.size() <= 5);
    }

    // By the digits: three of them or more can only be a year.
    void addPart(std::string_view digits)
    {
        parts.push_back({numberOf(digits), false, digits.size() > 2});
    }

    bool takeNumber()
    {
        const std::string &digits = peek().text;
        if (parts.size() == 3 && !hasHour() && (digits.size() == 2 || digits.size() == 4)
            && peek().fraction.empty() && !peek(1).is(':') && !peek(1).clockUnit())
            return takeCompactTime(digits);
        if (digits.size() == 6 && (!parts.empty() || !peek().fraction.empty()))
            return takeCompactTime(digits);
        if (digits.size() == 6 || digits.size() == 8 || digits.size() == 12 || digits.size() == 14)
            return takeCompactDate(digits);
        if (takeUnit())
            return true;
        if (peek(1).is(':') && peek(2).isNumber())
            return takeClock();
        if (peek(1).is('-') || peek(1).is('/') || peek(1).is('.'))
            return takeDateGroup();
        return takeLoneNumber(numberOf(digits));
    }

    // `10h`, `36 minutes`, and the number behind a unit (`10h36`), which counts the next smaller
    // one.
    bool takeUnit()
    {
        const bool isSpaced = peek(1).kind == DateToken::Kind::Space;
        std::optional<int> unit = peek(isSpaced ? 2 : 1).clockUnit();
        std::size_t taken = isSpaced ? 3 : 2;
        if (!unit && m_lastUnit && *m_lastUnit < 2) {
            const std::size_t distance = m_next - m_lastUnitAt;
            if (distance == 1 || (distance == 2 && m_tokens.isAtEnd(m_next + 1)))
                unit = *m_lastUnit + 1;
            taken = 1;
        }
        if (!unit)
            return false;
        setClock(*unit, peek());
        m_next += taken;
        m_lastUnit = taken > 1 ? unit : std::nullopt;
        m_lastUnitAt = m_next - 1;
        return true;
    }

    // A fraction goes on into the next smaller unit: 1.5 minutes are 90 seconds.
    void setClock(int unit, const DateToken &number)
    {
        clock[static_cast<std::size_t>(unit)] = numberOf(number.text);
        if (number.fraction.empty())
            return;
        if (unit == 2)
            microseconds = millionths(number.fraction);
        else
            clock[static_cast<std::size_t>(unit) + 1]
                = static_cast<int>(std::int64_t(60) * millionths(number.fraction) / 1'000'000);
    }

    // `12:00[:00[.123]]`
    bool takeClock()
    {
        clock[0] = numberOf(peek().text);
        setClock(1, peek(2));
        m_next += 3;
        if (!peek().is(':') || !peek(1).isNumber())
            return true;
        setClock(2, peek(1));
        m_next += 2;
        return true;
    }

    // After a date: `12`, `1200`, `120000[.5]`
    bool takeCompactTime(const std::string &digits)
    {
        clock[0] = numberOf(digits.substr(0, 2));
        if (digits.size() >= 4)
            clock[1] = numberOf(digits.substr(2, 2));
        if (digits.size() == 6) {
            clock[2] = numberOf(digits.substr(4));
            microseconds = millionths(peek().fraction);
        }
        ++m_next;
        return true;
    }

    // `240601`, `20240601[1200[00]]`
    bool takeCompactDate(const std::string &digits)
    {
        const std::size_t yearDigits = digits.size() == 6 ? 2 : 4;
        addPart(digits.substr(0, yearDigits));
        addPart(digits.substr(yearDigits, 2));
        addPart(digits.substr(yearDigits + 2, 2));
        ++m_next;
        if (digits.size() <= 8)
            return true;
        clock[0] = numberOf(digits.substr(8, 2));
        clock[1] = numberOf(digits.substr(10, 2));
        if (digits.size() == 14)
            clock[2] = numberOf(digits.substr(12));
        return true;
    }

    // `2024-06-01`, `1/Jun/2024`, `13.06.2024`
    bool takeDateGroup()
    {
        const char separator = peek(1).text[0];
        addPart(peek().text);
        ++m_next;
        if (peek(1).isPassedOver() || m_tokens.isAtEnd(m_next + 1)) {
            ++m_next;
            return true;
        }
        for (int more = 0; more < 2 && peek().is(separator); ++more) {
            if (!addDatePart(peek(1)))
                return false;
            m_next += 2;
        }
        return true;
    }

    bool addDatePart(const DateToken &token)
    {
        if (token.month())
            parts.push_back({*token.month(), true, false});
        else if (token.isNumber() && token.fraction.empty())
            addPart(token.text);
        else
            return false;
        return true;
    }

    // A day, a year or an hour with am or pm. Here the number counts, not its digits.
    bool takeLoneNumber(int number)
    {
        if (peek(1).halfDay())
            return takeHalfDay(number, 1);
        if (peek(1).isPassedOver() && peek(2).halfDay())
            return takeHalfDay(number, 2);
        if (!m_tokens.isAtEnd(m_next + 1) && !peek(1).isPassedOver() && (number < 1 || number > 31))
            return false;
        parts.push_back({number, false, number > 100});
        ++m_next;
        return true;
    }

    bool takeMonth()
    {
        parts.push_back({*peek().month(), true, false});
        ++m_next;
        for (int more = 0; more < 2 && (peek().is('-') || peek().is('/')); ++more) {
            if (!peek(1).isNumber())
                return false;
            addPart(peek(1).text);
            m_next += 2;
        }
        return true;
    }

    bool takeHalfDay(int hour, std::size_t wordAt)
    {
        if (hour > 12)
            return false;
        clock[0] = hour % 12 + *peek(wordAt).halfDay();
        m_next += wordAt + 1;
        return true;
    }

    bool takeZoneName()
    {
        hasZoneName = true;
        const bool isUtc = peek().isUtc();
        ++m_next;
        // POSIX counts `GMT+3` westwards: three hours after it is GMT.
        if (peek().isSign())
            return takeOffset(peek().is('+') ? -1 : 1);
        m_isUtc = isUtc;
        if (isUtc)
            offset = 0;
        return true;
    }

    // At the sign.
    bool takeOffset(int sign)
    {
        const DateToken &token = peek(1);
        const std::string &digits = token.text;
        if (!token.isNumber() || !token.fraction.empty())
            return false;
        int minutes = numberOf(digits.substr(0, 2)) * 60;
        m_next += 2;
        if (digits.size() == 4) {
            minutes += numberOf(digits.substr(2));
        } else if (peek().is(':') && peek(1).isNumber()) {
            minutes = numberOf(digits) * 60 + numberOf(peek(1).text);
            m_next += 2;
        } else if (digits.size() > 2) {
            return false;
        }
        // Between `UTC` and an offset further on, the name counts.
        offset = m_isUtc ? 0 : sign * minutes * 60;
        return minutes < 24 * 60;
    }

    DateTokens m_tokens;
    std::size_t m_next = 0;
    bool m_isUtc = false;
    std::optional<int> m_lastUnit;
    std::size_t m_lastUnitAt = 0;
};

tl::unexpected<Error> parserError(const QString &message)
{
    return failure({ErrorCode::Invalid, message, u"ParserError"_s});
}

Result<> checkRange(QLatin1StringView what, int number, int least, int greatest)
{
    if (number >= least && number <= greatest)
        return {};
    return parserError(
        u"The %1 of a date must be in %2..%3, not %4."_s.arg(what).arg(least).arg(greatest).arg(
            number));
}

// Two digits mean the year within fifty years of this one.
int withCentury(int number, int thisYear)
{
    int year = thisYear / 100 * 100 + number;
    if (year >= thisYear + 50)
        year -= 100;
    else if (year < thisYear - 50)
        year += 100;
    return year;
}

int yearOf(const DateReader &reader, const DateParts &date, int thisYear)
{
    if (!date.year)
        return thisYear;
    const bool isWhole = std::any_of(reader.parts.begin(), reader.parts.end(),
                                     [](const DatePart &part) { return part.isYear; });
    return isWhole || *date.year >= 100 ? *date.year : withCentury(*date.year, thisYear);
}

Result<local_days> dayOf(const DateReader &reader, const DateParts &date, local_days today)
{
    const year_month_day now(today);
    const int y = yearOf(reader, date, static_cast<int>(now.year()));
    const int m = date.month.value_or(static_cast<int>(static_cast<unsigned>(now.month())));
    SG_TRY(checkRange("year"_L1, y, 1, 9999));
    SG_TRY(checkRange("month"_L1, m, 1, 12));
    const year_month month = year(y) / m;
    const int last = static_cast<int>(static_cast<unsigned>((month / std::chrono::last).day()));
    // Today's day is cut to a shorter month; one that was written is not.
    const int d
        = date.day.value_or(std::min(static_cast<int>(static_cast<unsigned>(now.day())), last));
    SG_TRY(checkRange("day"_L1, d, 1, last));

    local_days day(month / d);
    if (reader.weekday && !date.day)
        day += days((*reader.weekday + 8 - static_cast<int>(weekday(day).iso_encoding())) % 7);
    return day;
}

Result<microseconds> timeOf(const DateReader &reader)
{
    const int hour = reader.clock[0].value_or(0);
    const int minute = reader.clock[1].value_or(0);
    const int second = reader.clock[2].value_or(0);
    SG_TRY(checkRange("hour"_L1, hour, 0, 23));
    SG_TRY(checkRange("minute"_L1, minute, 0, 59));
    SG_TRY(checkRange("second"_L1, second, 0, 59));
    return hours(hour) + minutes(minute) + seconds(second) + microseconds(reader.microseconds);
}

bool saysNothing(const DateReader &reader)
{
    return reader.parts.empty() && !reader.weekday && !reader.clock[0] && !reader.clock[1]
        && !reader.clock[2];
}

} // namespace

Result<DateTimeValue> readDateText(std::string_view text, local_days today)
{
    if (text.size() > longestText)
        return parserError(u"A date of more than %1 characters is none."_s.arg(longestText));
    const QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    DateReader reader(text);
    const bool isRead = reader.read();
    const std::optional<DateParts> date = isRead ? resolveDate(reader.parts) : std::nullopt;
    if (!date)
        return parserError(u"“%1” is not a date: write it like 2030-01-31 17:00:00."_s.arg(shown));
    if (saysNothing(reader))
        return parserError(u"“%1” holds no date."_s.arg(shown));

    SG_LET(const local_days day, dayOf(reader, *date, today));
    SG_LET(const microseconds time, timeOf(reader));
    DateTimeValue value;
    value.wallMicroseconds = microseconds(day.time_since_epoch() + time).count();
    value.offsetSeconds = reader.offset.value_or(0);
    value.hasOffset = reader.offset.has_value();
    return value;
}

} // namespace stormglass
