#include "engine/instance/change.h"

namespace stormglass {

namespace {

bool matches(const QStringList &patterns, const QString &name)
{
    for (const QString &pattern : patterns) {
        const bool open = pattern.endsWith(QLatin1Char('*'));
        if (open ? name.startsWith(QStringView(pattern).chopped(1)) : name == pattern)
            return true;
    }
    return false;
}

} // namespace

bool ChangeFilter::takes(const Change &change) const
{
    if (change.event == QLatin1String("stormglass.reset"))
        return true;
    if (!events.isEmpty() && !matches(events, change.event))
        return false;
    if (!actionRefs.isEmpty()) {
        const QString ref
            = change.payload["action"]["ref"].toQStringOr(change.payload["action"].toQStringOr({}));
        if (!actionRefs.contains(ref))
            return false;
    }
    if (!outputTypes.isEmpty()
        && !outputTypes.contains(change.payload["output_type"].toQStringOr({})))
        return false;
    return executionIds.isEmpty() || executionIds.contains(change.payload["id"].toQStringOr({}))
        || executionIds.contains(change.payload["execution_id"].toQStringOr({}));
}

} // namespace stormglass
