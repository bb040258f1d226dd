#pragma once

#include <QString>
#include <QStringList>

#include <utility>
#include <vector>

namespace stormglass {

using Environment = std::vector<std::pair<QString, QString>>;

// The program's own environment as children may have it: without what is the program's alone
// (STORMGLASS_…), and with a PATH in any case. Thread: any.
Environment inheritedEnvironment();

// Sets a variable, or replaces it.
void setVariable(Environment &environment, const QString &name, const QString &value);

// The options every Python interpreter is started with, then the script.
QStringList pythonArguments(const QString &script);

} // namespace stormglass
