#include "engine/processes/environment.h"

#include <algorithm>
#include <unistd.h>

namespace stormglass {

using namespace Qt::StringLiterals;

Environment inheritedEnvironment()
{
    Environment environment;
    bool hasPath = false;
    for (char *const *entry = environ; *entry; ++entry) {
        const QString text = QString::fromLocal8Bit(*entry);
        const qsizetype sign = text.indexOf(u'=');
        if (sign <= 0 || text.startsWith("STORMGLASS_"_L1))
            continue;
        hasPath = hasPath || text.startsWith("PATH="_L1);
        environment.emplace_back(text.first(sign), text.sliced(sign + 1));
    }
    if (!hasPath)
        environment.emplace_back(u"PATH"_s, u"/usr/local/bin:/usr/bin:/bin"_s);
    return environment;
}

void setVariable(Environment &environment, const QString &name, const QString &value)
{
    const auto found = std::find_if(environment.begin(), environment.end(),
                                    [&](const auto &entry) { return entry.first == name; });
    if (found == environment.end())
        environment.emplace_back(name, value);
    else
        found->second = value;
}

QStringList pythonArguments(const QString &script)
{
    // Isolated from the caller's Python settings, unbuffered so that output is live, UTF-8 whatever
    // the locale.
    return {u"-I"_s, u"-u"_s, u"-X"_s, u"utf8"_s, script};
}

} // namespace stormglass
