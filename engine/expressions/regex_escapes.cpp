#include "engine/expressions/regex_escapes.h"

#include <QChar>

#include <algorithm>

namespace stormglass {

namespace {

int hexValue(char32_t digit)
{
    if (digit >= '0' && digit <= '9')
        return static_cast<int>(digit - '0');
    const char32_t lower = digit | 0x20;
    return digit < 0x80 && lower >= 'a' && lower <= 'f' ? static_cast<int>(lower - 'a' + 10) : -1;
}

// Exactly `count` digits behind the escape's letter.
Result<char32_t> hexEscape(RegexScanner &scanner, std::size_t count)
{
    const std::u32string digits
        = scanner.takeWhile(count, [](char32_t c) { return hexValue(c) >= 0; });
    const std::size_t start = scanner.position() - digits.size() - 2;
    if (digits.size() != count)
        return regexFailure(QStringLiteral("an escape without its %1 hex digits").arg(count),
                            start);
    char32_t codePoint = 0;
    for (const char32_t digit : digits)
        codePoint = codePoint * 16 + static_cast<char32_t>(hexValue(digit));
    if (codePoint > 0x10FFFF)
        return regexFailure(QStringLiteral("an escape beyond the last character, U+10FFFF"), start);
    return codePoint;
}

bool isAsciiLetter(char32_t codePoint)
{
    return (codePoint >= 'a' && codePoint <= 'z') || (codePoint >= 'A' && codePoint <= 'Z');
}

bool startsIdentifier(char32_t codePoint)
{
    return codePoint == '_' || QChar::isLetter(codePoint)
        || QChar::category(codePoint) == QChar::Number_Letter;
}

bool continuesIdentifier(char32_t codePoint)
{
    switch (QChar::category(codePoint)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining:
    case QChar::Number_DecimalDigit:
    case QChar::Punctuation_Connector:
        return true;
    default:
        return startsIdentifier(codePoint);
    }
}

} // namespace

std::optional<char32_t> controlEscape(char32_t letter)
{
    switch (letter) {
    case 'a':
        return '\a';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'v':
        return '\v';
    default:
        return std::nullopt;
    }
}

std::optional<RegexCategory> categoryEscape(char32_t letter)
{
    switch (letter) {
    case 'd':
        return RegexCategory::Digit;
    case 'D':
        return RegexCategory::NotDigit;
    case 's':
        return RegexCategory::Space;
    case 'S':
        return RegexCategory::NotSpace;
    case 'w':
        return RegexCategory::Word;
    case 'W':
        return RegexCategory::NotWord;
    default:
        return std::nullopt;
    }
}

Result<char32_t> characterEscape(RegexScanner &scanner, char32_t letter)
{
    switch (letter) {
    case 'x':
        return hexEscape(scanner, 2);
    case 'u':
        return hexEscape(scanner, 4);
    case 'U':
        return hexEscape(scanner, 8);
    case 'N':
        return regexFailure(QStringLiteral("characters by name are not known here; write \\uXXXX"),
                            scanner.position() - 2);
    default:
        break;
    }
    if (isAsciiLetter(letter) || (letter >= '0' && letter <= '9'))
        return regexFailure(QStringLiteral("an unknown escape, \\%1").arg(QChar(letter)),
                            scanner.position() - 2);
    return letter;
}

Result<char32_t> octalEscape(RegexScanner &scanner, char32_t first, std::size_t most)
{
    const std::u32string digits = scanner.takeWhile(most, isOctalDigit);
    char32_t codePoint = first - '0';
    for (const char32_t digit : digits)
        codePoint = codePoint * 8 + (digit - '0');
    if (codePoint > 0377)
        return regexFailure(QStringLiteral("an octal escape beyond \\377"),
                            scanner.position() - digits.size() - 2);
    return codePoint;
}

bool isOctalDigit(char32_t codePoint)
{
    return codePoint >= '0' && codePoint <= '7';
}

bool isIdentifier(std::u32string_view name)
{
    return !name.empty() && startsIdentifier(name.front())
        && std::all_of(name.begin(), name.end(), continuesIdentifier);
}

} // namespace stormglass
