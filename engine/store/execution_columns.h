#pragma once

#include "engine/model/execution.h"
#include "engine/store/row.h"

#include <string>

// What execution_store.cpp and execution_lists.cpp both read. `result` is the column with the
// result, or NULL.
#define SG_EXECUTIONS_WITH(result)                                                                 \
    "SELECT execution.seq, id, live_action, action, runner_type, status, parameters, "             \
    "context, " result                                                                             \
    ", coalesce(size, 0), notify, started, ended, not_before, parent, rule, rule_ref, "            \
    "trigger_instance, enforcement, trace, task_name, process, process_start, tries, log "         \
    "FROM execution LEFT JOIN execution_result ON execution_result.seq = execution.seq "
#define SG_EXECUTIONS SG_EXECUTIONS_WITH("result")
#define SG_EXECUTIONS_BARE SG_EXECUTIONS_WITH("NULL")

namespace stormglass {

Execution readExecution(Row &row);

// The log as it is kept: an entry is appended without reading what is there.
std::string logEntry(ExecutionStatus status, Timestamp time, const QString &reason);
// [{timestamp, status, reason?}], as the API shows it. None if the text is not a log.
std::optional<Value> readLog(std::string_view text);
Value shownLogEntry(ExecutionStatus status, Timestamp time, const QString &reason);

} // namespace stormglass
