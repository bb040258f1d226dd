#include "engine/store/recent_executions.h"

#include <algorithm>
#include <cmath>

namespace stormglass {

namespace {

// Reads from JSON as it was written: no secret (stored masked), nothing that only Python has.
bool isPlain(const Value &value)
{
    if (value.isSecret())
        return false;
    switch (value.kind()) {
    case Value::Kind::Null:
    case Value::Kind::Bool:
    case Value::Kind::Int:
    case Value::Kind::Text:
        return true;
    case Value::Kind::Double:
        return std::isfinite(value.toDouble());
    case Value::Kind::List:
        return std::all_of(value.items().begin(), value.items().end(), isPlain);
    case Value::Kind::Map:
        return std::all_of(value.entries().begin(), value.entries().end(), [](const auto &entry) {
            return entry.key.isText() && isPlain(entry.key) && isPlain(entry.value);
        });
    case Value::Kind::BigInt:
    case Value::Kind::Bytes:
    case Value::Kind::Tuple:
    case Value::Kind::Set:
    case Value::Kind::DateTime:
    case Value::Kind::Date:
    case Value::Kind::Time:
    case Value::Kind::Duration:
    case Value::Kind::Object:
        return false;
    }
    return false;
}

} // namespace

void RecentExecutions::put(const Execution &execution)
{
    forgetIfUndone();
    if (!isPlain(execution.parameters) || !isPlain(execution.context) || !isPlain(execution.result)
        || !isPlain(execution.notify))
        return forget(execution.id);
    // Those that wait for long go with the others, and come back with their next step.
    if (m_rows.size() >= keptAtMost)
        m_rows.clear();
    m_rows.insert_or_assign(execution.id, execution);
}

const Execution *RecentExecutions::find(const Id &id)
{
    forgetIfUndone();
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? nullptr : &found->second;
}

// After anything was undone, nothing said here is sure.
void RecentExecutions::forgetIfUndone()
{
    if (m_undoings == m_database.undoings())
        return;
    m_undoings = m_database.undoings();
    m_rows.clear();
}

} // namespace stormglass
