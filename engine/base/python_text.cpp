#include "engine/base/python_text.h"
#include "engine/base/python_time_text.h"
#include "engine/base/utf8.h"

#include <QChar>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace stormglass {

namespace {

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
    const char *const format = number <= 0xFF ? "\\x%02x"
        : number <= 0xFFFF                    ? "\\u%04x"
                                              : "\\U%08x";
    std::array<char, 16> buffer;
    std::snprintf(buffer.data(), buffer.size(), format, number);
    return buffer.data();
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
        out += dateRepr(value.toDays());
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
