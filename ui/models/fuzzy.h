#pragma once

#include <QString>

namespace stormglass::ui {

// How well `pattern` names `text` when only some of its letters are typed; negative: not at all.
// Beginnings of words, runs of letters and short texts count for more. Case does not matter.
int fuzzyScore(QStringView pattern, QStringView text);

} // namespace stormglass::ui
