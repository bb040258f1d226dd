#include "ui/models/fuzzy.h"

namespace stormglass::ui {

namespace {

bool beginsWord(QStringView text, qsizetype at)
{
    if (at == 0)
        return true;
    const QChar before = text.at(at - 1);
    return !before.isLetterOrNumber() || (before.isLower() && text.at(at).isUpper());
}

} // namespace

int fuzzyScore(QStringView pattern, QStringView text)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        qsizetype best = -1;
        // The next letter of a run or the beginning of a word is preferred over the first one
        // found.
        for (qsizetype i = at; i < text.size(); ++i) {
            if (text.at(i).toCaseFolded() != wanted.toCaseFolded())
                continue;
            if (best < 0)
                best = i;
            if (i == last + 1 || beginsWord(text, i)) {
                best = i;
                break;
            }
        }
        if (best < 0)
            return -1;
        score += best == last + 1 ? 8 : beginsWord(text, best) ? 7 : 1;
        last = best;
        at = best + 1;
    }
    return score * 16 - static_cast<int>(qMin<qsizetype>(text.size(), 200)) / 4;
}

} // namespace stormglass::ui
