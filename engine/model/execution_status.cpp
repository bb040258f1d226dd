#include "engine/model/execution_status.h"

#include "engine/model/status_texts.h"

#include <initializer_list>

namespace stormglass {

namespace {

const StatusTexts<ExecutionStatus, 14> &texts()
{
    static const StatusTexts<ExecutionStatus, 14> all(
        {"requested", "scheduled", "delayed", "running", "succeeded", "failed", "timeout",
         "abandoned", "canceling", "canceled", "pending", "pausing", "paused", "resuming"});
    return all;
}

using Status = ExecutionStatus;

constexpr std::uint32_t set(std::initializer_list<Status> statuses)
{
    std::uint32_t bits = 0;
    for (const Status status : statuses)
        bits |= 1U << static_cast<unsigned>(status);
    return bits;
}

// Where each status may go. A completed one goes nowhere; one that is being canceled can no longer
// succeed.
constexpr std::uint32_t movesFrom(Status status)
{
    switch (status) {
    case Status::Requested:
        return set({Status::Scheduled, Status::Delayed, Status::Failed, Status::Canceling,
                    Status::Canceled});
    case Status::Scheduled:
        return set({Status::Running, Status::Failed, Status::Canceling, Status::Canceled});
    case Status::Delayed:
        return set({Status::Requested, Status::Scheduled, Status::Failed, Status::Canceling,
                    Status::Canceled});
    case Status::Running:
        return set({Status::Succeeded, Status::Failed, Status::Timeout, Status::Abandoned,
                    Status::Pending, Status::Pausing, Status::Paused, Status::Canceling,
                    Status::Canceled});
    case Status::Pending:
        return set({Status::Succeeded, Status::Failed, Status::Timeout, Status::Canceling,
                    Status::Canceled});
    case Status::Pausing:
        return set({Status::Paused, Status::Succeeded, Status::Failed, Status::Timeout,
                    Status::Abandoned, Status::Canceling, Status::Canceled});
    case Status::Paused:
        return set({Status::Resuming, Status::Running, Status::Failed, Status::Timeout,
                    Status::Abandoned, Status::Canceling, Status::Canceled});
    case Status::Resuming:
        return set({Status::Running, Status::Pausing, Status::Succeeded, Status::Failed,
                    Status::Timeout, Status::Abandoned, Status::Canceling, Status::Canceled});
    case Status::Canceling:
        return set({Status::Canceled, Status::Failed, Status::Abandoned});
    case Status::Succeeded:
    case Status::Failed:
    case Status::Timeout:
    case Status::Abandoned:
    case Status::Canceled:
        return 0;
    }
    return 0;
}

} // namespace

QString toText(ExecutionStatus status)
{
    return texts().text(status);
}

std::optional<ExecutionStatus> executionStatusFromText(const QString &text)
{
    return texts().choice(text);
}

bool isCompleted(ExecutionStatus status)
{
    return movesFrom(status) == 0;
}

bool mayMove(ExecutionStatus from, ExecutionStatus to)
{
    return (movesFrom(from) & (1U << static_cast<unsigned>(to))) != 0;
}

} // namespace stormglass
