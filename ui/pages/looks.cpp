#include "ui/pages/looks.h"

namespace stormglass::ui {

StateLook lookOf(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Requested:
    case ExecutionStatus::Scheduled:
    case ExecutionStatus::Delayed:
        return {QStringLiteral("waiting"), Tone::Faint};
    case ExecutionStatus::Running:
    case ExecutionStatus::Resuming:
        return {QStringLiteral("running"), Tone::Accent};
    case ExecutionStatus::Succeeded:
        return {QStringLiteral("succeeded"), Tone::Good};
    case ExecutionStatus::Failed:
        return {QStringLiteral("failed"), Tone::Bad};
    case ExecutionStatus::Timeout:
        return {QStringLiteral("timeout"), Tone::Bad};
    case ExecutionStatus::Abandoned:
        return {QStringLiteral("stopped"), Tone::Bad};
    case ExecutionStatus::Canceling:
    case ExecutionStatus::Canceled:
        return {QStringLiteral("canceled"), Tone::Muted};
    case ExecutionStatus::Pending:
        return {QStringLiteral("approvals"), Tone::Warn};
    case ExecutionStatus::Pausing:
    case ExecutionStatus::Paused:
        return {QStringLiteral("paused"), Tone::Warn};
    }
    return {};
}

StateLook lookOfExecution(const QString &status)
{
    const std::optional<ExecutionStatus> known = executionStatusFromText(status);
    return known ? lookOf(*known) : StateLook{QStringLiteral("waiting"), Tone::Faint};
}

StateLook lookOfRule(const QString &state)
{
    if (state == QLatin1String("enabled"))
        return {QStringLiteral("succeeded"), Tone::Good};
    if (state == QLatin1String("observe"))
        return {QStringLiteral("observe"), Tone::Accent};
    return {QStringLiteral("disabled"), Tone::Faint};
}

StateLook lookOfSensor(const QString &state)
{
    if (state == QLatin1String("running"))
        return {QStringLiteral("succeeded"), Tone::Good};
    if (state == QLatin1String("starting"))
        return {QStringLiteral("running"), Tone::Accent};
    if (state.startsWith(QLatin1String("backing")))
        return {QStringLiteral("backing-off"), Tone::Warn};
    if (state == QLatin1String("failed"))
        return {QStringLiteral("failed"), Tone::Bad};
    if (state == QLatin1String("stopped"))
        return {QStringLiteral("stopped"), Tone::Muted};
    if (state == QLatin1String("paused"))
        return {QStringLiteral("paused"), Tone::Warn};
    return {QStringLiteral("disabled"), Tone::Faint};
}

StateLook lookOf(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Matched:
        return {QStringLiteral("succeeded"), Tone::Good};
    case VerdictKind::NotMatched:
        return {QStringLiteral("waiting"), Tone::Bad};
    case VerdictKind::Error:
    case VerdictKind::ActionMissing:
    case VerdictKind::ParametersFailed:
        return {QStringLiteral("warning"), Tone::Bad};
    case VerdictKind::Disabled:
        return {QStringLiteral("disabled"), Tone::Faint};
    case VerdictKind::Observed:
        return {QStringLiteral("observe"), Tone::Accent};
    case VerdictKind::Held:
        return {QStringLiteral("paused"), Tone::Warn};
    case VerdictKind::NotNeeded:
        return {QStringLiteral("canceled"), Tone::Faint};
    }
    return {};
}

Mark markOf(VerdictKind kind)
{
    switch (kind) {
    case VerdictKind::Matched:
        return {MarkShape::Filled, Tone::Good};
    case VerdictKind::NotMatched:
        return {MarkShape::Hollow, Tone::Faint};
    case VerdictKind::Error:
    case VerdictKind::ActionMissing:
    case VerdictKind::ParametersFailed:
        return {MarkShape::Triangle, Tone::Bad};
    case VerdictKind::Disabled:
        return {MarkShape::Slashed, Tone::Faint};
    case VerdictKind::Observed:
        return {MarkShape::Dashed, Tone::Accent};
    case VerdictKind::Held:
        return {MarkShape::Dot, Tone::Warn};
    case VerdictKind::NotNeeded:
        return {MarkShape::Half, Tone::Faint};
    }
    return {};
}

} // namespace stormglass::ui
