#include "engine/expressions/evaluation.h"

#include "engine/expressions/near_names.h"
#include "engine/expressions/own_copies.h"

#include <algorithm>

namespace stormglass {

Evaluation::Evaluation(const EvaluationContext &context)
    : m_context(context)
    , m_nextCheck(std::min(stepsBetweenChecks, context.limits.steps))
{
}

std::vector<std::string_view> Evaluation::visibleNames() const
{
    return namesIn(variables().entriesOrNone());
}

Value Evaluation::fail(std::string_view kind, std::string message)
{
    if (m_failed)
        return {};
    m_failed = true;
    m_kind = kind;
    m_message = std::move(message);
    m_failedAt = m_position;
    return {};
}

Value Evaluation::fail(const Error &error)
{
    if (m_failed)
        return {};
    m_code = error.code;
    m_ownedKind = error.kind.isEmpty() ? std::string(PythonError::Base) : error.kind.toStdString();
    return fail(m_ownedKind, error.message.toStdString());
}

bool Evaluation::recover(std::string_view kind)
{
    if (!m_failed || !isPythonErrorOf(m_kind, kind))
        return false;
    m_failed = false;
    m_code = ErrorCode::Invalid;
    m_message.clear();
    return true;
}

Error Evaluation::error() const
{
    Error error{m_code, QString::fromStdString(m_message)};
    error.kind = QString::fromUtf8(m_kind.data(), static_cast<qsizetype>(m_kind.size()));
    error.place = QString::number(m_failedAt.line) + u':' + QString::number(m_failedAt.column);
    return error;
}

bool Evaluation::checkSteps()
{
    if (m_failed)
        return false;
    const EvaluationLimits &limits = m_context.limits;
    if (m_steps >= limits.steps) {
        fail(PythonError::Limit,
             "the template takes more than " + std::to_string(limits.steps) + " steps to evaluate");
        return false;
    }
    const Instant now = SystemClock().instant();
    // The time begins with the first check: most evaluations end before it and never ask a clock.
    if (m_deadline == Instant{})
        m_deadline = now + limits.time;
    if (now >= m_deadline) {
        fail(PythonError::Limit,
             "the template takes longer than " + std::to_string(limits.time.count())
                 + " ms to evaluate");
        return false;
    }
    m_nextCheck = std::min(m_steps + stepsBetweenChecks, limits.steps);
    return true;
}

bool Evaluation::affordsText(std::size_t bytes)
{
    const auto limit = static_cast<std::size_t>(m_context.limits.outputBytes);
    if (bytes > limit) {
        fail(PythonError::Limit,
             "the template makes a text of more than " + std::to_string(limit) + " bytes");
        return false;
    }
    constexpr std::size_t bytesAStep = 32;
    return step(static_cast<std::int64_t>(bytes / bytesAStep));
}

bool Evaluation::allowsItems(std::int64_t count)
{
    const std::int64_t limit = m_context.limits.sequenceItems;
    if (count > limit) {
        fail(PythonError::Limit,
             "the template makes a sequence of more than " + std::to_string(limit) + " items");
        return false;
    }
    return true;
}

bool Evaluation::affordsItems(std::int64_t count)
{
    return allowsItems(count) && step(count / 2);
}

bool Evaluation::mayChange(const Value &container)
{
    if (!m_ownsValues) {
        fail(PythonError::Security, "a method that changes a value must be called by its own name");
        return false;
    }
    m_changed.emplace(storageOf(container), container);
    return true;
}

Evaluation::~Evaluation()
{
    for (const auto &[storage, container] : m_changed)
        emptyShared(container);
}

bool Evaluation::enter()
{
    if (m_depth >= m_context.limits.recursion) {
        fail(PythonError::Recursion, "maximum recursion depth exceeded");
        return false;
    }
    ++m_depth;
    return true;
}

} // namespace stormglass
