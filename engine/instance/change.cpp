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

// An execution has it whole, a live action its name, a chunk of output a name of its own for it.
QString actionOf(const Value &payload)
{
    const QString ref = payload["action"]["ref"].toQStringOr(payload["action"].toQStringOr({}));
    return ref.isEmpty() ? payload["action_ref"].toQStringOr({}) : ref;
}

} // namespace

bool ChangeFilter::takes(const Change &change) const
{
    if (change.event == QLatin1String("stormglass.reset"))
        return true;
    if (!events.isEmpty() && !matches(events, change.event))
        return false;
    if (!actionRefs.isEmpty()) {
        if (!actionRefs.contains(actionOf(change.payload)))
            return false;
    }
    if (!outputTypes.isEmpty()
        && !outputTypes.contains(change.payload["output_type"].toQStringOr({})))
        return false;
    return executionIds.isEmpty() || executionIds.contains(change.payload["id"].toQStringOr({}))
        || executionIds.contains(change.payload["execution_id"].toQStringOr({}));
}

} // namespace stormglass
