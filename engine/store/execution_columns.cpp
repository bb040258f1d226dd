#include "engine/store/execution_columns.h"

#include "engine/base/json.h"
#include "engine/base/timestamp.h"

namespace stormglass {

namespace {

std::optional<Value> shownEntry(const Value &entry)
{
    const ValueList &parts = entry.itemsOrNone();
    if (parts.size() < 2 || !parts[0].isInt() || !parts[1].isInt())
        return std::nullopt;
    const std::int64_t status = parts[0].toInt();
    if (status < 0 || status > static_cast<std::int64_t>(ExecutionStatus::Resuming))
        return std::nullopt;
    return shownLogEntry(static_cast<ExecutionStatus>(status), fromMicroseconds(parts[1].toInt()),
                         parts.size() > 2 ? parts[2].toQStringOr({}) : QString());
}

} // namespace

Value shownLogEntry(ExecutionStatus status, Timestamp time, const QString &reason)
{
    Value entry = Value::map({{"timestamp", toIsoText(time)}, {"status", toText(status)}});
    if (!reason.isEmpty())
        entry.set("reason", reason);
    return entry;
}

std::string logEntry(ExecutionStatus status, Timestamp time, const QString &reason)
{
    std::string entry = "[" + std::to_string(static_cast<int>(status)) + ','
        + std::to_string(toMicroseconds(time));
    if (!reason.isEmpty())
        entry += ',' + writeJson(Value(reason));
    return entry + "],";
}

std::optional<Value> readLog(std::string_view text)
{
    if (text.empty())
        return Value::list();
    text.remove_suffix(1);
    const Result<Value> entries = readJson('[' + std::string(text) + ']');
    if (!entries)
        return std::nullopt;
    Value log = Value::list();
    for (const Value &entry : entries->itemsOrNone()) {
        std::optional<Value> shown = shownEntry(entry);
        if (!shown)
            return std::nullopt;
        log.append(*std::move(shown));
    }
    return log;
}

Execution readExecution(Row &row)
{
    row.integer();
    Execution execution{.id = row.id(),
                        .liveAction = row.id(),
                        .action = row.ref(),
                        .runnerType = row.text(),
                        .status = row.choice(ExecutionStatus::Resuming),
                        .parameters = row.json(),
                        .context = row.json(),
                        .result = row.json(),
                        .resultSize = row.integer(),
                        .notify = row.json(),
                        .started = row.time(),
                        .ended = row.timeIfAny(),
                        .notBefore = row.timeIfAny(),
                        .parent = row.id(),
                        .rule = row.id(),
                        .ruleRef = row.ref(),
                        .triggerInstance = row.id(),
                        .enforcement = row.id(),
                        .trace = row.id(),
                        .taskName = row.text(),
                        .process = row.integer(),
                        .processStart = static_cast<std::uint64_t>(row.integer()),
                        .tries = row.number()};
    std::optional<Value> log = readLog(row.view());
    if (log)
        execution.log = *std::move(log);
    else
        row.markDamaged();
    return execution;
}

} // namespace stormglass
