#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"
#include "engine/model/execution_status.h"

#include <QString>

#include <chrono>
#include <optional>

namespace stormglass::ui {

// What lists say of an execution.

std::optional<ExecutionStatus> statusOf(const Value &execution);
// The status as a person says it.
QString statusWord(ExecutionStatus status);
// How long it ran, or runs by now; none before it began.
std::optional<std::chrono::microseconds> elapsedOf(const Value &execution, Timestamp now);
// The rule behind it, else the person.
QString causeOf(const Value &execution);
// The result in one line: what it printed, its error, its exit code.
QString resultSummary(const Value &execution);
bool isCancelable(ExecutionStatus status);
bool isFailure(ExecutionStatus status);
// Started by a workflow; it has tasks below it.
bool mayHaveChildren(const Value &execution);

} // namespace stormglass::ui
