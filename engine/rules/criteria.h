#pragma once

#include "engine/base/clock.h"
#include "engine/base/value.h"
#include "engine/expressions/expression.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace stormglass {

struct RuleCondition;
class FactSheet;

// What conditions are asked about. Borrowed for the call.
struct Facts
{
    const Value &payload;
    // The datastore behind `st2kv.system`; may be null: then no key is there.
    const Resolver *resolver = nullptr;
    const Clock &clock;
};

// An error on the way to an answer, as StackStorm records it: the rule does not match, and a failed
// enforcement says why (events.md 6.6).
struct MatchFailure
{
    // `Failed to render pattern value "x" for key "trigger.y"` and the like; empty if the operator
    // failed.
    QString what;
    Error error;

    // What was tried and what went wrong.
    QString text() const;
    // The whole sentence of an enforcement's failure reason.
    QString reason(const QString &ruleRef, const QString &triggerInstance) const;
};

// What became of one condition.
struct ConditionAnswer
{
    enum class Kind {
        Holds,
        Fails,
        // It could not be answered; it counts as failed. `failures` says why.
        Failed,
        // It has an operator that does not exist: StackStorm gives up on the whole trigger
        // instance.
        Broken
    };

    Kind kind = Kind::Holds;
    // What the payload has at the condition's key, and what the (rendered) pattern asks for.
    Value actual;
    Value expected;
    // Usually none or one; `search` may leave several, even if it holds.
    std::vector<MatchFailure> failures;
};

// What became of all conditions: those up to the first that did not hold.
struct CriteriaOutcome
{
    ConditionAnswer::Kind kind = ConditionAnswer::Kind::Holds;
    // Which condition did not hold; none if all did, or if none was asked because the payload is
    // empty.
    std::optional<std::size_t> condition;
    Value actual;
    Value expected;
    std::vector<MatchFailure> failures;

    bool matches() const { return kind == ConditionAnswer::Kind::Holds; }
};

// A rule's conditions, compiled once; all must hold. Immutable and cheap to copy; any thread.
class Criteria
{
public:
    Criteria();
    // Never fails: what is wrong with a condition is its answer, as in StackStorm. `problems`
    // (rule_problems.h) finds it beforehand.
    static Criteria compile(const Value &criteria);
    // The children of a `search`: they are asked about `item` instead of `trigger`.
    static Criteria compileChildren(const Value &criteria);

    std::size_t size() const;
    bool isEmpty() const { return size() == 0; }
    const RuleCondition &at(std::size_t position) const;
    // The key as written, `trigger.x#1`.
    const QString &key(std::size_t position) const;
    // The operator as written; empty if there is none.
    const QString &operatorName(std::size_t position) const;

    // Asks in order and stops at the first condition that does not hold. An empty payload matches
    // only no conditions.
    CriteriaOutcome evaluate(const Facts &facts) const;
    // The same, sharing what other criteria on `trigger` have computed for these facts.
    CriteriaOutcome evaluate(FactSheet &sheet) const;
    // Asks every condition, whatever came of those before.
    std::vector<ConditionAnswer> evaluateAll(const Facts &facts) const;

private:
    struct Compiled;
    explicit Criteria(std::shared_ptr<const Compiled> compiled);
    std::shared_ptr<const Compiled> m_compiled;
};

// A payload that matches no rule with conditions.
bool isEmptyPayload(const Value &payload);

} // namespace stormglass
