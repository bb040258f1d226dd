#include "engine/base/json.h"
#include "engine/base/json_plain.h"
#include "engine/base/python_text.h"
#include "engine/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace stormglass {

namespace {

constexpr std::string_view mask = "\"********\"";

// What stands behind the backslash: a letter, `u` for \u00XX, or 0 where no escape is needed.
constexpr std::array<char, 256> escapeLetters = [] {
    std::array<char, 256> letters{};
    for (std::size_t i = 0; i < 0x20; ++i)
        letters[i] = 'u';
    letters['"'] = '"';
    letters['\\'] = '\\';
    letters['\b'] = 'b';
    letters['\f'] = 'f';
    letters['\n'] = 'n';
    letters['\r'] = 'r';
    letters['\t'] = 't';
    return letters;
}();

class JsonWriter
{
public:
    explicit JsonWriter(const JsonStyle &style)
        : m_style(style)
        , m_comma(style.pythonSpacing && style.indent < 0 ? ", " : ",")
        , m_colon(style.pythonSpacing || style.indent >= 0 ? ": " : ":")
    {
    }

    std::string write(const Value &value)
    {
        m_out.reserve(256);
        this->value(value);
        return std::move(m_out);
    }

private:
    void value(const Value &value)
    {
        if (value.isSecret() && m_style.maskSecrets) {
            m_out += mask;
            return;
        }
        switch (value.kind()) {
        case Value::Kind::Null:
            m_out += "null";
            break;
        case Value::Kind::Bool:
            m_out += value.toBool() ? "true" : "false";
            break;
        case Value::Kind::Int:
            whole(value.toInt());
            break;
        case Value::Kind::BigInt:
            m_out += value.toBigInt().text();
            break;
        case Value::Kind::Double:
            m_out += real(value.toDouble());
            break;
        case Value::Kind::Text:
        case Value::Kind::Bytes:
            quoted(value.text());
            break;
        case Value::Kind::List:
        case Value::Kind::Tuple:
            list(value.items());
            break;
        case Value::Kind::Set:
            set(value.members());
            break;
        case Value::Kind::Map:
            map(value.entries());
            break;
        case Value::Kind::DateTime:
            quoted(isoText(value));
            break;
        case Value::Kind::Date:
        case Value::Kind::Time:
        case Value::Kind::Duration:
            quoted(pythonStr(value));
            break;
        case Value::Kind::Object:
            quoted(value.object()->typeName());
            break;
        }
    }

    void whole(std::int64_t number)
    {
        std::array<char, 24> digits;
        m_out.append(digits.data(),
                     std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
    }

    static std::string real(double number)
    {
        if (std::isnan(number))
            return "NaN";
        if (std::isinf(number))
            return number < 0 ? "-Infinity" : "Infinity";
        return pythonFloat(number);
    }

    void list(const ValueList &items)
    {
        sequence('[', items.size(), ']', [&](std::size_t i) { value(items[i]); });
    }

    void set(const ValueSet &members)
    {
        sequence('[', members.size(), ']', [&](std::size_t i) { value(members.at(i)); });
    }

    void map(const ValueMap &entries)
    {
        if (m_style.sortKeys)
            return sortedMap(entries);
        sequence('{', entries.size(), '}', [&](std::size_t i) {
            const Value &name = entries.at(i).key;
            quoted(name.isText() ? name.text() : std::string_view(keyText(name)));
            m_out += m_colon;
            value(entries.at(i).value);
        });
    }

    void sortedMap(const ValueMap &entries)
    {
        std::vector<std::pair<std::string, const Value *>> sorted;
        for (const ValueMap::Entry &entry : entries)
            sorted.emplace_back(keyText(entry.key), &entry.value);
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        sequence('{', sorted.size(), '}', [&](std::size_t i) {
            quoted(sorted[i].first);
            m_out += m_colon;
            value(*sorted[i].second);
        });
    }

    // Keys are text in JSON: numbers, true, false and null as they would be written, the rest as
    // Python's str().
    static std::string keyText(const Value &key)
    {
        switch (key.kind()) {
        case Value::Kind::Text:
            return std::string(key.text());
        case Value::Kind::Null:
            return "null";
        case Value::Kind::Bool:
            return key.toBool() ? "true" : "false";
        case Value::Kind::Double:
            return real(key.toDouble());
        case Value::Kind::DateTime:
            return isoText(key);
        case Value::Kind::Bytes:
            return std::string(key.text());
        default:
            return pythonStr(key);
        }
    }

    template <typename Item>
    void sequence(char open, std::size_t count, char close, Item item)
    {
        m_out += open;
        ++m_depth;
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0)
                m_out += m_comma;
            newLine();
            item(i);
        }
        --m_depth;
        if (count > 0)
            newLine();
        m_out += close;
    }

    void newLine()
    {
        if (m_style.indent < 0)
            return;
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(m_style.indent) * m_depth, ' ');
    }

    void quoted(std::string_view text)
    {
        m_out += '"';
        const char *const end = text.data() + text.size();
        for (std::size_t at = 0; at < text.size();) {
            const char *const begin = text.data() + at;
            const char *const special = endOfPlainJson(begin, end);
            m_out.append(begin, special);
            at += static_cast<std::size_t>(special - begin);
            if (special != end)
                at += escape(text, at);
        }
        m_out += '"';
    }

    // Returns how many bytes it has taken.
    std::size_t escape(std::string_view text, std::size_t at)
    {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            m_out += '\\';
            m_out += escapeLetters[byte];
            if (escapeLetters[byte] == 'u')
                hex(byte);
            return 1;
        }
        const std::size_t length = utf8Length(text, at);
        const char32_t codePoint = length == 0 ? 0xFFFD : utf8Decode(text, at, length);
        if (m_style.escapeNonAscii)
            escaped(codePoint);
        else
            appendUtf8(m_out, codePoint);
        return std::max<std::size_t>(length, 1);
    }

    void escaped(char32_t codePoint)
    {
        if (codePoint > 0xFFFF) {
            m_out += "\\u";
            hex(0xD800 + ((codePoint - 0x10000) >> 10));
            codePoint = 0xDC00 + ((codePoint - 0x10000) & 0x3FF);
        }
        m_out += "\\u";
        hex(codePoint);
    }

    void hex(char32_t unit)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        for (int shift = 12; shift >= 0; shift -= 4)
            m_out += digits[(unit >> shift) & 15];
    }

    const JsonStyle &m_style;
    const std::string_view m_comma;
    const std::string_view m_colon;
    std::size_t m_depth = 0;
    std::string m_out;
};

} // namespace

std::string writeJson(const Value &value, const JsonStyle &style)
{
    return JsonWriter(style).write(value);
}

} // namespace stormglass
