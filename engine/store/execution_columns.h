#pragma once

#include "engine/model/execution.h"
#include "engine/store/row.h"

#include <string>

// What execution_store.cpp and execution_lists.cpp both read.
#define SG_EXECUTIONS                                                                              \
    "SELECT execution.seq, id, live_action, action, runner_type, status, parameters, context, "    \
    "(SELECT result FROM execution_result WHERE execution_result.seq = execution.seq), notify, "   \
    "started, ended, not_before, parent, rule, rule_ref, trigger_instance, enforcement, trace, "   \
    "task_name, process, process_start, tries, log FROM execution "

namespace stormglass {

Execution readExecution(Row &row);

// The log as it is kept: an entry is appended without reading what is there.
std::string logEntry(ExecutionStatus status, Timestamp time, const QString &reason);
// [{timestamp, status, reason?}], as the API shows it. None if the text is not a log.
std::optional<Value> readLog(std::string_view text);
Value shownLogEntry(ExecutionStatus status, Timestamp time, const QString &reason);

} // namespace stormglass
