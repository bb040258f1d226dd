#pragma once

#include <QStringList>

namespace stormglass {

// Operators that may have been meant by a name that is none: another spelling, a sign such as `==`,
// a slip. Likeliest first, three at most.
QStringList nearOperators(const QString &name);

} // namespace stormglass
