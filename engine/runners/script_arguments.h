#pragma once

#include "engine/base/result.h"
#include "engine/base/value.h"

#include <QStringList>

#include <utility>
#include <vector>

namespace stormglass {

// What a script is called with: parameters with a position as text in the order of their positions,
// the others by name in the order they are given (execution.md 5.2).
struct ScriptArguments
{
    QStringList positional;
    // The name with the operator in front.
    std::vector<std::pair<QString, Value>> named;

    // As words for a shell, quoted: named ones first.
    QString commandLine() const;
};

// Invalid where a value cannot be what its type says.
Result<ScriptArguments> scriptArguments(const Value &parameters, const Value &schema,
                                        const QString &keywordOperator);

} // namespace stormglass
