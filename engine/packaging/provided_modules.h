#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

namespace stormglass {

// Modules that a Python source imports, by their first name.
QSet<QString> importsIn(const QByteArray &source);

// What pip has to install for modules that packs use without asking for them, because StackStorm
// has them beside it. Without those that `requirements` names already.
QStringList providedRequirements(const QSet<QString> &imports, const QStringList &requirements);

} // namespace stormglass
