#include "ui/models/execution_words.h"

#include "ui/models/summary.h"
#include "ui/models/times.h"

#include <QCoreApplication>

namespace stormglass::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Execution", text);
}

QString lastLine(const Value &text)
{
    if (!text.isText())
        return {};
    // Only the end of what may be many megabytes.
    const std::string_view all = text.text();
    const std::size_t cut = all.size() > 2000 ? all.size() - 2000 : 0;
    const QString tail
        = QString::fromUtf8(all.data() + cut, static_cast<qsizetype>(all.size() - cut)).trimmed();
    return tail.mid(tail.lastIndexOf(QLatin1Char('\n')) + 1);
}

} // namespace

std::optional<ExecutionStatus> statusOf(const Value &execution)
{
    return executionStatusFromText(execution["status"].toQStringOr({}));
}

QString statusWord(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Requested:
        return tr("requested");
    case ExecutionStatus::Scheduled:
        return tr("scheduled");
    case ExecutionStatus::Delayed:
        return tr("delayed");
    case ExecutionStatus::Running:
        return tr("running");
    case ExecutionStatus::Succeeded:
        return tr("succeeded");
    case ExecutionStatus::Failed:
        return tr("failed");
    case ExecutionStatus::Timeout:
        return tr("timed out");
    case ExecutionStatus::Abandoned:
        return tr("abandoned");
    case ExecutionStatus::Canceling:
        return tr("canceling");
    case ExecutionStatus::Canceled:
        return tr("canceled");
    case ExecutionStatus::Pending:
        return tr("waiting for an answer");
    case ExecutionStatus::Pausing:
        return tr("pausing");
    case ExecutionStatus::Paused:
        return tr("paused");
    case ExecutionStatus::Resuming:
        return tr("resuming");
    }
    return {};
}

std::optional<std::chrono::microseconds> elapsedOf(const Value &execution, Timestamp now)
{
    const Value &seconds = execution["elapsed_seconds"];
    if (seconds.isDouble() || seconds.isInt()) {
        const double number
            = seconds.isDouble() ? seconds.toDouble() : static_cast<double>(seconds.toInt());
        return std::chrono::microseconds(static_cast<std::int64_t>(number * 1e6));
    }
    const std::optional<Timestamp> start = timeOf(execution["start_timestamp"]);
    if (!start)
        return std::nullopt;
    const std::optional<Timestamp> end = timeOf(execution["end_timestamp"]);
    return std::max(end.value_or(now) - *start, std::chrono::microseconds(0));
}

QString causeOf(const Value &execution)
{
    const QString rule = execution["rule"]["ref"].toQStringOr({});
    if (!rule.isEmpty())
        return rule;
    const QString named = execution["context"]["rule"]["name"].toQStringOr({});
    return named.isEmpty() ? execution["context"]["user"].toQStringOr({}) : named;
}

QString resultSummary(const Value &execution)
{
    const Value &result = execution["result"];
    const QString error = result["error"].toQStringOr({});
    if (!error.isEmpty())
        return summaryOf(result["error"]);
    const std::optional<ExecutionStatus> status = statusOf(execution);
    const QString out = lastLine(result["stdout"]);
    const QString err = lastLine(result["stderr"]);
    const bool isBad = status && isFailure(*status);
    const QString line = isBad && !err.isEmpty() ? err : out.isEmpty() ? err : out;
    if (!line.isEmpty())
        return summaryOf(Value(line));
    const Value &code = result["return_code"];
    if (isBad && code.isInt())
        return tr("exit code %1").arg(code.toInt());
    const Value &own = result["result"];
    return own.isNull() ? summaryOf(result) : summaryOf(own);
}

bool isCancelable(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Requested:
    case ExecutionStatus::Scheduled:
    case ExecutionStatus::Delayed:
    case ExecutionStatus::Running:
    case ExecutionStatus::Pausing:
    case ExecutionStatus::Paused:
    case ExecutionStatus::Resuming:
        return true;
    default:
        return false;
    }
}

bool isFailure(ExecutionStatus status)
{
    return status == ExecutionStatus::Failed || status == ExecutionStatus::Timeout
        || status == ExecutionStatus::Abandoned;
}

bool mayHaveChildren(const Value &execution)
{
    if (!execution["children"].itemsOrNone().empty())
        return true;
    const QString runner = execution["action"]["runner_type"].toQStringOr({});
    return runner == QLatin1String("orquesta") || runner == QLatin1String("action-chain")
        || execution["liveaction"]["action_is_workflow"].toBoolOr(false);
}

} // namespace stormglass::ui
