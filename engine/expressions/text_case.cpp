#include "engine/expressions/text_case.h"

#include "engine/expressions/code_points.h"

#include <QString>

namespace stormglass {

namespace {

QString asQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

template <typename PlainByte, typename Whole>
std::string mapped(std::string_view text, PlainByte plainByte, Whole whole)
{
    if (!utf8::isAscii(text))
        return whole(asQString(text)).toStdString();
    std::string out(text);
    for (char &c : out)
        c = plainByte(c);
    return out;
}

char upperByte(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

char lowerByte(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isCased(char32_t c)
{
    return QChar::isUpper(c) || QChar::isLower(c) || QChar::isTitleCase(c);
}

std::string titleOf(std::string_view character)
{
    const char32_t c = utf8::decodeFirst(character);
    const char32_t title = QChar::toTitleCase(c);
    if (title == c && QChar::isLower(c)) {
        // No single title form: ß becomes Ss.
        const std::string upper = upperCase(character);
        const std::size_t first = utf8::sizeOfFirst(upper);
        return upper.substr(0, first) + lowerCase(std::string_view(upper).substr(first));
    }
    std::string out;
    utf8::append(out, title);
    return out;
}

} // namespace

std::string upperCase(std::string_view text)
{
    return mapped(text, upperByte, [](const QString &all) { return all.toUpper(); });
}

std::string lowerCase(std::string_view text)
{
    return mapped(text, lowerByte, [](const QString &all) { return all.toLower(); });
}

std::string foldedCase(std::string_view text)
{
    return mapped(text, lowerByte, [](const QString &all) { return all.toCaseFolded(); });
}

std::string titleCase(std::string_view text)
{
    std::string out;
    bool afterCased = false;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, utf8::sizeOfFirst(text));
        out += afterCased ? lowerCase(character) : titleOf(character);
        afterCased = isCased(utf8::decodeFirst(character));
        text.remove_prefix(character.size());
    }
    return out;
}

std::string swappedCase(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::string_view character = text.substr(0, utf8::sizeOfFirst(text));
        const char32_t c = utf8::decodeFirst(character);
        out += QChar::isUpper(c) ? lowerCase(character)
            : QChar::isLower(c)  ? upperCase(character)
                                 : std::string(character);
        text.remove_prefix(character.size());
    }
    return out;
}

std::string capitalized(std::string_view text)
{
    if (text.empty())
        return {};
    const std::size_t first = utf8::sizeOfFirst(text);
    return titleOf(text.substr(0, first)) + lowerCase(text.substr(first));
}

} // namespace stormglass
