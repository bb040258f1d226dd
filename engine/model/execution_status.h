#pragma once

#include <QString>

#include <optional>

namespace stormglass {

enum class ExecutionStatus {
    Requested,
    Scheduled,
    Delayed,
    Running,
    Succeeded,
    Failed,
    Timeout,
    Abandoned,
    Canceling,
    Canceled,
    Pending,
    Pausing,
    Paused,
    Resuming
};

QString toText(ExecutionStatus status);
std::optional<ExecutionStatus> executionStatusFromText(const QString &text);

// Succeeded, failed, timeout, canceled, abandoned: nothing follows but notification.
bool isCompleted(ExecutionStatus status);

// The table of allowed moves (execution.md 5); stores refuse any other.
bool mayMove(ExecutionStatus from, ExecutionStatus to);

} // namespace stormglass
