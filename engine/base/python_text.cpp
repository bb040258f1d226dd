#include "engine/base/python_text.h"
#include "engine/base/utf8.h"

#include <QChar>

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
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

std::string dateText(std::int64_t days)
{
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
    return printed("%04d-%02u-%02u", static_cast<int>(date.year()),
                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
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

// str.isprintable() of one character.
bool isPrintable(char32_t codePoint)
{
    switch (QChar::category(codePoint)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    case QChar::Separator_Space:
        return codePoint == ' ';
    default:
        return true;
    }
}

char quoteFor(std::string_view text)
{
    const bool hasSingle = text.find('\'') != std::string_view::npos;
    return hasSingle && text.find('"') == std::string_view::npos ? '"' : '\'';
}

// The escapes that text and bytes share; empty where there is none.
std::string_view shortEscape(char c)
{
    switch (c) {
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return {};
    }
}

std::string numberEscape(char32_t codePoint)
{
    const auto number = static_cast<unsigned>(codePoint);
    if (number <= 0xFF)
        return printed("\\x%02x", number);
    return number <= 0xFFFF ? printed("\\u%04x", number) : printed("\\U%08x", number);
}

void appendTextRepr(std::string &out, std::string_view text)
{
    const char quote = quoteFor(text);
    out += quote;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8Length(text, at);
        const char32_t codePoint = length == 0 ? 0xFFFD : utf8Decode(text, at, length);
        if (const std::string_view escape = shortEscape(text[at]); !escape.empty())
            out += escape;
        else if (text[at] == quote)
            (out += '\\') += quote;
        else if (!isPrintable(codePoint))
            out += numberEscape(codePoint);
        else
            appendUtf8(out, codePoint);
        at += std::max<std::size_t>(length, 1);
    }
    out += quote;
}

void appendBytesRepr(std::string &out, std::string_view bytes)
{
    const char quote = quoteFor(bytes);
    (out += 'b') += quote;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (const std::string_view escape = shortEscape(c); !escape.empty())
            out += escape;
        else if (c == quote)
            (out += '\\') += quote;
        else if (byte < 0x20 || byte >= 0x7F)
            out += numberEscape(byte);
        else
            out += c;
    }
    out += quote;
}

void appendRepr(std::string &out, const Value &value);

template <typename Item>
void appendJoined(std::string &out, std::size_t count, Item item)
{
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            out += ", ";
        item(i);
    }
}

void appendItems(std::string &out, const ValueList &items)
{
    appendJoined(out, items.size(), [&](std::size_t i) { appendRepr(out, items[i]); });
}

void appendMapRepr(std::string &out, const ValueMap &entries)
{
    out += '{';
    appendJoined(out, entries.size(), [&](std::size_t i) {
        appendRepr(out, entries.at(i).key);
        out += ": ";
        appendRepr(out, entries.at(i).value);
    });
    out += '}';
}

void appendSetRepr(std::string &out, const ValueSet &members)
{
    if (members.isEmpty()) {
        out += "set()";
        return;
    }
    out += '{';
    appendJoined(out, members.size(), [&](std::size_t i) { appendRepr(out, members.at(i)); });
    out += '}';
}

void appendRepr(std::string &out, const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        out += "None";
        break;
    case Value::Kind::Bool:
        out += value.toBool() ? "True" : "False";
        break;
    case Value::Kind::Int:
        out += std::to_string(value.toInt());
        break;
    case Value::Kind::BigInt:
        out += value.toBigInt().text();
        break;
    case Value::Kind::Double:
        out += pythonFloat(value.toDouble());
        break;
    case Value::Kind::Text:
        appendTextRepr(out, value.text());
        break;
    case Value::Kind::Bytes:
        appendBytesRepr(out, value.text());
        break;
    case Value::Kind::List:
        out += '[';
        appendItems(out, value.items());
        out += ']';
        break;
    case Value::Kind::Tuple:
        out += '(';
        appendItems(out, value.items());
        out += value.items().size() == 1 ? ",)" : ")";
        break;
    case Value::Kind::Map:
        appendMapRepr(out, value.entries());
        break;
    case Value::Kind::Set:
        appendSetRepr(out, value.members());
        break;
    case Value::Kind::DateTime:
        out += dateTimeRepr(value.toDateTime());
        break;
    case Value::Kind::Date:
        out += "datetime.date(" + dateFields(value.toDays()) + ')';
        break;
    case Value::Kind::Time:
        out += timeRepr(value.toTime());
        break;
    case Value::Kind::Duration:
        out += durationRepr(value.toDuration());
        break;
    case Value::Kind::Object:
        (out += '<') += std::string(value.object()->typeName()) + '>';
        break;
    }
}

} // namespace

std::string pythonFloat(double number)
{
    if (std::isnan(number))
        return "nan";
    if (std::isinf(number))
        return number < 0 ? "-inf" : "inf";
    std::array<char, 32> buffer;
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                            std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    std::string out;
    if (text.front() == '-') {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t exponentAt = text.find('e');
    int exponent = 0;
    std::from_chars(text.data() + exponentAt + (text[exponentAt + 1] == '+' ? 2 : 1), end,
                    exponent);
    if (exponent < -4 || exponent >= 16)
        return out += text;

    std::string digits(text.substr(0, 1));
    if (exponentAt > 2)
        digits += text.substr(2, exponentAt - 2);
    if (exponent < 0)
        return out += "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return out += digits + std::string(whole - digits.size(), '0') + ".0";
    return out += digits.insert(whole, ".");
}

std::string isoText(const Value &dateTime)
{
    return dateTimeText(dateTime.toDateTime(), 'T');
}

std::string pythonStr(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Text:
        return std::string(value.text());
    case Value::Kind::DateTime:
        return dateTimeText(value.toDateTime(), ' ');
    case Value::Kind::Date:
        return dateText(value.toDays());
    case Value::Kind::Time:
        return timeText(value.toTime());
    case Value::Kind::Duration:
        return durationText(value.toDuration());
    default:
        return pythonRepr(value);
    }
}

std::string pythonRepr(const Value &value)
{
    std::string out;
    appendRepr(out, value);
    return out;
}

std::string_view pythonTypeName(const Value &value)
{
    switch (value.kind()) {
    case Value::Kind::Null:
        return "NoneType";
    case Value::Kind::Bool:
        return "bool";
    case Value::Kind::Int:
    case Value::Kind::BigInt:
        return "int";
    case Value::Kind::Double:
        return "float";
    case Value::Kind::Text:
        return "str";
    case Value::Kind::Bytes:
        return "bytes";
    case Value::Kind::List:
        return "list";
    case Value::Kind::Tuple:
        return "tuple";
    case Value::Kind::Map:
        return "dict";
    case Value::Kind::Set:
        return "set";
    case Value::Kind::DateTime:
        return "datetime";
    case Value::Kind::Date:
        return "date";
    case Value::Kind::Time:
        return "time";
    case Value::Kind::Duration:
        return "timedelta";
    case Value::Kind::Object:
        return value.object()->typeName();
    }
    return {};
}

} // namespace stormglass
