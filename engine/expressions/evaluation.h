#pragma once

#include "engine/base/error.h"
#include "engine/expressions/expression.h"
#include "engine/expressions/position.h"
#include "engine/expressions/python_errors.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stormglass {

// One run of a compiled template: its context, what it has used up, what went wrong. Lives on the
// stack of the thread that evaluates. The languages derive from it what is theirs alone.
//
// An error is not a Result here but a state: the first one stays, `fail` returns a null to return,
// and everything unwinds by asking `failed()`. An evaluation makes hundreds of values where an
// error is rare; a Result at each would cost more than the work itself.
class Evaluation
{
public:
    explicit Evaluation(const EvaluationContext &context);
    virtual ~Evaluation();
    Evaluation(const Evaluation &) = delete;
    Evaluation &operator=(const Evaluation &) = delete;

    const EvaluationContext &context() const { return m_context; }
    const Value &variables() const { return m_context.variables; }
    // What an undefined name may have been meant to be. Borrowed, valid for this step.
    virtual std::vector<std::string_view> visibleNames() const;
    bool isStrict() const { return m_context.undefined == UndefinedMode::Strict; }

    // Errors. The kind must be static text.
    bool failed() const { return m_failed; }
    Value fail(std::string_view kind, std::string message);
    Value failType(std::string message) { return fail(PythonError::Type, std::move(message)); }
    Value failValue(std::string message) { return fail(PythonError::Value, std::move(message)); }
    // As `except kind`: true if there was an error of that class (or one derived from it); it is
    // gone then.
    bool recover(std::string_view kind);
    std::string_view errorKind() const { return m_kind; }
    const std::string &errorMessage() const { return m_message; }
    Error error() const;
    // Takes over the error of something that returned a Result.
    Value fail(const Error &error);

    // Where the evaluation is, for errors.
    void at(Position position) { m_position = position; }
    Position position() const { return m_position; }

    // Limits. Each is false, with the evaluation failed, when there is no more to spend.
    bool step(std::int64_t count = 1)
    {
        m_steps += count;
        return m_steps < m_nextCheck ? true : checkSteps();
    }
    // Before a text of so many bytes, or a sequence of so many items, is made.
    bool affordsText(std::size_t bytes);
    bool affordsItems(std::int64_t count);
    // Of one that grows item by item: how long it is by now.
    bool allowsItems(std::int64_t count);
    // Deeper by one call; each `enter` that was true needs its `leave`.
    bool enter();
    void leave() { --m_depth; }

    // Whether functions get maps in a form that they do not take for maps, as YAQL hands them over.
    virtual bool hasFrozenMaps() const { return false; }

    // What a secret went into is secret. Call with every value taken out of a variable or a
    // container.
    void see(const Value &value)
    {
        if (value.isSecret()) [[unlikely]]
            m_sawSecret = true;
    }
    bool sawSecret() const { return m_sawSecret; }
    Value tainted(Value value) const { return m_sawSecret ? value.markedSecret() : value; }

    // Whether a list, map or set may be changed in place: only those that no other evaluation can
    // see. What was changed may hold something that holds it in turn (`l.append(l.pop)`); it is
    // emptied when the evaluation ends, so that nothing is kept for ever.
    bool mayChange(const Value &container);
    void ownValues() { m_ownsValues = true; }

private:
    bool checkSteps();

    static constexpr std::int64_t stepsBetweenChecks = 8'192;

    const EvaluationContext &m_context;
    std::int64_t m_steps = 0;
    std::int64_t m_nextCheck = stepsBetweenChecks;
    Instant m_deadline{};
    int m_depth = 0;
    bool m_failed = false;
    bool m_sawSecret = false;
    bool m_ownsValues = false;
    std::unordered_map<const void *, Value> m_changed;
    Position m_position;
    Position m_failedAt;
    ErrorCode m_code = ErrorCode::Invalid;
    std::string_view m_kind;
    std::string m_ownedKind;
    std::string m_message;
};

// Holds one level of depth. False if the limit was reached; the evaluation has failed then.
class DepthGuard
{
public:
    explicit DepthGuard(Evaluation &evaluation)
        : m_evaluation(evaluation)
        , m_held(evaluation.enter())
    {
    }
    ~DepthGuard()
    {
        if (m_held)
            m_evaluation.leave();
    }
    DepthGuard(const DepthGuard &) = delete;
    DepthGuard &operator=(const DepthGuard &) = delete;
    explicit operator bool() const { return m_held; }

private:
    Evaluation &m_evaluation;
    const bool m_held;
};

} // namespace stormglass
