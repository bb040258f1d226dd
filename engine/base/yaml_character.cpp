#include "engine/base/yaml_character.h"
#include "engine/base/utf8.h"

namespace stormglass {

namespace {

std::string_view shortEscape(char32_t code)
{
    switch (code) {
    case 0x00:
        return "\\0";
    case 0x07:
        return "\\a";
    case 0x08:
        return "\\b";
    case 0x09:
        return "\\t";
    case 0x0a:
        return "\\n";
    case 0x0b:
        return "\\v";
    case 0x0c:
        return "\\f";
    case 0x0d:
        return "\\r";
    case 0x1b:
        return "\\e";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case 0x85:
        return "\\N";
    case 0xa0:
        return "\\_";
    case 0x2028:
        return "\\L";
    case 0x2029:
        return "\\P";
    default:
        return {};
    }
}

std::string hexEscape(char32_t code)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const int width = code <= 0xff ? 2 : code <= 0xffff ? 4 : 8;
    std::string text = width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
    for (int shift = 4 * (width - 1); shift >= 0; shift -= 4)
        text += digits[(code >> shift) & 15];
    return text;
}

} // namespace

bool isYamlBreak(std::string_view character)
{
    return character == "\n" || character == "\r" || character == "\u0085" || character == "\u2028"
        || character == "\u2029";
}

bool isYamlPrintable(std::string_view character)
{
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1)
        return first == '\n' || (first >= 0x20 && first < 0x7f);
    const char32_t code = utf8Decode(character, 0, character.size());
    return code >= 0xa0 && code <= 0xfffd && code != 0xfeff;
}

std::string yamlEscape(std::string_view character)
{
    const char32_t code = utf8Decode(character, 0, character.size());
    const std::string_view known = shortEscape(code);
    return known.empty() ? hexEscape(code) : std::string(known);
}

} // namespace stormglass
