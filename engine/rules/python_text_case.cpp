#include "engine/rules/python_text_case.h"

#include <QList>
#include <QString>

#include <algorithm>

namespace stormglass {

namespace {

constexpr char32_t capitalSigma = 0x3A3;
constexpr char16_t finalSigma = 0x3C2;

bool isCased(char32_t point)
{
    const auto category = QChar::category(point);
    return category == QChar::Letter_Uppercase || category == QChar::Letter_Lowercase
        || category == QChar::Letter_Titlecase;
}

bool isCaseIgnorable(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Letter_Modifier:
    case QChar::Symbol_Modifier:
        return true;
    default:
        return point == U'\'' || point == U'.' || point == U':' || point == 0xB7 || point == 0x2019;
    }
}

// A sigma that ends a word: a cased letter before it, none after it.
bool endsWord(const QList<uint> &points, qsizetype at)
{
    qsizetype before = at - 1;
    while (before >= 0 && isCaseIgnorable(points[before]))
        --before;
    if (before < 0 || !isCased(points[before]))
        return false;
    qsizetype after = at + 1;
    while (after < points.size() && isCaseIgnorable(points[after]))
        ++after;
    return after == points.size() || !isCased(points[after]);
}

std::string lowerUnicode(std::string_view text)
{
    const QString source = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (!source.contains(QChar(static_cast<char16_t>(capitalSigma))))
        return source.toLower().toStdString();
    const QList<uint> points = source.toUcs4();
    QString lowered;
    for (qsizetype i = 0; i < points.size(); ++i) {
        const char32_t point = points[i];
        if (point == capitalSigma && endsWord(points, i))
            lowered += QChar(finalSigma);
        else
            lowered += QString::fromUcs4(&point, 1).toLower();
    }
    return lowered.toStdString();
}

} // namespace

std::string pythonLower(std::string_view text)
{
    const bool isAscii
        = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
    if (!isAscii)
        return lowerUnicode(text);
    std::string lowered(text);
    for (char &c : lowered) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lowered;
}

} // namespace stormglass
