#include "engine/expressions/text_case.h"

#include "engine/expressions/code_points.h"
#include "engine/expressions/text_cutting.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace stormglass {

namespace {

// QString drops a byte order mark in front; here it is a character as any other.
QString asQString(std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    QString marks;
    for (; text.starts_with(mark); text.remove_prefix(mark.size()))
        marks += QChar(0xFEFF);
    return marks + QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// A mapping that knows no context, of a long text piece by piece: where characters become several,
// Qt moves all that follows for each of them.
template <typename Whole>
QString ofPieces(const QString &text, Whole whole)
{
    constexpr qsizetype size = 1'024;
    QString out;
    for (qsizetype at = 0; at < text.size();) {
        const bool isCut = at + size < text.size() && text[at + size].isLowSurrogate();
        const qsizetype length = std::min(isCut ? size + 1 : size, text.size() - at);
        out += whole(text.mid(at, length));
        at += length;
    }
    return out;
}

template <typename PlainByte, typename Whole>
std::string mapped(std::string_view text, PlainByte plainByte, Whole whole)
{
    if (!utf8::isAscii(text))
        return ofPieces(asQString(text), whole).toStdString();
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

bool isCaseIgnorable(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Letter_Modifier:
    case QChar::Symbol_Modifier:
        return true;
    default:
        return c == U'\'' || c == U'.' || c == U':' || c == U'\u00B7' || c == U'\u2019';
    }
}

// A capital sigma that ends a word (a cased letter before it, none after it) has a lower case of
// its own.
QString withFinalSigmas(const QString &all)
{
    constexpr char32_t capital = 0x3A3;
    constexpr char16_t final = 0x3C2;
    const QList<uint> points = all.toUcs4();
    const auto casedBeyond = [&](qsizetype at, int step) {
        at += step;
        while (at >= 0 && at < points.size() && isCaseIgnorable(points[at]))
            at += step;
        return at >= 0 && at < points.size() && isCased(points[at]);
    };
    QString lowered;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t point = points[i];
        if (point == capital && casedBeyond(i, -1) && !casedBeyond(i, 1))
            lowered += QChar(final);
        else
            lowered += QString::fromUcs4(&point, 1).toLower();
    }
    return lowered;
}

std::string titleOf(std::string_view character)
{
    const char32_t c = utf8::decodeFirst(character);
    const char32_t title = QChar::toTitleCase(c);
    if (title == c && QChar::isLower(c)) {
        // No single title form: ß becomes Ss. Only the apostrophe of ŉ is no letter to begin with,
        // and the iota below a Greek vowel stays below.
        const std::string upper = upperCase(character);
        const std::size_t first = utf8::sizeOfFirst(upper);
        if (c == U'\u0149')
            return upper;
        std::string rest = lowerCase(std::string_view(upper).substr(first));
        if (c >= U'\u1FB2' && c <= U'\u1FF7')
            rest = replaced(rest, "\u03B9", "\u0345", -1);
        return upper.substr(0, first) + rest;
    }
    std::string out;
    utf8::append(out, title);
    return out;
}

} // namespace

std::string upperCase(std::string_view text)
{
    return mapped(text, upperByte, [](const QString &part) { return part.toUpper(); });
}

std::string lowerCase(std::string_view text)
{
    constexpr std::string_view capitalSigma = "\u03A3";
    if (text.find(capitalSigma) != std::string_view::npos)
        return withFinalSigmas(asQString(text)).toStdString();
    return mapped(text, lowerByte, [](const QString &part) { return part.toLower(); });
}

std::string foldedCase(std::string_view text)
{
    if (utf8::isAscii(text))
        return lowerCase(text);
    std::string out;
    for (const char32_t c : utf8::decode(text)) {
        std::string character;
        utf8::append(character, c);
        const QString whole = asQString(character);
        // A letter that becomes several in upper case is folded into those, lowered.
        const QString upper = whole.toUpper();
        out += (upper.size() > whole.size() ? upper.toLower() : whole.toCaseFolded()).toStdString();
    }
    return out;
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
