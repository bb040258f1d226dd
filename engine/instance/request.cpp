#include "engine/instance/request.h"

namespace stormglass {

namespace {

const QString *valueOf(const std::vector<std::pair<QString, QString>> &pairs, const QString &name)
{
    for (const auto &[key, value] : pairs) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

} // namespace

QString Request::queryValue(const QString &name, const QString &fallback) const
{
    const QString *found = valueOf(query, name);
    return found ? *found : fallback;
}

bool Request::hasQuery(const QString &name) const
{
    return valueOf(query, name) != nullptr;
}

QString Request::header(const QString &name) const
{
    const QString *found = valueOf(headers, name);
    return found ? *found : QString();
}

} // namespace stormglass
