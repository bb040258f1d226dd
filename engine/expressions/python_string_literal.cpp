#include "engine/expressions/python_string_literal.h"

#include "engine/expressions/code_points.h"

#include <charconv>

namespace stormglass {

namespace {

// So many hex digits after the escape letter; none where they are not all there.
std::optional<char32_t> hexEscape(std::string_view text, std::size_t digits)
{
    if (text.size() < digits)
        return std::nullopt;
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + digits, number, 16);
    if (read.ec != std::errc() || read.ptr != text.data() + digits || number > 0x10FFFF)
        return std::nullopt;
    return number;
}

std::optional<char> simpleEscape(char letter)
{
    switch (letter) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'a':
        return '\a';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'v':
        return '\v';
    case '\\':
        return '\\';
    case '\'':
        return '\'';
    case '"':
        return '"';
    default:
        return std::nullopt;
    }
}

std::size_t hexDigitsAfter(char letter)
{
    return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

// Reads one escape at the front (after the backslash); the number of bytes read, none if it is
// broken.
std::optional<std::size_t> readEscape(std::string_view text, std::string &out)
{
    const char letter = text.front();
    if (const auto plain = simpleEscape(letter)) {
        out += *plain;
        return 1;
    }
    if (letter == '\n')
        return 1;
    if (isOctal(letter)) {
        std::size_t digits = 1;
        char32_t number = static_cast<char32_t>(letter - '0');
        while (digits < 3 && digits < text.size() && isOctal(text[digits]))
            number = number * 8 + static_cast<char32_t>(text[digits++] - '0');
        utf8::append(out, number);
        return digits;
    }
    if (const std::size_t digits = hexDigitsAfter(letter)) {
        const auto number = hexEscape(text.substr(1), digits);
        if (!number)
            return std::nullopt;
        utf8::append(out, *number);
        return digits + 1;
    }
    if (letter == 'N')
        return std::nullopt;
    out += '\\';
    return 0;
}

} // namespace

std::optional<std::string> unescapedPython(std::string_view body)
{
    std::string text;
    text.reserve(body.size());
    while (!body.empty()) {
        if (body.front() != '\\' || body.size() == 1) {
            text += body.front();
            body.remove_prefix(1);
            continue;
        }
        body.remove_prefix(1);
        const auto read = readEscape(body, text);
        if (!read)
            return std::nullopt;
        body.remove_prefix(*read);
    }
    return text;
}

} // namespace stormglass
