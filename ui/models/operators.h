#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace stormglass::ui {

// An operator of criteria, in words a person reads between a field and a value.
struct OperatorWord
{
    QString name;
    QString words;
    bool needsPattern = true;
};

// Those offered, most used first; synonyms are known but not offered.
const std::vector<OperatorWord> &offeredOperators();
// `is more than` for `greaterthan`; the name itself where it is unknown.
QString operatorWords(const QString &name);

} // namespace stormglass::ui
